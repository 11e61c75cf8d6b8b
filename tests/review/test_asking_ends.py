"""How a round of questions ends when nobody answers in writing, and how long it stood open."""

import pytest

from intake.review import asking
from intake.review.asking_models import AskRound, Ended, ReplyDraft
from intake.review.asking_replies import Kept, NoLongerAsked, save_draft
from intake.review.services import step
from intake.submission.models import Revision
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
