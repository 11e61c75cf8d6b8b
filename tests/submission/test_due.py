"""When a form is due: its level counted in opening hours. Who stops the clock is said in
tests/review/test_asking_clock.py."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from factories import make_sent

from clinic.identity.models import OpeningHours
from clinic.identity.opening import opening_week
from intake.review.services import Opinion, decide, open_form
from intake.submission import due
from intake.submission.models import Intake
from intake.submission.services import move

LONDON = ZoneInfo("Europe/London")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.django_db
class TestOpeningHours:
    @pytest.mark.parametrize(
        ("level", "sent", "expected"),
        [
            ("stop", "2026-11-25T10:00", "2026-11-25T12:00"),
            ("stop", "2026-11-25T16:00", "2026-11-26T10:00"),  # over the night
            ("stop", "2026-11-27T16:30", "2026-11-30T10:30"),  # over the weekend
            ("stop", "2026-11-28T12:00", "2026-11-30T11:00"),  # sent on a Saturday
            ("check", "2026-11-25T10:00", "2026-11-26T10:00"),
            ("ask", "2026-11-27T10:00", "2026-11-30T10:00"),
            ("none", "2026-11-25T10:00", "2026-11-30T10:00"),
            ("check", "2026-10-23T10:00", "2026-10-26T10:00"),  # the clocks go back in between
        ],
    )
    def test_count_towards_the_time_a_form_is_due(self, level, sent, expected):
        assert due.due_for(level, moment(sent)) == moment(expected)

    def test_are_the_clinics_own_once_entered(self):
        OpeningHours.objects.create(weekday=5, opens=time(10), closes=time(12))
        OpeningHours.objects.create(weekday=5, opens=time(11), closes=time(14))

        assert due.due_for("stop", moment("2026-11-25T10:00")) == moment("2026-11-28T12:00")
        assert opening_week().usual_day == timedelta(hours=4)

    def test_between_two_moments_leave_out_nights_and_weekends(self):
        week = opening_week()

        assert week.between(moment("2026-11-27T16:00"), moment("2026-11-30T10:00")) == timedelta(
            hours=2
        )


class TestAMove:
    @pytest.fixture
    def intake(self, patient) -> Intake:
        return make_sent(patient, flags={"diabetes": "caution"}).intake

    def stands(self, intake: Intake) -> datetime | None:
        return Intake.objects.get(pk=intake.pk).due_at

    def test_of_putting_back_or_asking_a_colleague_buys_no_time(self, intake, practitioner):
        before = self.stands(intake)

        for name in ("open", "ask_colleague", "give_opinion", "put_back"):
            move(intake=intake, name=name, by=practitioner.user)

        assert before is not None
        assert self.stands(intake) == before

    def test_of_deciding_ends_it(self, intake, practitioner):
        open_form(intake=intake, by=practitioner.user)
        no = [Opinion(t, "not_now", next_step="see_doctor") for t in ("acupuncture", "massage")]
        decide(revision=intake.revisions.get(), opinions=no, by=practitioner.user)

        assert self.stands(intake) is None

    def test_of_sending_it_again_begins_anew(self, intake, patient):
        Intake.objects.filter(pk=intake.pk).update(due_at=None, level="")
        now = timezone.now()

        move(intake=intake, name="amend", by=patient.account, now=now)

        after = Intake.objects.get(pk=intake.pk)
        assert (after.level, after.due_at) == ("check", due.due_for("check", now))


@pytest.mark.django_db
class TestTheLevel:
    @pytest.mark.parametrize(
        ("flags", "expected"),
        [
            ({}, "none"),
            ({"diabetes": "note"}, "note"),
            ({"diabetes": "caution"}, "check"),
            ({"answer_unknown": "consult_first", "diabetes": "caution"}, "ask"),
            ({"answer_unknown": "consult_first", "heart_failure": "consult_first"}, "stop"),
            ({"em_stroke": "emergency"}, "stop"),
        ],
    )
    def test_is_the_word_for_the_heaviest_finding(self, patient, flags, expected):
        assert due.level_of(make_sent(patient, flags=flags)) == expected
