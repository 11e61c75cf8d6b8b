"""What PostgreSQL refuses about changing a sent form, each with a twin that sees the harm."""

import pytest
from factories import make_sent
from refusals import refused, run, stored, without, without_constraint

AGAIN = """
    INSERT INTO submission_revision (intake_id, number, question_set_id, rule_set_id, answers,
        screening, digest, form_token, language, zone, sent_by_id, sent_at, wants_acupuncture,
        wants_massage, rank, change_reason, change_note, moves_safety)
    SELECT intake_id, {number}, question_set_id, rule_set_id, answers, screening, digest,
        gen_random_uuid(), language, zone, sent_by_id, now(), true, true, 0, '{reason}',
        change_note, {moves}
    FROM submission_revision ORDER BY id LIMIT 1
"""
CHANGE = """
    UPDATE submission_intake SET changing_since = now() + interval '1 s', change_reason = 'forgot',
        builds_on_id = (SELECT {which}(id) FROM submission_revision)
"""


def again(number: int, reason: str = "forgot", moves: str = "true") -> str:
    return AGAIN.format(number=number, reason=reason, moves=moves)


class TestARevision:
    NAME = "revisions_follow_each_other"

    @pytest.fixture(params=["one is skipped", "the form was taken back"])
    def forged(self, request, patient):
        make_sent(patient)
        if request.param == "one is skipped":
            return again(3)
        run("UPDATE submission_intake SET state = 'withdrawn'")
        return again(2)

    def test_out_of_order_is_refused(self, forged):
        with refused(self.NAME):
            run(forged)

    def test_out_of_order_twin(self, forged):
        without("submission_revision", self.NAME)

        run(forged)

        assert stored("submission_revision") == 2

    @pytest.mark.parametrize(
        "forged", [again(2, reason=""), again(2, reason="because")], ids=["none", "unknown"]
    )
    def test_without_a_reason_is_refused(self, patient, forged):
        make_sent(patient)
        with refused("later_revision_has_its_reason"):
            run(forged)

    def test_without_a_reason_twin(self, patient):
        make_sent(patient)
        without_constraint("submission_revision", "later_revision_has_its_reason")

        run(again(2, reason=""))

        assert stored("submission_revision") == 2

    def test_that_is_the_first_always_holds_what_is_cleared(self, patient):
        make_sent(patient)
        without("submission_revision", self.NAME)
        with refused("later_revision_has_its_reason"):
            run(again(1, reason="", moves="false"))


class TestAWorkingCopy:
    NAME = "one_change_at_a_time"

    def test_a_second_one_is_refused(self, patient):
        make_sent(patient)
        run(CHANGE.format(which="max"))

        with refused(self.NAME):
            run(CHANGE.format(which="max").replace("1 s", "2 s"))

    def test_a_second_one_twin(self, patient):
        make_sent(patient)
        run(CHANGE.format(which="max"))
        before = run("SELECT changing_since FROM submission_intake")
        without("submission_intake", self.NAME)

        run(CHANGE.format(which="max").replace("1 s", "2 s"))

        assert run("SELECT changing_since FROM submission_intake") > before

    def test_of_an_older_revision_is_refused(self, patient):
        make_sent(patient)
        run(again(2))
        with refused(self.NAME):
            run(CHANGE.format(which="min"))

    def test_of_an_older_revision_twin(self, patient):
        make_sent(patient)
        run(again(2))
        without("submission_intake", self.NAME)

        run(CHANGE.format(which="min"))

        assert run("SELECT count(*) FROM submission_intake WHERE changing_since > now()") == (1,)

    def test_of_a_second_form_of_the_same_person_is_refused(self, two_forms):
        with refused("one_change_per_patient"):
            run(two_forms)

    def test_of_a_second_form_of_the_same_person_twin(self, two_forms):
        without_index("one_change_per_patient")

        run(two_forms)

        assert run("SELECT count(*) FROM submission_intake WHERE changing_since > now()") == (2,)

    @pytest.fixture
    def two_forms(self, patient):
        make_sent(patient)
        make_sent(patient)
        return CHANGE.replace(
            "(SELECT {which}(id) FROM submission_revision)",
            "(SELECT r.id FROM submission_revision r WHERE r.intake_id = submission_intake.id)",
        )

    def test_of_a_form_that_was_taken_back_is_refused(self, patient):
        make_sent(patient)
        run("UPDATE submission_intake SET state = 'withdrawn'")
        with refused("change_of_a_sent_form_has_its_reason"):
            run(CHANGE.format(which="max"))

    def test_of_a_form_that_was_taken_back_twin(self, patient):
        make_sent(patient)
        run("UPDATE submission_intake SET state = 'withdrawn'")
        without_constraint("submission_intake", "change_of_a_sent_form_has_its_reason")

        run(CHANGE.format(which="max"))

        assert run("SELECT count(*) FROM submission_intake WHERE changing_since > now()") == (1,)


def without_index(name: str) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(f"DROP INDEX {name}")
