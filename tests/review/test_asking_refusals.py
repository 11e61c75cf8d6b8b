"""What PostgreSQL refuses about questions to the patient, each with a twin."""

import pytest
from refusals import refused, run, stored, without, without_constraint

from intake.review.asking import answered_by_phone
from intake.review.asking_models import AskQuestion, AskRound
from intake.submission.models import Signature
from tests.review.asked_forms import asked_about, in_review, replied
from tests.review.changed_forms import of

SETTLE = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
REPLY = """
    INSERT INTO review_reply (question_id, by_id, words, cannot_say) VALUES (%s, %s, '', true)
"""
ROUND = """
    INSERT INTO review_askround (intake_id, revision_id, by_id, by_phone, ended, note)
    VALUES (%s, %s, %s, false, '', '')
"""
QUESTION = "INSERT INTO review_askquestion (round_id, code, line) VALUES (%s, 'diabetes', '')"
STATE = "UPDATE submission_intake SET state = %s"
KEPT = {"review_askquestion": "code = 'diabetes'", "review_reply": "cannot_say = true"}


@pytest.fixture
def revision(complete, practitioner):
    return in_review(complete, practitioner.user)


@pytest.fixture
def asked(revision, practitioner):
    round_ = asked_about(revision, practitioner.user)
    run(SETTLE)
    return round_


@pytest.fixture
def answered(asked):
    replied(asked, osteoporosis="yes")
    run(SETTLE)
    return asked


class TestWhatWasAskedAndAnswered:
    @pytest.mark.parametrize("table", KEPT)
    def test_neither_changes_nor_vanishes(self, answered, table):
        for statement in (f"UPDATE {table} SET {KEPT[table]}", f"DELETE FROM {table}"):
            with refused(f"{table}_append_only"):
                run(statement)

    def test_twin(self, answered):
        without("review_reply", "review_reply_append_only")
        run("DELETE FROM review_reply")
        assert stored("review_reply") == 0

    @pytest.mark.parametrize(
        "change", ["asked_at = now()", "ended_at = now()", "by_phone = true", "ended = 'phone'"]
    )
    def test_a_round_that_has_ended_stays(self, answered, change):
        with refused("round_ends_once"):
            run(f"UPDATE review_askround SET {change}")

    def test_a_round_stays_twin(self, answered):
        without("review_askround", "round_ends_once")
        run("UPDATE review_askround SET asked_at = now() - interval '1 year'")
        assert run("SELECT asked_at < now() - interval '300 days' FROM review_askround")[0]

    def test_a_round_does_not_vanish(self, asked):
        with refused("review_askround_no_delete"):
            run("DELETE FROM review_askround")

    def test_a_round_is_not_answered_without_a_reply(self, asked):
        with refused("round_ends_once"):
            run(
                "UPDATE review_askround SET ended = 'written', ended_at = now(), ended_by_id = %s,"
                " came_back_id = revision_id",
                [asked.intake.patient.account_id],
            )


class TestAReply:
    def test_by_someone_else_is_refused(self, asked, other_patient):
        question = asked.questions.get()
        with refused("reply_by_the_patient_asked"):
            run(REPLY, [question.pk, other_patient.account_id])

    def test_by_someone_else_twin(self, asked, other_patient):
        without("review_reply", "reply_by_the_patient_asked")
        run(REPLY, [asked.questions.get().pk, other_patient.account_id])
        assert stored("review_reply") == 1

    def test_once_the_round_has_ended_is_refused(self, asked, practitioner):
        answered_by_phone(intake=of(asked.revision), note="In the hip.", by=practitioner.user)
        with refused("reply_by_the_patient_asked"):
            run(REPLY, [asked.questions.get().pk, asked.intake.patient.account_id])

    def test_a_question_slipped_in_afterwards_is_refused(self, answered):
        with refused("question_in_an_open_round"):
            run(QUESTION, [answered.pk])

    def test_a_question_slipped_in_afterwards_twin(self, answered):
        without("review_askquestion", "question_in_an_open_round")
        run(QUESTION, [answered.pk])
        assert AskQuestion.objects.count() == 2


class TestRounds:
    def test_two_open_ones_are_refused(self, asked, practitioner):
        with refused("one_open_round_per_form"):
            run(ROUND, [asked.intake_id, asked.revision_id, practitioner.user_id])

    def test_two_open_ones_twin(self, asked, practitioner):
        run("DROP INDEX one_open_round_per_form")
        run(ROUND, [asked.intake_id, asked.revision_id, practitioner.user_id])
        assert AskRound.objects.open().count() == 2

    def test_about_oneself_is_refused(self, revision):
        with refused("asked_about_a_form_of_someone_else"):
            run(ROUND, [revision.intake_id, revision.pk, revision.intake.patient.account_id])

    def test_about_oneself_twin(self, revision):
        without("review_askround", "asked_about_a_form_of_someone_else")
        without("review_askround", "open_while_the_form_waits")
        run(ROUND, [revision.intake_id, revision.pk, revision.intake.patient.account_id])
        assert stored("review_askround") == 1

    def test_that_end_without_saying_how_are_refused(self, asked):
        with refused("round_says_how_it_ended"):
            run("UPDATE review_askround SET ended_at = now()")

    def test_that_end_without_saying_how_twin(self, asked):
        without_constraint("review_askround", "round_says_how_it_ended")
        without("review_askround", "open_while_the_form_waits")
        run("UPDATE review_askround SET ended_at = now()")
        assert not AskRound.objects.open().exists()


class TestAFormWaits:
    @pytest.fixture
    def settled(self, revision):
        run(SETTLE)
        return revision

    def test_never_without_an_open_round(self, settled):
        with refused("waits_while_a_round_is_open"):
            run(STATE, ["asked"])

    def test_never_without_an_open_round_twin(self, settled):
        without("submission_intake", "waits_while_a_round_is_open")
        run(STATE, ["asked"])
        run(SETTLE)
        assert of(settled).state == "asked"

    def test_as_long_as_a_round_is_open(self, asked):
        with refused("waits_while_a_round_is_open"):
            run(STATE, ["submitted"])

    def test_when_somebody_is_asked(self, settled, practitioner):
        with refused("open_while_the_form_waits"):
            run(ROUND, [settled.intake_id, settled.pk, practitioner.user_id])

    def test_when_somebody_is_asked_twin(self, settled, practitioner):
        without("review_askround", "open_while_the_form_waits")
        run(ROUND, [settled.intake_id, settled.pk, practitioner.user_id])
        run(SETTLE)
        assert AskRound.objects.open().count() == 1


class TestASignature:
    SIGN = """
        INSERT INTO submission_signature (revision_id, code, agreed, typed_name, text_digest)
        SELECT id, 'consent_massage', true, '', '' FROM submission_revision WHERE number = 2
    """

    def test_is_never_made_by_an_answer(self, answered):
        with refused("an_answer_signs_nothing_anew"):
            run(self.SIGN)

    def test_is_never_made_by_an_answer_twin(self, answered):
        before = Signature.objects.count()
        without("submission_signature", "an_answer_signs_nothing_anew")
        run(self.SIGN)
        assert Signature.objects.count() == before + 1
