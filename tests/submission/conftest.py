from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from intake.questionnaire.outline import SetOutline, outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission import services
from intake.submission.models import Intake
from tests.submission.filling import plain_answers


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
