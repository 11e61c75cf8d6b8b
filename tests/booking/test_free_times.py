"""Which times are offered: real minutes, real hours, and only people who may treat that day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import at, make_clearance, part, token

from clinic.people.models import Registration
from intake.booking.free_times import free_times
from intake.booking.models import Service, WeeklyHours
from intake.booking.services import book

BOTH = ("acupuncture", "massage")
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


def offered(clearance, *therapies, first=None):
    return free_times(
        clearance=clearance, therapies=therapies or BOTH, now=timezone.now(), first=first
    )


def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def open_from(opens: time, closes: time) -> None:
    WeeklyHours.objects.update(opens=opens, closes=closes)


class TestAFreeTime:
    def test_lies_inside_the_hours_with_all_its_parts(self, patient, practitioner, hours):
        slots = offered(make_clearance(patient, practitioner))

        assert (clock(slots[0].starts_at), clock(slots[0].ends_at)) == ("09:00", "10:55")
        assert max(clock(slot.ends_at) for slot in slots) == "16:55"

    def test_says_who_does_what_with_the_rest_between(
        self, patient, practitioner, masseur, room, hours
    ):
        clearance = make_clearance(patient, practitioner)
        massage = Registration.objects.filter(practitioner=practitioner, therapy="massage")
        massage.update(valid_until=timezone.localdate())
        for weekday in range(7):
            WeeklyHours.objects.create(
                practitioner=masseur, weekday=weekday, opens=time(9), closes=time(17)
            )

        slot = offered(clearance)[0]

        assert slot.words == (
            "acupuncture with Mei Lindqvist, 10 minutes' rest, then massage with Jo Brandt"
        )

    def test_without_a_pause_says_nothing_of_a_rest(self, patient, practitioner, hours):
        Service.objects.update(pause=0)

        slot = offered(make_clearance(patient, practitioner))[0]

        assert slot.words == "acupuncture with Mei Lindqvist, then massage with Mei Lindqvist"

    def test_is_gone_for_everyone_once_it_is_booked(
        self, patient, other_patient, practitioner, hours, room
    ):
        mine, theirs = (make_clearance(p, practitioner) for p in (patient, other_patient))
        book(clearance=mine, parts=[part(practitioner, room)], token=token(), by=patient.account)

        starts = {slot.starts_at for slot in offered(theirs, "massage")}

        assert at(3, 10) not in starts
        assert at(3, 9) in starts

    def test_is_never_before_tomorrow(self, patient, practitioner, hours):
        first = timezone.localdate() - timedelta(days=30)

        slots = offered(make_clearance(patient, practitioner), first=first)

        assert slots[0].day == timezone.localdate() + timedelta(days=1)

    def test_is_never_after_the_last_day_of_the_clearance(self, patient, practitioner, hours):
        clearance = make_clearance(patient, practitioner, weeks=1)

        assert offered(clearance)[-1].day == clearance.valid_until
        assert offered(clearance, first=clearance.valid_until + timedelta(days=1)) == []

    def test_is_not_with_someone_whose_registration_ends_before_that_day(
        self, patient, practitioner, hours
    ):
        last = timezone.localdate() + timedelta(days=3)
        Registration.objects.update(valid_until=last)

        assert offered(make_clearance(patient, practitioner))[-1].day == last

    def test_never_runs_past_midnight(self, patient, practitioner, hours):
        open_from(time(0), time(23, 59))
        Service.objects.update(minutes=120)

        slots = offered(make_clearance(patient, practitioner))

        assert {timezone.localdate(slot.ends_at) == slot.day for slot in slots} == {True}
        assert max(clock(slot.ends_at) for slot in slots) == "23:40"

    @pytest.mark.parametrize(("opens", "closes"), [(5, 7), (20, 23)])
    def test_may_be_early_or_late_if_someone_works_then(
        self, patient, practitioner, hours, opens, closes
    ):
        open_from(time(opens), time(closes))

        assert clock(offered(make_clearance(patient, practitioner))[0].starts_at) == (
            f"{opens:02d}:00"
        )


class TestOnTheDayTheClocksGoForward:
    @pytest.fixture
    def clearance(self, patient, practitioner, hours):
        with time_machine.travel(datetime(2027, 3, 26, 12, tzinfo=UTC)):
            Registration.objects.update(valid_until=date(2027, 12, 31))
            yield make_clearance(patient, practitioner)

    def test_the_times_on_the_wall_stay_and_the_real_ones_move(self, clearance):
        first = {slot.day: slot.starts_at for slot in reversed(offered(clearance, "massage"))}

        assert first[SPRING - timedelta(days=1)] == datetime(2027, 3, 27, 9, tzinfo=UTC)
        assert first[SPRING] == datetime(2027, 3, 28, 8, tzinfo=UTC)
        assert clock(first[SPRING]) == "09:00"

    def test_times_that_do_not_happen_are_not_offered_and_minutes_are_real(self, clearance):
        open_from(time(0), time(4))

        slots = [slot for slot in offered(clearance, "massage") if slot.day == SPRING]

        assert [(clock(slot.starts_at), clock(slot.ends_at)) for slot in slots] == [
            ("00:00", "02:00"),
            ("00:30", "02:30"),
            ("02:00", "03:00"),
            ("02:30", "03:30"),
            ("03:00", "04:00"),
        ]
        assert {slot.ends_at.timestamp() - slot.starts_at.timestamp() for slot in slots} == {3600}


class TestOnTheDayTheClocksGoBack:
    @pytest.fixture
    def clearance(self, patient, practitioner, hours):
        with time_machine.travel(datetime(2026, 10, 23, 12, tzinfo=UTC)):
            Registration.objects.update(valid_until=date(2027, 12, 31))
            yield make_clearance(patient, practitioner)

    def test_the_times_on_the_wall_stay_and_the_real_ones_move(self, clearance):
        first = {slot.day: slot.starts_at for slot in reversed(offered(clearance, "massage"))}

        assert first[AUTUMN - timedelta(days=1)] == datetime(2026, 10, 24, 8, tzinfo=UTC)
        assert first[AUTUMN] == datetime(2026, 10, 25, 9, tzinfo=UTC)
        assert clock(first[AUTUMN]) == "09:00"

    def test_minutes_are_real_over_the_hour_that_happens_twice(self, clearance, patient):
        open_from(time(0), time(3))

        slots = [slot for slot in offered(clearance) if slot.day == AUTUMN]

        assert [(clock(slot.starts_at), clock(slot.ends_at)) for slot in slots] == [
            ("00:00", "01:55"),
            ("00:30", "01:25"),
            ("01:00", "01:55"),
            ("01:30", "02:25"),
        ]
        lengths = {slot.ends_at.timestamp() - slot.starts_at.timestamp() for slot in slots}
        assert lengths == {115 * 60}

    def test_a_visit_over_that_hour_can_be_booked(self, clearance, patient):
        open_from(time(0), time(3))
        slot = next(slot for slot in offered(clearance) if clock(slot.starts_at) == "00:30")

        visit = book(clearance=clearance, parts=list(slot.parts), token=token(), by=patient.account)

        assert (visit.ends_at - visit.starts_at).total_seconds() == 115 * 60
