"""Who can be booked: cleared, with visits left and none ahead; longest waiting first."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import make_clearance, part, token

from intake.booking.queries import waiting
from intake.booking.services import book, cancel
from intake.review.models import Clearance


@pytest.fixture
def names(sam):
    def read(now=None) -> list[str]:
        return [str(each.patient) for each in waiting(user=sam, now=now or timezone.now())]

    return read


class TestAPatient:
    def test_who_is_cleared_is_listed_with_all_that_booking_needs(
        self, reception, patient, practitioner
    ):
        patient.phone = "020 7946 0001"
        patient.save()
        clearance = make_clearance(patient, practitioner, sessions=4)

        page = reception.get("/diary/waiting/").content.decode()

        until = f"{clearance.valid_until.day} {clearance.valid_until:%B %Y}"
        for words in (
            "Rosa Okafor",
            "020 7946 0001",
            "Acupuncture and massage, in one visit or apart",
            f"4 visits left, until {until}",
            "Waiting since",
            f"/diary/book/{patient.reference}/",
        ):
            assert words in page

    @pytest.mark.parametrize(
        ("therapies", "together", "words"),
        [
            (["massage"], True, "Massage<br>"),
            (["acupuncture", "massage"], False, "Acupuncture and massage, not in one visit<br>"),
        ],
    )
    def test_is_listed_with_what_is_cleared(
        self, reception, patient, practitioner, therapies, together, words
    ):
        make_clearance(patient, practitioner, *therapies, together=together)

        assert words in reception.get("/diary/waiting/").content.decode()

    def test_with_a_visit_ahead_is_not_listed_until_it_is_over(self, names, visit):
        assert names() == []
        assert names(visit.ends_at) == ["Rosa Okafor"]

    def test_who_cancelled_is_listed_again(self, names, visit, account):
        cancel(visit=visit, by=account)

        assert names() == ["Rosa Okafor"]

    def test_with_no_visit_left_is_not_listed(self, names, patient, practitioner, room):
        clearance = make_clearance(patient, practitioner, sessions=1)
        parts = [part(practitioner, room)]
        booked = book(clearance=clearance, parts=parts, token=token(), by=patient.account)

        assert names(booked.ends_at) == []

    @pytest.mark.parametrize("state", ["suspended", "revoked"])
    def test_whose_clearance_does_not_stand_is_not_listed(
        self, names, patient, practitioner, state
    ):
        make_clearance(patient, practitioner)
        Clearance.objects.update(state=state)

        assert names() == []

    def test_is_listed_as_long_as_tomorrow_is_still_inside(self, names, patient, practitioner):
        clearance = make_clearance(patient, practitioner, weeks=1)
        days = (clearance.valid_until - timezone.localdate()).days

        assert names(timezone.now() + timedelta(days=days - 1)) == ["Rosa Okafor"]
        assert names(timezone.now() + timedelta(days=days)) == []

    def test_who_has_waited_longest_comes_first(
        self, names, patient, other_patient, practitioner, room
    ):
        with time_machine.travel(timezone.now() - timedelta(days=2)):
            first = make_clearance(patient, practitioner)
        second = make_clearance(other_patient, practitioner)
        assert names() == ["Rosa Okafor", "Tomas Silva"]

        parts = [part(practitioner, room, days=1)]
        booked = book(clearance=first, parts=parts, token=token(), by=patient.account)

        assert second.pk
        assert names(booked.ends_at) == ["Tomas Silva", "Rosa Okafor"]


class TestThePage:
    def test_says_so_when_nobody_waits(self, reception):
        assert "Nobody is waiting for a time." in reception.get("/diary/waiting/").content.decode()

    def test_says_so_when_more_wait_than_it_shows(
        self, reception, patient, other_patient, practitioner, monkeypatch
    ):
        monkeypatch.setattr("intake.booking.staff_views.LONGEST_LIST", 1)
        make_clearance(patient, practitioner)
        assert "More people" not in reception.get("/diary/waiting/").content.decode()
        make_clearance(other_patient, practitioner)

        assert "More people can be booked." in reception.get("/diary/waiting/").content.decode()
