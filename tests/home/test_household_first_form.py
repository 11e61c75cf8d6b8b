"""Someone who comes only for a child: the first form tells, and makes it the child's record."""

from datetime import date

import pytest

from clinic.people.models import Patient, User
from intake.home.services import look_after
from intake.questionnaire.outline import outline
from intake.submission import services
from tests.submission.conftest import questions, today
from tests.submission.filling import plain_answers

__all__ = ["questions", "today"]


@pytest.fixture
def send_first(questions, today):
    def send(filled_in_by: str, account: User) -> Patient:
        draft = services.begin(by=account)
        said = {"filled_in_by": filled_in_by}
        answers = plain_answers(outline(draft.question_set_id), today, **said)
        draft = services.save_answers(intake=draft, answers=answers, by=account)
        services.send(intake=draft, token=str(draft.form_token), by=account)
        return Patient.objects.get(pk=draft.patient_id)

    return send


@pytest.mark.parametrize(
    ("filled_in_by", "relation"),
    [
        ("myself", "self"),
        ("with_help", "self"),
        ("for_my_child", "child"),
        ("for_someone", "cared_for"),
    ],
)
def test_the_first_form_says_whose_record_it_is(send_first, filled_in_by, relation):
    account = User.objects.create_user("new@example.org")

    assert send_first(filled_in_by, account).relation == relation


def test_then_the_account_holder_can_still_be_a_patient(send_first):
    account = User.objects.create_user("new@example.org")
    child = send_first("for_my_child", account)

    me = look_after(name="Nadia Osei", relation="self", by=account)

    assert me != child
    assert list(Patient.objects.looked_after_by(account)) == [me, child]


def test_a_later_form_changes_nobody(send_first, patient):
    assert patient.born == date(1973, 6, 4)

    assert send_first("for_my_child", patient.account).relation == "self"
