from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pseudo_translation import check_all, load_pseudo, write_spanish

from clinic.people.models import User
from intake.questionnaire.models import QuestionSet, Translation
from intake.questionnaire.outline import SetOutline, outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission import services
from intake.submission.models import Intake
from tests.submission.filling import plain_answers

__all__ = ["write_spanish"]


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def questions(db) -> SetOutline:
    load_rules()
    return outline(load_questions().pk)


@pytest.fixture
def patient_client(patient) -> Client:
    client = Client()
    client.force_login(patient.account)
    return client


@pytest.fixture
def draft(questions, patient) -> Intake:
    return services.begin(by=patient.account)


@pytest.fixture
def complete(draft, questions, today) -> Intake:
    return services.save_answers(
        intake=draft, answers=plain_answers(questions, today), by=draft.patient.account
    )


@pytest.fixture
def bea(db) -> User:
    return User.objects.create_user("bea@example.org", name="Bea Lindqvist", is_manager=True)


@pytest.fixture
def unchecked_spanish(questions, write_spanish) -> Translation:
    return load_pseudo(QuestionSet.objects.get(pk=questions.id), write_spanish)


@pytest.fixture
def spanish(unchecked_spanish, bea) -> Translation:
    """Checked by a person, and so offered."""
    check_all(unchecked_spanish, bea)
    return unchecked_spanish
