"""Whose turn it is: a question in writing stops the clock of a form, a call of ours does not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from queue_steps import due

from intake.review import asking
from intake.review.asking_reminders import CLOSE_AFTER, close_unanswered
from intake.review.services import step
from intake.submission.due import due_for
from intake.submission.models import Intake, Revision
from intake.submission.services import move
from tests.review.asked_forms import asked_about, in_review, replied
from tests.review.changed_forms import of

LONDON = ZoneInfo("Europe/London")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.fixture
def revision(complete, practitioner) -> Revision:
    found = in_review(complete, practitioner.user)
    Intake.objects.filter(pk=found.intake_id).update(due_at=moment("2026-12-03T12:00"))
    return found


def stands(revision: Revision) -> datetime | None:
    return of(revision).due_at


def by_phone(revision: Revision, by, text: str) -> None:
    asking.answered_by_phone(intake=of(revision), note="Hip.", by=by, now=moment(text))


def test_a_question_in_writing_stops_it_in_opening_hours(revision, practitioner):
    asked_about(revision, practitioner.user, now=moment("2026-12-03T10:00"))

    by_phone(revision, practitioner.user, "2026-12-07T09:30")

    assert stands(revision) == moment("2026-12-07T11:30")


def test_two_questions_stop_it_twice_and_neither_is_counted_again(revision, practitioner):
    for day in ("2026-12-02", "2026-12-03"):
        asked_about(revision, practitioner.user, now=moment(f"{day}T10:00"))
        by_phone(revision, practitioner.user, f"{day}T11:00")
        move(intake=of(revision), name="open", by=practitioner.user)

    assert stands(revision) == moment("2026-12-03T14:00")


def test_a_call_of_ours_stops_nothing(revision, practitioner):
    step(intake=of(revision), name="ask", by=practitioner.user, now=moment("2026-12-03T10:00"))

    by_phone(revision, practitioner.user, "2026-12-07T09:30")

    assert stands(revision) == moment("2026-12-03T12:00")


def test_an_answer_after_the_form_was_closed_begins_anew(revision, practitioner):
    asked = asked_about(
        revision, practitioner.user, now=timezone.now() - CLOSE_AFTER - timedelta(hours=1)
    )
    close_unanswered()

    replied(asked, osteoporosis="yes")

    form = of(revision)
    assert form.due_at == due_for(form.level, form.state_since)


def test_an_answer_that_weighs_more_hurries_the_form_on(revision, practitioner):
    asked = asked_about(revision, practitioner.user, "heart_failure")

    replied(asked, heart_failure="yes")

    form = of(revision)
    assert form.level == "stop"
    assert form.due_at == due_for("stop", form.state_since) < moment("2026-12-03T12:00")


def test_an_answer_that_weighs_less_buys_no_time(revision, practitioner):
    soon = timezone.now() + timedelta(minutes=5)
    Intake.objects.filter(pk=revision.intake_id).update(due_at=soon, level="ask")
    asked = asked_about(revision, practitioner.user, "osteoporosis")

    replied(asked, osteoporosis="no")

    form = of(revision)
    assert form.level == "check"
    assert form.due_at < soon + timedelta(minutes=1)


class TestTheQueue:
    @pytest.fixture
    def overdue(self, revision) -> Revision:
        due(revision, hours=1)
        return revision

    def page(self, client) -> str:
        return client.get("/reviews/?tab=patient").content.decode()

    def test_says_that_the_time_is_stopped_for_what_the_patient_owes(
        self, signed_in, overdue, practitioner
    ):
        asked_about(overdue, practitioner.user)

        page = self.page(signed_in)

        assert "The time is stopped until they answer." in page
        assert "Overdue since" not in page

    def test_says_that_we_call_and_are_late(self, signed_in, overdue, practitioner):
        step(intake=of(overdue), name="ask", by=practitioner.user)

        page = self.page(signed_in)

        assert "We call them:" in page
        assert "Overdue since" in page
        assert "The time is stopped" not in page
