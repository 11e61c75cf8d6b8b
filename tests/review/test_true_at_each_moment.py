"""What pages of the review room say is true at each moment, and said once."""

import pytest
from decision_forms import decision_for
from factories import make_sent

from intake.review import holding
from intake.review.holders import with_holders
from intake.review.services import open_form, step
from intake.review.where import where
from intake.submission.models import EmergencyEvent, Intake, Revision
from tests.review.changed_forms import changed, first_sent, of

UNREAD = "Sent, not yet opened"


@pytest.fixture
def sent(patient) -> Revision:
    return make_sent(patient)


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def case(sent: Revision) -> str:
    return f"/reviews/{sent.intake.reference}/"


class TestWhereAFormStands:
    def test_is_unread_until_somebody_opens_it(self, signed_in, sent):
        assert UNREAD in page(signed_in, "/reviews/")

    def test_is_put_back(self, signed_in, sent, practitioner):
        open_form(intake=sent.intake, by=practitioner.user)
        holding.put_back(intake=sent.intake, by=practitioner.user, note="No time.")

        queue = page(signed_in, "/reviews/")
        assert "Put back, waits for someone to read it" in queue
        assert UNREAD not in queue

    def test_is_to_be_read_again_after_a_call(self, signed_in, sent, practitioner):
        open_form(intake=sent.intake, by=practitioner.user)
        step(intake=sent.intake, name="ask", by=practitioner.user)
        step(intake=sent.intake, name="answered_by_phone", by=practitioner.user)

        queue = page(signed_in, "/reviews/")
        assert "Waits to be read again" in queue
        assert UNREAD not in queue

    @pytest.mark.parametrize(
        ("reason", "words"),
        [("asked", "answered, not yet opened"), ("changed", "changed, not yet opened")],
    )
    def test_says_what_came(self, complete, questions, today, practitioner, reason, words):
        first = first_sent(complete)
        open_form(intake=of(first), by=practitioner.user)
        newest = changed(of(first), questions, today, osteoporosis="no")
        newest.change_reason = reason

        assert where(as_read(newest), newest) == words

    def test_is_said_once_beside_the_evidence(self, signed_in, sent, practitioner):
        open_form(intake=sent.intake, by=practitioner.user)
        step(intake=sent.intake, name="ask", by=practitioner.user)

        shown = page(signed_in, case(sent))

        assert "Nothing to decide now: waiting for the patient." in shown
        assert "This form waits" not in shown


def as_read(revision: Revision) -> Intake:
    """A form as a page reads it."""
    return with_holders(Intake.objects.all(), revision.sent_at).get(pk=revision.intake_id)


class TestTheEmergencyContact:
    ANSWERS = {
        "emergency_contact_name": "Robin Vale",
        "emergency_contact_phone": "020 7946 0123",
    }

    def test_is_called_so_on_the_case(self, signed_in, patient):
        shown = page(signed_in, case(make_sent(patient, answers=self.ANSWERS)))

        assert "<dt>Emergency contact: name</dt>" in shown
        assert "<dt>Emergency contact: phone number</dt>" in shown
        assert "Their name" not in shown

    def test_is_called_so_among_what_changed(self, signed_in, complete, questions, today):
        first = first_sent(complete)
        newest = changed(of(first), questions, today, emergency_contact_name="Robin Vale")

        table = page(signed_in, case(newest)).partition("<caption>Answers")[2].partition("</table")
        assert "Emergency contact: name" in table[0]

    def test_and_the_patient_are_called_by_a_tap(self, signed_in, patient):
        sent = make_sent(patient, answers=self.ANSWERS | {"phone": "020 7946 0999"})
        alert = alarmed(sent)

        shown = page(signed_in, alert)

        assert 'href="tel:02079460123">020 7946 0123</a>' in shown
        assert 'href="tel:02079460999">020 7946 0999</a>' in shown

    def test_without_a_number_on_the_form_the_one_of_the_record_is_shown(self, signed_in, patient):
        patient.phone = "020 7946 0555"
        patient.save()

        assert 'href="tel:02079460555"' in page(signed_in, alarmed(make_sent(patient)))

    def test_no_number_at_all_is_said(self, signed_in, patient):
        patient.phone = ""
        patient.save()

        assert "No phone number known." in page(signed_in, alarmed(make_sent(patient)))


def alarmed(sent: Revision) -> str:
    EmergencyEvent.objects.create(
        intake=sent.intake, codes=["em_stroke"], message="M6", happened="shown"
    )
    return f"{case(sent)}urgent/"


def test_nobody_is_said_to_have_done_anything_about_an_urgent_answer(signed_in, sent):
    alarmed(sent)

    shown = page(signed_in, case(sent))

    assert "what was ticked, and the calls noted" in shown
    assert "what you did" not in shown


def test_what_was_sent_is_listed_in_plain_words(signed_in, complete, questions, today):
    first = first_sent(complete)
    newest = changed(of(first), questions, today, osteoporosis="no")

    assert "What they sent, and when (2 times)" in page(signed_in, case(newest))


def test_the_next_case_leads_back_to_the_one_just_decided(signed_in, sent, other_patient):
    make_sent(other_patient)
    signed_in.get(case(sent))

    typed = decision_for(sent, next="1")
    after = signed_in.post(f"{case(sent)}decide/", typed, follow=True)

    assert after.redirect_chain[-1][0] != case(sent)
    assert f'Your decision on <a href="{case(sent)}#decision">' in after.content.decode()


@pytest.mark.parametrize(
    ("massage", "is_open"), [("suitable_with_changes", True), ("suitable", False)]
)
def test_changes_are_not_folded_where_they_are_asked_for(signed_in, sent, massage, is_open):
    typed = decision_for(sent, massage=massage, massage_precautions="", weeks="")

    shown = signed_in.post(f"{case(sent)}decide/", typed).content.decode()

    assert ('<details class="limits" open>' in shown) == is_open


def test_words_that_are_missing_are_asked_for_by_the_name_of_the_flag(signed_in, patient):
    flags = {"heart_failure": "consult_first", "seizures": "consult_first"}
    sent = make_sent(patient, flags=flags)
    answers = {f"flag_{flag.pk}": "other" for flag in sent.flags.all()}

    shown = signed_in.post(f"{case(sent)}decide/", decision_for(sent, **answers)).content.decode()

    summary = shown.partition("error-summary")[2].partition("</ul>")[0]
    assert "In a few words, say what you did about: Heart failure." in summary
    assert summary.count("In a few words, say what you did about: ") == 2
