"""What PostgreSQL refuses about letters, each with a twin that removes the protection."""

import pytest
from django.db import connection
from factories import make_sent
from refusals import refused, run, stored, without, without_constraint

from intake.referral import services

REFUSED = {
    "DELETE FROM referral_letter": "referral_letter_no_delete",
    "UPDATE referral_letter SET body = '\\x00'": "letter_sent_keeps_its_words",
    "UPDATE referral_letter SET sent_at = now()": "letter_sent_keeps_its_words",
    "UPDATE referral_letter SET status = 'drafted'": "letter_moves",
    "UPDATE referral_letter SET written_by_id = written_by_id + 1": "letter_keeps_what_it_is_about",
}


@pytest.fixture
def letter(patient, practitioner):
    intake = make_sent(patient, answers={"doctor_name": "Dr Anand"}).intake
    drafted = services.start(intake=intake, by=practitioner.user)
    services.send(letter=drafted, permission="asked", way="post", by=practitioner.user)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    return drafted


class TestASentLetter:
    @pytest.mark.parametrize("statement", REFUSED)
    def test_stays(self, letter, statement):
        with refused(REFUSED[statement]):
            run(statement)

    @pytest.mark.parametrize("statement", list(REFUSED)[:3])
    def test_twin_without_the_trigger(self, letter, statement):
        without("referral_letter", REFUSED[statement])

        with connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 1

    def test_that_says_nothing_of_its_permission_is_refused(self, patient, practitioner):
        intake = make_sent(patient).intake
        services.start(intake=intake, by=practitioner.user)

        with refused("letter_sent_says_when_by_whom_why_and_how"):
            run("UPDATE referral_letter SET status = 'sent'")

    def test_that_says_nothing_of_its_permission_twin(self, patient, practitioner):
        intake = make_sent(patient).intake
        services.start(intake=intake, by=practitioner.user)
        without_constraint("referral_letter", "letter_sent_says_when_by_whom_why_and_how")

        run("UPDATE referral_letter SET status = 'sent'")

        assert run("SELECT status FROM referral_letter") == ("sent",)


class TestAReply:
    def test_stays_as_it_was_noted(self, letter, practitioner):
        services.note_reply(letter=letter, reply="Yes.", by=practitioner.user)

        with refused("letter_keeps_its_reply"):
            run("UPDATE referral_letter SET reply = ''")

    def test_stays_as_it_was_noted_twin(self, letter, practitioner):
        services.note_reply(letter=letter, reply="Yes.", by=practitioner.user)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("referral_letter", "letter_keeps_its_reply")

        run("UPDATE referral_letter SET reply = ''")

        assert run("SELECT length(reply) FROM referral_letter") == (0,)


class TestALetterAboutTwoPatients:
    @pytest.fixture
    def moved(self, letter, other_patient) -> str:
        """A copy of the letter under another patient's name."""
        return f"""
            INSERT INTO referral_letter (reference, patient_id, intake_id, status, urgency, to_name,
                to_place, body, written_by_id, permission, way, reply)
            SELECT 'T-2222-2222', {other_patient.pk}, intake_id, 'drafted', urgency, to_name,
                to_place, body, written_by_id, '', '', reply FROM referral_letter
        """

    def test_is_refused(self, moved):
        with refused("letter_about_one_patient"):
            run(moved)

    def test_twin(self, moved):
        without("referral_letter", "letter_about_one_patient")

        run(moved)

        assert stored("referral_letter") == 2


def test_words_and_replies_are_not_readable_in_the_database(letter):
    (body,) = run("SELECT body FROM referral_letter")

    assert b"Anand" not in bytes(body)
