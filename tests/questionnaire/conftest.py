from datetime import date

import pytest

from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default

TODAY = date(2026, 11, 24)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def published(db):
    return load_default()


@pytest.fixture
def whole(published):
    return outline(published.pk)
