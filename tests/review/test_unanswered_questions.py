"""Reminders, and the polite close of a form whose patient does not answer."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from clinic.notices.models import Notice
from clinic.notices.services import send_all_due
from intake.review import asking
from intake.review.asking_models import AskRound, Ended
from intake.review.asking_reminders import close_unanswered, remind_of_questions
from intake.review.models import Clearance
from intake.review.queue import TABS
from intake.review.services import open_form, step
from tests.review.asked_forms import asked_about, in_review, replied
from tests.review.changed_forms import changed, decided, first_sent, of


@pytest.fixture
def revision(complete, practitioner):
    return in_review(complete, practitioner.user)


def asked_days_ago(revision, practitioner, days) -> AskRound:
    at = timezone.now() - timedelta(days=days, minutes=1)
    return asked_about(revision, practitioner.user, now=at)


def told(kind: str) -> int:
    return Notice.objects.filter(kind=kind).count()


class TestReminders:
    @pytest.mark.parametrize(("days", "reminders"), [(2, 0), (3, 1), (8, 1)])
    def test_go_out_after_three_days_and_once_for_each_mark(
        self, revision, practitioner, days, reminders
    ):
        asked_days_ago(revision, practitioner, days)

        for _ in range(2):
            remind_of_questions()

        assert told("question_waits") == reminders

    def test_go_out_again_after_seven(self, revision, practitioner):
        asked_days_ago(revision, practitioner, 3)
        remind_of_questions()

        remind_of_questions(now=timezone.now() + timedelta(days=4))

        assert told("question_waits") == 2

    def test_stop_once_it_is_answered(self, revision, practitioner):
        replied(asked_days_ago(revision, practitioner, 5), osteoporosis="yes")

        assert remind_of_questions() == 0

    def test_are_not_sent_for_a_call_we_owe(self, revision, practitioner):
        at = timezone.now() - timedelta(days=30)
        step(intake=of(revision), name="ask", by=practitioner.user, now=at)

        assert (remind_of_questions(), close_unanswered()) == (0, 0)

    def test_say_nothing_about_health(self, revision, practitioner):
        asked_days_ago(revision, practitioner, 15)
        remind_of_questions()
        close_unanswered()

        send_all_due(now=timezone.now() + timedelta(minutes=1))

        text = "".join(message.subject + message.body for message in mail.outbox)
        assert "osteoporosis" not in text
        assert "closed your form for now" in text


class TestClosing:
    @pytest.fixture
    def closed(self, revision, practitioner) -> AskRound:
        asked = asked_days_ago(revision, practitioner, 14)
        assert (close_unanswered(), close_unanswered()) == (1, 0)
        return asked

    def test_is_told_once_and_ends_no_round(self, closed):
        assert of(closed.revision).state == "closed"
        assert told("question_closed") == 1
        assert AskRound.objects.open().count() == 1

    def test_not_before_fourteen_days(self, revision, practitioner):
        asked_days_ago(revision, practitioner, 13)
        assert close_unanswered() == 0

    def test_stands_in_a_list_of_its_own_and_in_no_other(self, closed, signed_in):
        where = {
            code: closed.intake.reference in signed_in.get(f"/reviews/?tab={code}").content.decode()
            for code in TABS
        }
        tabs = {tab.code: n for tab, n in signed_in.get("/reviews/").context["tabs"]}

        assert {code for code, is_there in where.items() if is_there} == {"closed"}
        assert {code for code, count in tabs.items() if count} == {"closed"}

    def test_is_found_from_all_open_and_nowhere_else(self, closed, signed_in):
        link = "?tab=closed"
        assert link in signed_in.get("/reviews/?tab=all").content.decode()
        assert link not in signed_in.get("/reviews/?tab=patient").content.decode()

    def test_an_answer_opens_it_again(self, closed):
        came_back = replied(closed, osteoporosis="yes")

        assert of(came_back).state == "submitted"

    def test_a_practitioner_takes_it_up_again(self, closed, practitioner):
        asking.take_up_again(intake=of(closed.revision), by=practitioner.user)

        closed.refresh_from_db()
        assert closed.ended == Ended.REOPENED
        assert of(closed.revision).state == "in_review"


def test_a_closed_form_holds_what_is_cleared(complete, practitioner, questions, today):
    intake = decided(first_sent(complete), practitioner.user)
    newest = changed(intake, questions, today, diabetes="no")
    open_form(intake=of(newest), by=practitioner.user)
    asked_days_ago(newest, practitioner, 14)
    assert not Clearance.objects.live_on(today).exists()

    close_unanswered()

    assert of(newest).state == "closed"
    assert not Clearance.objects.live_on(today).exists()
