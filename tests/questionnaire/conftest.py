from datetime import date

import pytest
from pseudo_translation import load_pseudo, write_spanish

from clinic.people.models import User
from intake.questionnaire.models import Translation
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default

__all__ = ["write_spanish"]

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


@pytest.fixture
def spanish(published, write_spanish) -> Translation:
    return load_pseudo(published, write_spanish)


@pytest.fixture
def bea(db) -> User:
    return User.objects.create_user("bea@example.org", name="Bea Lindqvist", is_manager=True)
