"""What the model found about the ten minutes, questions to patients and what is outdated."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_practitioner, make_sent
from refusals import run

from clinic.errors import NotAllowed
from intake.review.asking import answered_by_phone
from intake.review.asking_models import AskRound
from intake.review.asking_replies import NoLongerAsked, send_replies
from intake.review.models import Clearance, Conclusion
from intake.review.seconds import NothingToAsk, ask_colleague, call_off
from intake.review.services import Opinion, decide, open_form, step
from intake.review.taking_back import TAKE_BACK, Overtaken, send_out, take_back
from intake.review.weighing import Terms
from intake.submission.models import Intake, Revision
from intake.submission.services import move
from tests.review.changed_forms import changed, first_sent, of
from tests.review.conftest import complete, draft, questions, today

__all__ = ["complete", "draft", "questions", "today"]
BOTH = [Opinion("acupuncture", "suitable"), Opinion("massage", "suitable")]


def soon(then, minutes: int):
    return then + timedelta(minutes=minutes)


class TestTheTenMinutes:
    """What the worker sends out, and what it leaves."""

    @pytest.fixture
    def sent(self, patient, practitioner) -> Revision:
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=practitioner.user)
        return revision

    def state(self, sent: Revision) -> str:
        return Intake.objects.get(pk=sent.intake_id).state

    def test_a_no_that_was_taken_back_stands_in_nobodys_way(self, sent, practitioner, masseur):
        now = timezone.now()
        decide(revision=sent, opinions=BOTH, by=practitioner.user, now=now, wait=TAKE_BACK)
        no = [Opinion("massage", "not_now", next_step="see_doctor")]
        refusal = decide(revision=sent, opinions=no, by=masseur.user, now=now, wait=TAKE_BACK)
        take_back(decision=refusal, by=masseur.user, now=soon(now, 1))

        assert send_out(now=soon(now, 11)) == 1
        run("SET CONSTRAINTS ALL IMMEDIATE")
        assert Clearance.objects.get().therapies.count() == 2

    def test_who_says_something_after_the_third_person_holds_nothing_up(
        self, sent, practitioner, masseur
    ):
        third = make_practitioner("lee@example.org", "Lee Park", "massage")
        now, massage = timezone.now(), [BOTH[1]]
        no = [Opinion("massage", "not_now", next_step="see_doctor")]
        decide(revision=sent, opinions=no, by=masseur.user, now=now)
        decide(revision=sent, opinions=BOTH, by=practitioner.user, now=now, wait=TAKE_BACK)
        ask_colleague(revision=sent, therapy="massage", colleague=third.user, by=masseur.user)
        yes = decide(revision=sent, opinions=massage, by=third.user, wait=TAKE_BACK)
        decide(revision=sent, opinions=no, by=masseur.user, wait=TAKE_BACK)

        assert send_out(now=soon(timezone.now(), 11)) == 1
        run("SET CONSTRAINTS ALL IMMEDIATE")
        live = Clearance.objects.get(state="live")
        assert live.revision == sent
        assert live.therapies.get(therapy="massage").verdict.decision == yes

    def test_two_forms_of_one_patient_go_out_at_once_and_hold_nothing(
        self, sent, patient, practitioner
    ):
        newer, now = make_sent(patient), timezone.now()
        open_form(intake=newer.intake, by=practitioner.user)
        for each in (newer, sent):
            decide(revision=each, opinions=BOTH, by=practitioner.user, now=now, wait=TAKE_BACK)

        assert send_out(now=soon(now, 11)) == 2

        assert Clearance.objects.live_on(timezone.localdate()).get().revision == newer

    def test_what_was_allowed_for_a_week_clears_nothing_after_it(self, sent, practitioner, masseur):
        now, week = timezone.now(), Terms(weeks=1)
        massage, acupuncture = [BOTH[1]], [BOTH[0]]
        decide(revision=sent, opinions=massage, by=masseur.user, now=now, terms=week)

        later = now + timedelta(days=8)
        decide(revision=sent, opinions=acupuncture, by=practitioner.user, now=later)

        run("SET CONSTRAINTS ALL IMMEDIATE")
        assert self.state(sent) == "in_review"

    def test_what_was_decided_before_the_patient_answered_does_not_go_out(self, sent, practitioner):
        now = timezone.now()
        decide(revision=sent, opinions=BOTH, by=practitioner.user, now=now, wait=TAKE_BACK)
        step(intake=of(sent), name="ask", by=practitioner.user, now=soon(now, 1))
        answered_by_phone(
            intake=of(sent), note="Pregnant.", by=practitioner.user, now=soon(now, 20)
        )
        open_form(intake=of(sent), by=practitioner.user)

        assert send_out(now=soon(now, 30)) == 0
        assert self.state(sent) == "in_review"

        decide(revision=sent, opinions=BOTH, by=practitioner.user, now=soon(now, 31))
        assert self.state(sent) == "decided"

    def test_what_is_to_be_decided_again_does_not_go_out_as_it_was(self, sent, practitioner):
        no = [Opinion(each.therapy, "not_now", next_step="see_doctor") for each in BOTH]
        decide(revision=sent, opinions=no, by=practitioner.user)
        move(intake=of(sent), name="reopen", by=practitioner.user)

        assert send_out(now=soon(timezone.now(), 30)) == 0
        assert Conclusion.objects.count() == 1

    def test_who_left_after_saying_something_holds_nobody_up(self, sent, practitioner, masseur):
        now = timezone.now()
        decide(revision=sent, opinions=BOTH, by=practitioner.user, now=now, wait=TAKE_BACK)
        decide(revision=sent, opinions=[BOTH[1]], by=masseur.user, now=now, wait=TAKE_BACK)
        run("UPDATE people_user SET is_active = false WHERE id = %s", [masseur.user_id])

        assert send_out(now=soon(now, 11)) == 1

    def test_who_left_takes_nothing_back(self, sent, practitioner):
        decision = decide(revision=sent, opinions=BOTH, by=practitioner.user, wait=TAKE_BACK)
        practitioner.user.is_active = False

        with pytest.raises(NotAllowed):
            take_back(decision=decision, by=practitioner.user)

    def test_an_opinion_taken_back_is_awaited_again(self, sent, practitioner, masseur):
        ask_colleague(
            revision=sent, therapy="massage", colleague=masseur.user, by=practitioner.user
        )
        said = decide(revision=sent, opinions=[BOTH[1]], by=masseur.user, wait=TAKE_BACK)
        assert self.state(sent) == "in_review"

        take_back(decision=said, by=masseur.user)

        assert self.state(sent) == "second_opinion"


def test_nothing_of_an_outdated_form_moves_the_newest(
    complete, questions, today, practitioner, masseur
):
    outdated = first_sent(complete)
    open_form(intake=of(outdated), by=practitioner.user)
    flags = {flag.pk: ("other", "Said.") for flag in outdated.flags.all()}
    decision = decide(
        revision=outdated,
        opinions=[BOTH[0]],
        by=practitioner.user,
        flag_answers=flags,
        wait=TAKE_BACK,
    )
    asked = ask_colleague(
        revision=outdated, therapy="massage", colleague=masseur.user, by=practitioner.user
    )
    changed(of(outdated), questions, today, osteoporosis="no")
    open_form(intake=of(outdated), by=practitioner.user)

    with pytest.raises(Overtaken):
        take_back(decision=decision, by=practitioner.user)
    with pytest.raises(NothingToAsk):
        call_off(asked=asked, by=practitioner.user)


def test_a_call_of_ours_is_not_answered_in_writing(patient, practitioner):
    sent = make_sent(patient)
    open_form(intake=sent.intake, by=practitioner.user)
    step(intake=sent.intake, name="ask", by=practitioner.user)

    with pytest.raises(NoLongerAsked):
        send_replies(asked=AskRound.objects.get(), by=patient.account)
