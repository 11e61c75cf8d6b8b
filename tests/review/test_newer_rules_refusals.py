"""What PostgreSQL refuses about newer rules and what was seen, each with a twin."""

import pytest
from django.db import connection, transaction
from factories import make_clearance, make_sent
from refusals import refused, run, stored, without

from intake.review.answering_rules import decide_again
from intake.review.models import Decision, Rescreening
from intake.review.rescreening import rescreen_due
from intake.review.services import open_form
from tests.review.changed_forms import decided, first_sent
from tests.review.published_later import RULED_OUT as RULED
from tests.review.published_later import STOP, weighs

ANSWER = """
    INSERT INTO review_rescreeninganswer
        (rescreening_id, therapy, keeps, reason, by_id, registration_id)
    SELECT s.id, 'massage', true, '', %s, %s FROM review_rescreening s
"""


@pytest.fixture
def raised(complete, practitioner) -> Rescreening:
    decided(first_sent(complete), practitioner.user)
    weighs("diabetes", *STOP)
    rescreen_due()
    return Rescreening.objects.get()


KEPT = {
    "review_rescreening": "massage = 0",
    "review_rescreeninganswer": "keeps = true",
    "review_seen": "digest = repeat('0', 64)",
}


class TestWhatNeverChanges:
    @pytest.fixture
    def answered(self, raised, practitioner):
        decide_again(found=raised, by=practitioner.user)

    @pytest.mark.parametrize("table", KEPT)
    def test_neither_changes_nor_vanishes(self, answered, table):
        for statement in (f"UPDATE {table} SET {KEPT[table]}", f"DELETE FROM {table}"):
            with refused(f"{table}_append_only"):
                run(statement)

    @pytest.mark.parametrize("table", KEPT)
    def test_twin(self, answered, table):
        without(table, f"{table}_append_only")

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {KEPT[table]}")
            assert cursor.rowcount > 0
            transaction.set_rollback(True)


class TestAnAnswer:
    NAME = "answered_by_someone_registered"

    @pytest.fixture(params=["ended", "of another person", "on oneself"])
    def forged(self, request, raised, practitioner, masseur):
        own = practitioner.registrations.get(therapy="massage").pk
        if request.param == "ended":
            run("UPDATE people_registration SET valid_until = '2020-01-01'")
        if request.param == "on oneself":
            run("ALTER TABLE people_patient DISABLE TRIGGER patient_keeps_the_account")
            run("UPDATE people_patient SET account_id = %s", [practitioner.user_id])
        by = masseur if request.param == "of another person" else practitioner
        return by.user_id, own

    def test_by_someone_else_is_refused(self, forged):
        with refused(self.NAME):
            run(ANSWER, forged)

    def test_by_someone_else_twin(self, forged):
        without("review_rescreeninganswer", self.NAME)

        run(ANSWER, forged)

        assert stored("review_rescreeninganswer") == 1


class TestWhatNewerRulesRaise:
    RULED_OUT = "what_newer_rules_rule_out_is_not_cleared"
    UNREAD = "cleared_after_newer_rules_were_read"
    CLEAR = """
        UPDATE review_clearance SET state = 'revoked';
        INSERT INTO review_clearance
            (patient_id, revision_id, state, valid_from, valid_until, sessions, together)
        SELECT patient_id, revision_id, 'live', valid_from, valid_until, sessions, together
        FROM review_clearance;
        INSERT INTO review_clearedtherapy (clearance_id, therapy, verdict_id)
        SELECT (SELECT max(id) FROM review_clearance), therapy, verdict_id
        FROM review_clearedtherapy
    """

    @pytest.fixture(params=[(RULED_OUT, RULED), (UNREAD, STOP)], ids=["ruled out", "unread"])
    def name(self, request, complete, practitioner):
        """Of the protection that stands in the way of clearing it; any other is taken away."""
        name, levels = request.param
        decided(first_sent(complete), practitioner.user)
        weighs("diabetes", *levels)
        rescreen_due()
        if name == self.RULED_OUT:
            without("review_clearedtherapy", self.UNREAD)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")
        return name

    def test_is_not_cleared(self, name):
        with refused(name):
            run(self.CLEAR)

    def test_twin(self, name):
        without("review_clearedtherapy", name)

        run(self.CLEAR)

        assert stored("review_clearance") == 2


class TestClearingWithoutWhatWasSeen:
    NAME = "cleared_from_what_was_seen"

    @pytest.fixture
    def unseen(self, patient, practitioner):
        """A clearance, and a verdict of which nothing was kept, to clear massage on it."""
        clearance = make_clearance(patient, practitioner, "acupuncture")
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=practitioner.user)
        decision = Decision.objects.create(revision=revision, by=practitioner.user)
        verdict = decision.verdicts.create(
            therapy="massage",
            suitability="suitable",
            registration=practitioner.registrations.get(therapy="massage"),
        )
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")
        without("review_clearedtherapy", "cleared_by_a_positive_verdict")
        without("review_clearedtherapy", "cleared_once_nothing_can_be_taken_back")
        return clearance.pk, verdict.pk

    CLEAR = """
        INSERT INTO review_clearedtherapy (clearance_id, therapy, verdict_id)
        VALUES (%s, 'massage', %s)
    """

    def test_is_refused(self, unseen):
        with refused(self.NAME):
            run(self.CLEAR, unseen)

    def test_twin(self, unseen):
        without("review_clearedtherapy", self.NAME)

        run(self.CLEAR, unseen)

        assert stored("review_clearedtherapy") == 2
