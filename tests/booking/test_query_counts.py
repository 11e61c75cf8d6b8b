"""Every page of the room asks as many queries with thirty rows as with one, and at most fifteen."""

from datetime import timedelta

import pytest
from factories import at, make_clearance, make_patient, token

from intake.booking.models import Room, Visit
from intake.booking.services import Part, book, cancel

MANY = 30


def short(practitioner, room, number: int) -> list[Part]:
    """Two parts of five minutes each, at a time of their own."""
    start = at(3, 9) + timedelta(minutes=12 * number)
    middle, end = start + timedelta(minutes=5), start + timedelta(minutes=10)
    return [
        Part("acupuncture", practitioner.pk, room.pk, start, middle),
        Part("massage", practitioner.pk, room.pk, middle, end),
    ]


@pytest.fixture
def add(practitioner, room):
    """Adds patients who are cleared; `booked` gives each a visit on the same day."""

    def more(numbers: range, *, booked: bool) -> list[Visit]:
        visits = []
        for number in numbers:
            patient = make_patient(f"p{number}@example.org", f"Patient {number}")
            clearance = make_clearance(patient, practitioner)
            if booked:
                parts = short(practitioner, room, number)
                visits.append(
                    book(clearance=clearance, parts=parts, token=token(), by=patient.account)
                )
        return visits

    return more


class TestTheFrontDesk:
    @pytest.mark.parametrize("who", ["reception", "treating"])
    def test_the_diary(self, request, add, queries, who):
        desk, day = request.getfixturevalue(who), f"/diary/?day={at(3, 9).date().isoformat()}"
        add(range(1), booked=True)
        one = queries(desk, day)
        add(range(1, MANY), booked=True)

        assert queries(desk, day) == one
        assert len(desk.get(day).context["visits"]) == MANY

    def test_who_can_be_booked(self, reception, add, queries):
        add(range(1), booked=False)
        one = queries(reception, "/diary/waiting/")
        add(range(1, MANY), booked=False)

        assert queries(reception, "/diary/waiting/") == one
        assert len(reception.get("/diary/waiting/").context["waiting"]) == MANY

    @pytest.mark.parametrize("who", ["reception", "treating"])
    def test_booking_for_a_patient_and_one_visit(
        self, request, add, queries, patient, practitioner, hours, who
    ):
        desk = request.getfixturevalue(who)
        make_clearance(patient, practitioner)
        visit = add(range(1), booked=True)[0]
        pages = [f"/diary/book/{patient.reference}/", f"/diary/{visit.reference}/"]
        one = [queries(desk, page) for page in pages]
        add(range(1, MANY), booked=True)
        for number in range(MANY):
            Room.objects.create(name=f"Room {number}")

        assert [queries(desk, page) for page in pages] == one


class TestThePatient:
    def test_choosing_a_time_and_reading_visits(
        self, signed_in, patient, practitioner, room, hours, queries
    ):
        clearance = make_clearance(patient, practitioner, sessions=24)

        def visit(number: int) -> Visit:
            parts = short(practitioner, room, number)
            return book(clearance=clearance, parts=parts, token=token(), by=patient.account)

        pages = ["/me/book/", "/me/visits/", f"/me/visits/{visit(0).reference}/"]
        one = [queries(signed_in, page) for page in pages]
        for number in range(1, MANY):
            last = visit(number)
            if number >= 23:
                cancel(visit=last, by=patient.account)

        assert [queries(signed_in, page) for page in pages] == one
        assert Visit.objects.count() == MANY
