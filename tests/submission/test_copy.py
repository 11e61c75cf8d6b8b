"""What the patient keeps of a form they sent."""

import pytest
from signing_in import client_of

from intake.submission import services
from intake.submission.models import Intake
from tests.submission.places import at


@pytest.fixture
def sent(complete) -> Intake:
    answers = {"unsafe_home": "yes", "own_words": "My back aches <when> I sit."}
    services.save_answers(intake=complete, answers=answers, by=complete.patient.account)
    services.send(intake=complete, token=str(complete.form_token), by=complete.patient.account)
    complete.refresh_from_db()
    return complete


def test_holds_what_was_sent_in_the_words_of_its_version(patient_client, sent):
    page = patient_client.get(at("copy", sent)).content.decode()

    assert "My back aches &lt;when&gt; I sit." in page
    assert "Metformin" in page
    assert "I have read this and I agree to massage" in page
    assert "Needle" not in page.partition("Consent")[0]
    assert "Each is used once. We count them in and out." in page
    assert sent.reference in page


def test_leaves_private_answers_out(patient_client, sent):
    page = patient_client.get(at("copy", sent)).content.decode()

    assert "frighten" not in page
    assert "in private are not on it" in page


def test_is_offered_after_sending_and_never_before(patient_client, draft):
    assert patient_client.get(at("copy", draft)).url == at("tasks", draft)


def test_is_led_to_from_the_page_after_sending(patient_client, sent):
    assert at("copy", sent) in patient_client.get(at("sent", sent)).content.decode()


def test_is_for_nobody_else(sent, practitioner):
    assert client_of(practitioner.user).get(at("copy", sent)).status_code in (302, 403, 404)
