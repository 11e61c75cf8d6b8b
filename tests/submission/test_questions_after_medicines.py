"""What a name on the list of medicines leads to: further questions, and nothing else."""

import pytest

from intake.questionnaire.conditions import OPENED
from intake.submission import services
from intake.submission.document import screening_document
from intake.submission.models import Intake
from tests.submission.places import page_at


@pytest.fixture
def with_medicines(complete, questions, today):
    """The names are written down again, through the service that the page uses."""

    def write(*names: str) -> Intake:
        rows = [{"name": name, "dose": "", "how_often": ""} for name in names]
        return services.save_answers(
            intake=complete, answers={"medicines": rows or None}, by=complete.patient.account
        )

    return write


def asked(questions, intake: Intake, today) -> set[str]:
    return {question.code for question in questions.asked_questions(intake.answers, today)}


class TestNamesOnTheList:
    def test_lead_to_the_questions_of_their_kind(self, with_medicines, questions, today):
        intake = with_medicines("Eliquis", "digoxin")

        codes = asked(questions, intake, today)
        assert {"anticoagulant_unstable", "arrhythmia"} <= codes
        assert "tuberculosis_active" not in codes

    def test_lead_to_nothing_when_they_have_no_bearing(self, with_medicines, questions, today):
        intake = with_medicines("paracetamol")

        assert OPENED not in intake.answers
        assert "arrhythmia" not in asked(questions, intake, today)

    def test_lead_to_nothing_any_more_once_they_are_taken_off(
        self, with_medicines, questions, today
    ):
        with_medicines("digoxin")
        intake = with_medicines("paracetamol")

        assert OPENED not in intake.answers
        assert "arrhythmia" not in asked(questions, intake, today)

    def test_do_not_count_once_the_person_says_they_take_none(
        self, with_medicines, questions, today
    ):
        intake = with_medicines("digoxin")
        intake = services.save_answers(
            intake=intake, answers={"takes_medicines": "no"}, by=intake.patient.account
        )

        assert "arrhythmia" not in asked(questions, intake, today)

    def test_put_the_question_on_a_page_that_must_be_answered(
        self, with_medicines, questions, today, patient_client
    ):
        intake = with_medicines("digoxin")

        missing = [question.code for question in questions.missing(intake.answers, today)]
        assert missing == ["arrhythmia"]
        page = questions.page(questions.question("arrhythmia").page)
        shown = patient_client.get(page_at(intake, page)).content.decode()
        assert "irregular heartbeat" in shown

    def test_never_answer_anything_by_themselves(self, with_medicines, questions, today):
        intake = with_medicines("digoxin")

        document = screening_document(
            reference=intake.reference,
            outline=questions,
            answers=intake.answers,
            on=today,
            born=today.replace(year=1973),
        )
        assert "arrhythmia" not in document["answers"]
