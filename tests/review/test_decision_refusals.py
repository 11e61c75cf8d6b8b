"""What PostgreSQL refuses about forms, decisions and their moves, each with a twin."""

import re

import pytest
from django.db import connection, transaction
from factories import make_clearance, make_sent
from refusals import refused, run, stored, without

from intake.review.services import Opinion, decide, open_form
from intake.submission.states import pairs

VERDICT = """
    INSERT INTO review_verdict (decision_id, therapy, suitability, registration_id, reason,
                                next_step, precautions)
    VALUES (%s, 'acupuncture', 'suitable', %s, '', '', '')
"""


KEPT = {
    "submission_revision": "language = 'fr'",
    "submission_flag": "rank = 0",
    "review_decision": "at = now()",
    "review_verdict": "suitability = 'suitable'",
    "review_clearedtherapy": "therapy = therapy",
    "review_flagseen": "flag_id = flag_id",
}


class TestWhatNeverChanges:
    @pytest.fixture
    def decided(self, patient, practitioner):
        revision = make_sent(patient, flags={"diabetes": "caution"})
        open_form(intake=revision.intake, by=practitioner.user)
        opinions = [Opinion(t, "suitable") for t in ("acupuncture", "massage")]
        seen = [revision.flags.get().pk]
        return decide(revision=revision, opinions=opinions, by=practitioner.user, flags_seen=seen)

    @pytest.mark.parametrize("table", KEPT)
    def test_neither_changes_nor_vanishes(self, decided, table):
        for statement in (f"UPDATE {table} SET {KEPT[table]}", f"DELETE FROM {table}"):
            with refused(f"{table}_append_only"):
                run(statement)

    @pytest.mark.parametrize("table", KEPT)
    @pytest.mark.parametrize("change", ["UPDATE {table} SET {new}", "DELETE FROM {table}"])
    def test_twin_without_the_trigger(self, decided, table, change):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")
        without(table, f"{table}_append_only")

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change.format(table=table, new=KEPT[table]))
            changed = cursor.rowcount
            transaction.set_rollback(True)  # what rests on it is not asked any more

        assert changed > 0

    @pytest.fixture
    def forged(self, patient, masseur, practitioner):
        """A verdict on acupuncture, put under a decision of someone registered in massage only."""
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=masseur.user)
        decision = decide(
            revision=revision, opinions=[Opinion("massage", "suitable")], by=masseur.user
        )
        return decision.pk, practitioner.registrations.get(therapy="acupuncture").pk

    def test_a_decision_by_someone_not_registered_is_refused(self, forged):
        with refused("verdict_by_someone_registered"):
            run(VERDICT, forged)

    def test_a_decision_by_someone_not_registered_twin(self, forged):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("review_verdict", "verdict_by_someone_registered")
        run(VERDICT, forged)
        assert stored("review_verdict") == 2


class TestADecision:
    DECISION = """
        INSERT INTO review_decision (revision_id, by_id, note, for_patient, weeks, sessions,
                                     together)
        VALUES (%s, %s, '', '', 6, 6, true)
    """
    NAME = "decision_on_an_open_form_of_someone_else"

    @pytest.fixture(params=["not in review", "on oneself"])
    def forged(self, request, patient, practitioner):
        revision = make_sent(patient)
        if request.param == "not in review":
            return revision.pk, practitioner.user_id
        open_form(intake=revision.intake, by=practitioner.user)
        return revision.pk, patient.account_id

    def test_is_refused(self, forged):
        with refused(self.NAME):
            run(self.DECISION, forged)

    def test_twin(self, forged):
        without("review_decision", self.NAME)

        run(self.DECISION, forged)

        assert stored("review_decision") == 1


class TestAClearance:
    BETTER = """
        UPDATE review_clearance SET state = 'revoked';
        INSERT INTO review_clearance (patient_id, revision_id, state, valid_from, valid_until,
                                      sessions, together)
        SELECT patient_id, revision_id, 'live', valid_from, {until}, {sessions}, together
        FROM review_clearance;
        INSERT INTO review_clearedtherapy (clearance_id, therapy, verdict_id)
        SELECT (SELECT max(id) FROM review_clearance), therapy, verdict_id
        FROM review_clearedtherapy
    """
    NAME = "clearance_no_better_than_decided"

    @pytest.fixture(
        params=[("valid_until + 900", "sessions"), ("valid_until", "24")], ids=["longer", "more"]
    )
    def better(self, request, patient, practitioner):
        make_clearance(patient, practitioner)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")
        return self.BETTER.format(until=request.param[0], sessions=request.param[1])

    def test_better_than_decided_is_refused(self, better):
        with refused(self.NAME):
            run(better)

    def test_better_than_decided_twin(self, better):
        without("review_clearance", self.NAME)

        run(better)
        run("SET CONSTRAINTS ALL IMMEDIATE")

        assert stored("review_clearance") == 2


class TestWhatRecordsRestOn:
    REFUSED = {
        "UPDATE people_registration SET therapy = 'massage' WHERE therapy = 'acupuncture'": (
            "people_registration",
            "registration_keeps_its_therapy",
        ),
        "UPDATE people_patient SET account_id = (SELECT max(id) FROM people_user)": (
            "people_patient",
            "patient_keeps_the_account",
        ),
    }

    @pytest.mark.parametrize("statement", REFUSED)
    def test_stays(self, patient, masseur, practitioner, statement):
        with refused(self.REFUSED[statement][1]):
            run(statement)

    def test_stays_twin(self, patient, practitioner):
        statement, protection = list(self.REFUSED.items())[1]
        without(*protection)

        run(statement)

        assert run("SELECT account_id FROM people_patient") == (practitioner.user_id,)


class TestMoves:
    def test_a_forbidden_move_is_refused(self, patient):
        revision = make_sent(patient)

        with refused("intake_moves"):
            run("UPDATE submission_intake SET state = 'decided'")

        revision.intake.refresh_from_db()
        assert revision.intake.state == "submitted"

    def test_a_forbidden_move_twin(self, patient):
        make_sent(patient)
        without("submission_intake", "intake_moves")
        run("UPDATE submission_intake SET state = 'decided'")
        assert run("SELECT state FROM submission_intake") == ("decided",)

    def test_the_database_knows_the_same_moves_as_the_table(self, db):
        body = run("SELECT prosrc FROM pg_proc WHERE proname = 'intake_moves'")[0]
        assert set(re.findall(r"\('(\w+)', '(\w+)'\)", body)) == pairs()
