"""Two people look where one is not enough; who disagrees goes to a third."""

import pytest
from factories import make_practitioner, make_sent
from signing_in import client_of

from clinic.people.models import Practitioner
from intake.review.agreeing import Stand, standings
from intake.review.models import Clearance, Decision
from intake.review.opinion_models import Role, SecondOpinion
from intake.review.seconds import (
    AskedAlready,
    NothingToAsk,
    NotThisColleague,
    ask_colleague,
    call_off,
    colleagues,
)
from intake.review.services import (
    AskedOfSomeoneElse,
    NotAnswered,
    Opinion,
    SecondNeeded,
    decide,
    open_form,
)
from intake.review.taking_back import TAKE_BACK
from intake.submission.models import Revision
from intake.submission.states import State

YES = [Opinion("massage", "suitable_with_changes", precautions=["light pressure"])]
NO = [Opinion("massage", "not_now", reason="A clot.", next_step="see_doctor")]


@pytest.fixture
def ana(db) -> Practitioner:
    return make_practitioner("ana@example.org", "Ana Marsh", "massage")


@pytest.fixture
def kit(db) -> Practitioner:
    return make_practitioner("kit@example.org", "Kit Alder", "massage")


@pytest.fixture
def ruled_out(patient, masseur) -> Revision:
    """A form that asks for massage, with a finding that rules it out."""
    revision = make_sent(patient, wants=("massage",), flags={"dvt_current": "contraindicated"})
    open_form(intake=revision.intake, by=masseur.user)
    return revision


@pytest.fixture
def plain(patient, masseur) -> Revision:
    revision = make_sent(patient, wants=("massage",))
    open_form(intake=revision.intake, by=masseur.user)
    return revision


def says(revision: Revision, who: Practitioner, opinions: list[Opinion], **more) -> Decision:
    """What this person decides, every flag answered."""
    answers = {flag.pk: ("confirmed_with_doctor", "") for flag in revision.flags.all()}
    return decide(revision=revision, opinions=opinions, by=who.user, flag_answers=answers, **more)


def stand(revision: Revision) -> Stand:
    found = standings(revision, day=revision.sent_at.date())
    return found["massage"].stand


def state(revision: Revision) -> str:
    revision.intake.refresh_from_db()
    return revision.intake.state


class TestWhatRulesATherapyOut:
    def test_needs_a_named_colleague(self, ruled_out, masseur):
        with pytest.raises(SecondNeeded):
            says(ruled_out, masseur, YES)

        assert not Decision.objects.exists()

    def test_waits_for_the_colleague_and_clears_nothing(self, ruled_out, masseur, ana):
        says(ruled_out, masseur, YES, second=ana.user)

        assert not Clearance.objects.exists()
        assert (state(ruled_out), stand(ruled_out)) == (State.SECOND_OPINION, Stand.SECOND)

    def test_is_cleared_when_both_find_the_same(self, ruled_out, masseur, ana):
        says(ruled_out, masseur, YES, second=ana.user)
        gently = [Opinion("massage", "suitable_with_changes", precautions=["not the left calf"])]
        says(ruled_out, ana, gently)

        cleared = Clearance.objects.get().therapies.get()
        assert (cleared.verdict.decision.by, cleared.second.decision.by) == (ana.user, masseur.user)
        assert cleared.precautions == ["not the left calf", "light pressure"]
        assert state(ruled_out) == State.DECIDED

    def test_needs_the_flags_answered_by_both(self, ruled_out, masseur, ana):
        says(ruled_out, masseur, YES, second=ana.user)

        with pytest.raises(NotAnswered):
            decide(revision=ruled_out, opinions=YES, by=ana.user)

        assert state(ruled_out) == State.SECOND_OPINION

    def test_is_refused_by_one_person_alone(self, ruled_out, masseur):
        says(ruled_out, masseur, NO)

        assert state(ruled_out) == State.DECIDED
        assert not Clearance.objects.exists()

    def test_is_not_passed_by_the_same_person_twice(self, ruled_out, masseur, ana):
        says(ruled_out, masseur, YES, second=ana.user)
        says(ruled_out, masseur, YES)

        assert (state(ruled_out), stand(ruled_out)) == (State.SECOND_OPINION, Stand.SECOND)


class TestTwoWhoDisagree:
    @pytest.fixture
    def disagreement(self, ruled_out, masseur, ana) -> Revision:
        says(ruled_out, masseur, YES, second=ana.user)
        says(ruled_out, ana, NO)
        return ruled_out

    def test_clear_nothing(self, disagreement):
        assert not Clearance.objects.exists()
        assert (state(disagreement), stand(disagreement)) == (State.IN_REVIEW, Stand.DISAGREE)

    @pytest.mark.parametrize(("opinions", "cleared"), [(YES, 1), (NO, 0)])
    def test_go_by_what_the_third_says(self, disagreement, masseur, kit, opinions, cleared):
        asked = ask_colleague(
            revision=disagreement, therapy="massage", colleague=kit.user, by=masseur.user
        )
        says(disagreement, kit, opinions)

        assert asked.role == Role.THIRD
        assert Clearance.objects.count() == cleared
        assert state(disagreement) == State.DECIDED

    def test_a_third_who_clears_rests_on_the_one_who_agrees(self, disagreement, masseur, kit):
        ask_colleague(revision=disagreement, therapy="massage", colleague=kit.user, by=masseur.user)
        says(disagreement, kit, YES)

        rests_on = Clearance.objects.get().therapies.get()
        assert rests_on.second.decision.by == masseur.user

    def test_are_done_when_one_comes_round(self, disagreement, masseur):
        says(disagreement, masseur, NO)

        assert state(disagreement) == State.DECIDED
        assert not Clearance.objects.exists()

    def test_are_not_replaced_on_the_page_until_one_comes_round(self, disagreement, masseur):
        case, replaced = (
            f"/reviews/{disagreement.intake.reference}/",
            "Replaced by a later decision",
        )
        assert replaced not in client_of(masseur.user).get(case).content.decode()

        says(disagreement, masseur, NO)

        assert client_of(masseur.user).get(case).content.decode().count(replaced) == 1

    def test_also_where_nobody_was_asked(self, plain, masseur, ana):
        says(plain, masseur, NO, wait=TAKE_BACK)
        says(plain, ana, YES, wait=TAKE_BACK)

        assert stand(plain) is Stand.DISAGREE


class TestAskingAColleague:
    def test_makes_the_form_wait_for_them(self, plain, masseur, ana):
        ask_colleague(
            revision=plain,
            therapy="massage",
            colleague=ana.user,
            by=masseur.user,
            question="Is the calf a reason to wait?",
        )

        assert state(plain) == State.SECOND_OPINION
        assert SecondOpinion.objects.get().question == "Is the calf a reason to wait?"

    def test_needs_the_word_of_both(self, plain, masseur, ana):
        ask_colleague(revision=plain, therapy="massage", colleague=ana.user, by=masseur.user)
        says(plain, ana, YES)
        assert (state(plain), Clearance.objects.count()) == (State.IN_REVIEW, 0)

        says(plain, masseur, YES)

        assert state(plain) == State.DECIDED
        assert Clearance.objects.get().therapies.get().second.decision.by == ana.user

    def test_keeps_others_out_until_they_have_said_it(self, plain, masseur, ana, kit):
        ask_colleague(revision=plain, therapy="massage", colleague=ana.user, by=masseur.user)

        with pytest.raises(AskedOfSomeoneElse):
            says(plain, kit, YES)

    def test_one_at_a_time(self, plain, masseur, ana, kit):
        ask_colleague(revision=plain, therapy="massage", colleague=ana.user, by=masseur.user)

        with pytest.raises(AskedAlready):
            ask_colleague(revision=plain, therapy="massage", colleague=kit.user, by=masseur.user)

    def test_can_be_called_off_and_somebody_else_is_asked(self, plain, masseur, ana, kit):
        asked = ask_colleague(
            revision=plain, therapy="massage", colleague=ana.user, by=masseur.user
        )
        call_off(asked=asked, by=masseur.user)
        assert state(plain) == State.IN_REVIEW
        ask_colleague(revision=plain, therapy="massage", colleague=kit.user, by=masseur.user)

        with pytest.raises(NothingToAsk):
            call_off(asked=asked, by=masseur.user)

        assert state(plain) == State.SECOND_OPINION

    def test_is_never_oneself_nor_the_patient_nor_someone_of_another_therapy(
        self, plain, patient, masseur, ana, kit
    ):
        needles = make_practitioner("lee@example.org", "Lee Hart", "acupuncture")
        for nobody in (masseur.user, patient.account, needles.user):
            with pytest.raises(NotThisColleague):
                ask_colleague(revision=plain, therapy="massage", colleague=nobody, by=masseur.user)

        found = colleagues(plain, "massage", by=masseur.user, now=plain.sent_at)
        assert found == [ana.user, kit.user]
