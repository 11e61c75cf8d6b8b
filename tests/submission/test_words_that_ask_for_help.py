"""Words of self-harm are met at once, on whatever page they are written."""

import pytest
from django.test import Client

from intake.submission.models import EmergencyEvent, Intake
from tests.submission.places import at, page_at, send

WORDS = "My back hurts. Sometimes I feel there is no point going on."


def write(client: Client, intake: Intake, questions, words: str):
    return client.post(page_at(intake, questions.page("own_words")), {"own_words": words})


def test_stop_the_form_and_keep_what_was_typed(patient_client, draft, questions):
    response = write(patient_client, draft, questions, WORDS)

    number = questions.page("own_words").number
    assert response.url == at("emergency", draft, number)
    page = patient_client.get(response.url).content.decode()
    assert "You do not have to face this alone" in page
    assert Intake.objects.get().answers["own_words"] == WORDS


def test_are_seen_by_staff_in_the_words_that_were_typed(patient_client, draft, questions):
    write(patient_client, draft, questions, WORDS)

    event = EmergencyEvent.objects.get()
    assert (event.codes, event.message) == (["own_words"], "M4")
    assert event.said == {"own_words": WORDS}


def test_hold_the_form_as_an_urgent_answer_does(patient_client, complete, questions):
    write(patient_client, complete, questions, WORDS)
    send(patient_client, complete)

    revision = complete.revisions.get()
    assert revision.screening["emergency"] is True
    assert revision.screening["message"] == "M4"
    assert revision.flags.get(code="em_suicide").rank == 5


@pytest.mark.parametrize(
    "words", ["Dying for a holiday.", "No thoughts of suicide.", "My back hurts when I sit."]
)
def test_are_not_seen_where_there_are_none(patient_client, draft, questions, words):
    write(patient_client, draft, questions, words)

    assert not EmergencyEvent.objects.exists()
