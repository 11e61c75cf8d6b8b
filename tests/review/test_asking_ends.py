"""How a round of questions ends when nobody answers in writing, and how long it stood open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.review import asking
from intake.review.asking_models import AskRound, Ended, ReplyDraft, with_paused
from intake.review.asking_replies import Kept, NoLongerAsked, save_draft
from intake.review.services import step
from intake.submission.models import Intake, Revision
from intake.submission.services import move
from tests.review.asked_forms import asked_about, in_review, replied
from tests.review.changed_forms import changed, of


@pytest.fixture
def revision(complete, practitioner) -> Revision:
    return in_review(complete, practitioner.user)


@pytest.fixture
def asked(revision, practitioner) -> AskRound:
    return asked_about(revision, practitioner.user)


class TestOtherEnds:
    def test_by_phone_with_a_line(self, asked, practitioner):
        asking.answered_by_phone(
            intake=of(asked.revision), note="Hip, for two years.", by=practitioner.user
        )

        asked.refresh_from_db()
        assert (asked.ended, asked.note) == (Ended.PHONE, "Hip, for two years.")
        assert of(asked.revision).state == "submitted"

    def test_by_phone_never_without_a_line(self, asked, practitioner):
        intake = of(asked.revision)
        with pytest.raises(asking.NoteNeeded):
            asking.answered_by_phone(intake=intake, note=" ", by=practitioner.user)
        with pytest.raises(asking.NoteNeeded):
            step(intake=intake, name="answered_by_phone", by=practitioner.user)

        assert of(asked.revision).state == "asked"

    def test_a_change_of_the_form_ends_it(self, asked, questions, today):
        save_draft(asked=asked, kept=Kept(), by=asked.intake.patient.account)
        changed(of(asked.revision), questions, today, osteoporosis="yes")

        asked.refresh_from_db()
        assert asked.ended == Ended.CHANGED
        assert not ReplyDraft.objects.exists()
        with pytest.raises(NoLongerAsked):
            replied(asked, osteoporosis="yes")

    def test_taking_the_form_back_ends_it(self, asked):
        move(intake=of(asked.revision), name="withdraw", by=asked.intake.patient.account)

        asked.refresh_from_db()
        assert asked.ended == Ended.WITHDRAWN

    def test_a_call_is_a_round_that_owes_nothing(self, revision, practitioner):
        step(intake=of(revision), name="ask", by=practitioner.user)

        waiting = AskRound.objects.open().get()
        assert waiting.by_phone
        later = timezone.now() + timedelta(days=2)
        assert AskRound.objects.waited(at=later) == timedelta()


class TestTheClock:
    def test_stands_still_while_the_patient_owes_an_answer(self, revision, practitioner):
        start = timezone.now()
        asked_about(revision, practitioner.user, now=start)
        later = start + timedelta(hours=5)

        assert AskRound.objects.filter(intake=revision.intake).waited(at=later) == later - start
        assert with_paused(Intake.objects.all(), at=later).get().paused == later - start

    def test_goes_on_once_it_is_here(self, asked):
        replied(asked, osteoporosis="yes")
        asked.refresh_from_db()

        later = timezone.now() + timedelta(days=3)
        form = with_paused(Intake.objects.all(), at=later).get()
        assert form.paused == asked.ended_at - asked.asked_at

    def test_never_stood_still_where_nothing_was_asked(self, revision):
        assert with_paused(Intake.objects.all(), at=timezone.now()).get().paused == timedelta()
