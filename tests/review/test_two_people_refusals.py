"""What PostgreSQL refuses about Stop flags, second people and decisions taken back; with twins."""

from datetime import timedelta

import pytest
from factories import make_flag, make_practitioner, make_sent
from refusals import refused, run, stored, without

from clinic.people.models import Patient
from intake.review.models import Decision
from intake.review.seconds import ask_colleague
from intake.review.services import Opinion, decide, open_form
from intake.review.taking_back import TAKE_BACK, take_back
from intake.submission.models import Revision

YES = [Opinion("massage", "suitable")]
CLEAR = """
    INSERT INTO review_clearance (patient_id, revision_id, state, valid_from, valid_until,
                                  sessions, together, created_at)
    SELECT i.patient_id, r.id, 'live', current_date, current_date + 7, 1, false,
           now() + interval '11 minutes'
    FROM submission_revision r JOIN submission_intake i ON i.id = r.intake_id WHERE r.id = %s;
    INSERT INTO review_clearedtherapy (clearance_id, therapy, verdict_id, second_id)
    SELECT max(c.id), 'massage', %s, %s FROM review_clearance c
"""
ASK = """
    INSERT INTO review_secondopinion (revision_id, therapy, role, asked_by_id, colleague_id,
                                      question, at)
    VALUES (%s, 'massage', 'second', %s, %s, '', now())
"""


@pytest.fixture
def ana(db):
    return make_practitioner("ana@example.org", "Ana Marsh", "massage")


@pytest.fixture
def revision(patient, masseur) -> Revision:
    revision = make_sent(patient, wants=("massage",))
    open_form(intake=revision.intake, by=masseur.user)
    return revision


@pytest.fixture
def decision(revision, masseur) -> Decision:
    """Not gone out yet: nothing is cleared."""
    return decide(revision=revision, opinions=YES, by=masseur.user, wait=TAKE_BACK)


def forge(decision: Decision, second: Decision | None = None) -> None:
    """A clearance on this decision, past the services."""
    other = second.verdicts.get().pk if second else None
    run(CLEAR, (decision.revision_id, decision.verdicts.get().pk, other))


LEVELS = dict.fromkeys(("acupuncture", "electroacupuncture", "heat", "massage"), "none")


class TestAStopFlag:
    NAME = "stops_answered_before_clearing"

    @pytest.fixture
    def unanswered(self, decision) -> Decision:
        levels = LEVELS | {"massage": "consult_first"}
        make_flag(decision.revision, "heart_failure", 3, levels=levels)
        return decision

    def test_without_an_answer_is_refused(self, unanswered):
        with refused(self.NAME):
            forge(unanswered)

    def test_twin(self, unanswered):
        without("review_clearedtherapy", self.NAME)
        forge(unanswered)
        assert stored("review_clearedtherapy") == 1

    def test_of_another_therapy_needs_none(self, decision):
        levels = LEVELS | {"acupuncture": "consult_first"}
        make_flag(decision.revision, "seizures", 3, levels=levels)
        forge(decision)
        assert stored("review_clearedtherapy") == 1


class TestWhatRulesATherapyOut:
    NAME = "two_people_pass_what_rules_out"

    @pytest.fixture
    def alone(self, patient, masseur, ana) -> Decision:
        revision = make_sent(patient, wants=("massage",), flags={"dvt": "contraindicated"})
        open_form(intake=revision.intake, by=masseur.user)
        answers = {revision.flags.get().pk: ("tolerated_before", "")}
        return decide(
            revision=revision,
            opinions=YES,
            by=masseur.user,
            flag_answers=answers,
            second=ana.user,
        )

    def test_by_one_person_is_refused(self, alone):
        with refused(self.NAME):
            forge(alone)

    def test_twin(self, alone):
        without("review_clearedtherapy", self.NAME)
        forge(alone)
        assert stored("review_clearedtherapy") == 1


class TestTheSecondPerson:
    NAME = "second_is_someone_else_who_found_the_same"

    @pytest.fixture(params=["the same person", "another answer", "taken back"])
    def pair(self, request, revision, masseur, ana) -> tuple[Decision, Decision]:
        no = [Opinion("massage", "not_now", reason="Not yet.", next_step="later")]
        other = masseur if request.param == "the same person" else ana
        opinions = no if request.param == "another answer" else YES
        second = decide(revision=revision, opinions=opinions, by=other.user, wait=TAKE_BACK)
        if request.param == "taken back":
            take_back(decision=second, by=other.user)
        last = decide(revision=revision, opinions=YES, by=masseur.user, wait=TAKE_BACK)
        return last, second

    def test_is_refused(self, pair):
        with refused(self.NAME):
            forge(*pair)

    def test_twin(self, pair):
        without("review_clearedtherapy", self.NAME)
        forge(*pair)
        assert stored("review_clearedtherapy") == 1


class TestADecisionTakenBack:
    NAME = "cleared_by_a_positive_verdict"

    def test_clears_nothing(self, decision, masseur):
        take_back(decision=decision, by=masseur.user)
        with refused(self.NAME):
            forge(decision)

    def test_twin(self, decision, masseur):
        take_back(decision=decision, by=masseur.user)
        without("review_clearedtherapy", self.NAME)
        forge(decision)
        assert stored("review_clearedtherapy") == 1

    BACK = "INSERT INTO review_takenback (decision_id, by_id, at) VALUES (%s, %s, now())"
    RULE = "taken_back_by_its_maker_before_it_clears"

    @pytest.fixture(params=["by someone else", "after it cleared"])
    def forged(self, request, revision, masseur, ana) -> tuple[int, int]:
        late = request.param == "after it cleared"
        wait = timedelta(0) if late else TAKE_BACK
        decision = decide(revision=revision, opinions=YES, by=masseur.user, wait=wait)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        return decision.pk, (masseur if late else ana).user_id

    def test_by_the_wrong_person_or_too_late_is_refused(self, forged):
        with refused(self.RULE):
            run(self.BACK, forged)

    def test_by_the_wrong_person_or_too_late_twin(self, forged):
        without("review_takenback", self.RULE)
        run(self.BACK, forged)
        assert stored("review_takenback") == 1

    def test_stays_taken_back(self, decision, masseur):
        take_back(decision=decision, by=masseur.user)
        with refused("review_takenback_append_only"):
            run("DELETE FROM review_takenback")


class TestWhoIsAsked:
    NAME = "second_opinion_of_someone_registered"

    @pytest.fixture(params=["not registered", "the patient"])
    def forged(self, request, revision, masseur, ana) -> tuple[int, int, int]:
        if request.param == "not registered":
            needles = make_practitioner("lee@example.org", "Lee Hart", "acupuncture")
            return revision.pk, masseur.user_id, needles.user_id
        own = Patient.objects.create(account=ana.user, name="Ana Marsh")
        return make_sent(own).pk, masseur.user_id, ana.user_id

    def test_is_refused(self, forged):
        with refused(self.NAME):
            run(ASK, forged)

    def test_twin(self, forged):
        without("review_secondopinion", self.NAME)
        run(ASK, forged)
        assert stored("review_secondopinion") == 1

    def test_is_someone_else(self, revision, masseur):
        with refused("second_opinion_of_someone_else"):
            run(ASK, (revision.pk, masseur.user_id, masseur.user_id))

    @pytest.mark.parametrize("change", ["colleague_id = asked_by_id", "role = 'third'"])
    def test_stays_on_record(self, revision, masseur, ana, change):
        ask_colleague(revision=revision, therapy="massage", colleague=ana.user, by=masseur.user)
        with refused("second_opinion_keeps_who_was_asked"):
            run(f"UPDATE review_secondopinion SET {change}")
        with refused("review_secondopinion_no_delete"):
            run("DELETE FROM review_secondopinion")
