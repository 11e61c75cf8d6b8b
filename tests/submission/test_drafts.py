"""Forms that were begun and not sent."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from clinic.notices.models import Kind, Notice
from clinic.notices.services import send_all_due
from intake.submission import drafts, services
from intake.submission.models import Intake
from intake.submission.states import State


def saved(intake: Intake, *, days_ago: float) -> None:
    Intake.objects.filter(pk=intake.pk).update(saved_at=timezone.now() - timedelta(days=days_ago))


class TestOldDrafts:
    def test_end_after_thirty_days_with_their_answers(self, complete):
        saved(complete, days_ago=31)

        assert drafts.expire_old_drafts() == 1

        complete.refresh_from_db()
        assert (complete.state, complete.answers) == (State.EXPIRED, {})

    def test_saved_since_then_stay(self, complete):
        saved(complete, days_ago=29)

        assert drafts.expire_old_drafts() == 0


class TestReminders:
    @pytest.mark.parametrize(
        ("days", "told"), [(6.9, 0), (7.1, 1), (25.1, 1), (29.9, 1), (30.1, 0)]
    )
    def test_come_after_a_week_and_before_the_end(self, complete, days, told):
        saved(complete, days_ago=days)

        assert drafts.remind_of_drafts() == told

    def test_come_once_for_each_mark(self, complete):
        saved(complete, days_ago=8)
        drafts.remind_of_drafts()
        assert drafts.remind_of_drafts() == 0

        Notice.objects.update(created_at=timezone.now() - timedelta(days=18))
        saved(complete, days_ago=26)
        assert [drafts.remind_of_drafts(), drafts.remind_of_drafts()] == [1, 0]

    def test_that_were_missed_come_as_one(self, complete):
        saved(complete, days_ago=26)

        assert [drafts.remind_of_drafts(), drafts.remind_of_drafts()] == [1, 0]

    def test_start_anew_when_the_form_was_saved_again(self, complete):
        saved(complete, days_ago=8)
        drafts.remind_of_drafts()
        services.save_answers(intake=complete, answers={}, by=complete.patient.account)

        assert drafts.remind_of_drafts() == 0

    def test_never_come_for_a_form_that_ended(self, complete):
        saved(complete, days_ago=8)
        services.move(intake=complete, name="withdraw", by=complete.patient.account)

        assert drafts.remind_of_drafts() == 0

    def test_say_until_when_and_nothing_about_health(self, complete, today):
        saved(complete, days_ago=8)
        drafts.remind_of_drafts()

        send_all_due()

        letter = mail.outbox[-1]
        until = today + timedelta(days=22)
        assert letter.subject.startswith("Your form waits for you")
        assert f"{until.day} {until:%B %Y}" in letter.body
        assert Notice.objects.get().kind == Kind.DRAFT_WAITS
        assert "health" not in (letter.subject + letter.body).lower()
