import pytest
from signing_in import client_of

from tests.submission.conftest import complete, draft, questions, today

__all__ = ["complete", "draft", "questions", "today"]


@pytest.fixture
def signed_in(practitioner):
    """The practitioner, with the second factor shown in this session."""
    return client_of(practitioner.user)
