"""What becomes of the list of medicines when the form is sent, and how a practitioner reads it."""

import pytest
from django.urls import reverse
from signing_in import client_of

from intake.submission import services
from intake.submission.document import screening_document
from intake.submission.models import Revision
from tests.submission.filling import MEDICINE
from tests.submission.places import send


@pytest.fixture
def sent_with(patient_client, complete, questions, today):
    """Sends the complete form with these answers instead."""

    def sent(**said: object) -> Revision:
        by = complete.patient.account
        draft = services.save_answers(intake=complete, answers=said, by=by)
        opened = {each.code: "no" for each in questions.missing(draft.answers, today)}
        services.save_answers(intake=draft, answers=opened, by=by)
        send(patient_client, complete)
        return Revision.objects.get()

    return sent


@pytest.mark.parametrize("known", ["bring", "not_sure"])
def test_names_that_are_not_known_yet_are_asked_about_and_never_none(sent_with, known):
    revision = sent_with(takes_medicines=known)

    assert "medicines" in revision.screening["unanswered"]
    assert revision.flags.filter(code="answer_unknown").exists()


def test_no_medicines_at_all_leaves_nothing_open(sent_with):
    assert "medicines" not in sent_with(takes_medicines="no").screening["unanswered"]


def test_a_practitioner_reads_the_typed_words_first_and_then_the_choice(sent_with, practitioner):
    chosen = MEDICINE | {"name": "warfrin", "matched": "warfarin", "how": "chosen"}
    kept = MEDICINE | {"key": "b", "name": "asprin", "how": "as_typed"}
    revision = sent_with(medicines=[chosen, kept])

    page = client_of(practitioner.user).get(
        reverse("review:case", args=[revision.intake.reference])
    )
    shown = page.content.decode()
    assert "<dt>warfrin 500 mg twice a day</dt>" in shown
    assert shown.index("warfrin 500 mg") < shown.index("Patient chose warfarin")
    assert "The patient kept what they typed." in shown
    codes = set(revision.flags.values_list("code", flat=True))
    assert {"anticoagulant_use", "medicine_unconfirmed"} <= codes


def test_a_chosen_name_opens_its_questions_too(complete):
    row = MEDICINE | {"name": "my heart tablet", "matched": "digoxin", "how": "chosen"}
    draft = services.save_answers(
        intake=complete, answers={"medicines": [row]}, by=complete.patient.account
    )

    assert "arrhythmia" in draft.answers["opened_by_medicines"]


def test_the_document_of_before_there_were_choices_stays_as_it_was(complete, questions, today):
    old = [{"name": "Eliquis", "dose": "5 mg", "how_often": "daily"}]
    document = screening_document(
        reference="x", outline=questions, answers=complete.answers | {"medicines": old},
        on=today, born=today,
    )  # fmt: skip

    assert document["medicines"] == ["Eliquis 5 mg daily"]
    assert "chosen_medicines" not in document
