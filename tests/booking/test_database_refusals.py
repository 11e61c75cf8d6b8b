"""What PostgreSQL refuses the application's own role, each with a twin without the protection."""

import pytest
from django.db import IntegrityError, transaction
from factories import at, make_clearance, part, token
from refusals import refused, run, stored, without, without_constraint

from intake.booking.services import book

VISIT = """
    INSERT INTO booking_visit (reference, patient_id, clearance_id, starts_at, ends_at,
                               booked_by_id, form_token)
    VALUES (%(reference)s, %(patient)s, %(clearance)s, %(starts)s, %(ends)s, %(by)s,
            gen_random_uuid()) RETURNING id
"""
TREATMENT = """
    INSERT INTO booking_treatment (visit_id, therapy, practitioner_id, room_id, starts_at, ends_at)
    VALUES (%s, %s, %s, %s, %s, %s)
"""


def store_visit(patient, clearance, *, days=3, hour=10, reference="T-2222-3333"):
    return run(
        VISIT,
        {
            "reference": reference,
            "patient": patient.pk,
            "clearance": clearance.pk if clearance else None,
            "starts": at(days, hour),
            "ends": at(days, hour + 1),
            "by": patient.account_id,
        },
    )[0]


def store_treatment(visit, practitioner, room, therapy, *, days=3, hour=10):
    run(TREATMENT, (visit, therapy, practitioner.pk, room.pk, at(days, hour), at(days, hour, 45)))


INSIDE = "visit_inside_a_live_clearance"
CLEARED = "treatment_of_a_cleared_therapy"
TOGETHER = "visit_filled_by_its_treatments"
FILLED = "treatments_fill_their_visit"


@pytest.fixture
def bare_visits(db):
    """Lets a test store a visit alone, so that it meets only the protection it is about."""
    without("booking_visit", TOGETHER)
    without("booking_treatment", FILLED)


@pytest.mark.usefixtures("bare_visits")
class TestVisitsWithoutClearance:
    def test_no_clearance_at_all(self, patient):
        with pytest.raises(IntegrityError), transaction.atomic():
            store_visit(patient, None)

    def test_no_clearance_at_all_twin(self, patient):
        run("ALTER TABLE booking_visit ALTER clearance_id DROP NOT NULL")
        without("booking_visit", INSIDE)
        store_visit(patient, None)
        assert stored("booking_visit") == 1

    @pytest.fixture
    def case(self, request, patient, other_patient, practitioner):
        """(patient, clearance, days ahead) of a visit that must never be stored."""
        clearance = make_clearance(patient, practitioner, sessions=1, weeks=2)
        match request.param:
            case "another patient":
                return other_patient, clearance, 3
            case "after its last day":
                return patient, clearance, 15
            case "before its first day":
                return patient, clearance, -1
            case "suspended" | "revoked":
                run("UPDATE review_clearance SET state = %s", [request.param])
                return patient, clearance, 3
            case "beyond its sessions":
                visit = store_visit(patient, clearance, days=5, reference="T-9999-9999")
                room_id = run(
                    "INSERT INTO booking_room (name, for_acupuncture, for_massage, in_use)"
                    " VALUES ('Birch room', true, true, true) RETURNING id"
                )[0]
                run(
                    TREATMENT,
                    (visit, "massage", practitioner.pk, room_id, at(5, 10), at(5, 10, 45)),
                )
                return patient, clearance, 3

    CASES = [
        "another patient",
        "after its last day",
        "before its first day",
        "suspended",
        "revoked",
        "beyond its sessions",
    ]

    @pytest.mark.parametrize("case", CASES, indirect=True)
    def test_is_refused(self, case):
        patient, clearance, days = case

        with refused(INSIDE):
            store_visit(patient, clearance, days=days)

    @pytest.mark.parametrize("case", CASES, indirect=True)
    def test_twin_without_the_trigger(self, case):
        patient, clearance, days = case
        before = stored("booking_visit")

        without("booking_visit", INSIDE)
        store_visit(patient, clearance, days=days)

        assert stored("booking_visit") == before + 1


@pytest.mark.usefixtures("bare_visits")
class TestTreatments:
    def test_another_therapy_is_refused(self, patient, practitioner, room):
        visit = store_visit(patient, make_clearance(patient, practitioner, "massage"))

        with refused(CLEARED):
            store_treatment(visit, practitioner, room, "acupuncture")

    def test_another_therapy_twin(self, patient, practitioner, room):
        visit = store_visit(patient, make_clearance(patient, practitioner, "massage"))

        without("booking_treatment", CLEARED)
        store_treatment(visit, practitioner, room, "acupuncture")

        assert stored("booking_treatment") == 1

    @pytest.fixture
    def ends_before(self, patient, practitioner):
        """A visit in three days; the registration ends in two."""
        visit = store_visit(patient, make_clearance(patient, practitioner))
        run("UPDATE people_registration SET valid_until = %s", [at(2, 10).date()])
        return visit

    def test_by_someone_whose_registration_ends_before_is_refused(
        self, ends_before, practitioner, room
    ):
        with refused(CLEARED):
            store_treatment(ends_before, practitioner, room, "massage")

    def test_by_someone_whose_registration_ends_before_twin(self, ends_before, practitioner, room):
        without("booking_treatment", CLEARED)
        store_treatment(ends_before, practitioner, room, "massage")
        assert stored("booking_treatment") == 1


class TestVisitsWithoutTreatments:
    def test_are_refused(self, patient, practitioner):
        clearance = make_clearance(patient, practitioner)

        with refused(TOGETHER):
            store_visit(patient, clearance)

    def test_twin(self, patient, practitioner):
        clearance = make_clearance(patient, practitioner)

        without("booking_visit", TOGETHER)
        store_visit(patient, clearance)
        run("SET CONSTRAINTS ALL IMMEDIATE")

        assert stored("booking_visit") == 1


@pytest.mark.usefixtures("bare_visits")
class TestOverlaps:
    @pytest.fixture
    def booked(self, patient, practitioner, room):
        clearance = make_clearance(patient, practitioner)
        return book(
            clearance=clearance, parts=[part(practitioner, room)], token=token(), by=patient.account
        )

    def test_of_one_patient_are_refused(self, booked):
        with refused("patient_in_one_place"):
            store_visit(booked.patient, booked.clearance)

    def test_of_one_patient_twin(self, booked):
        without_constraint("booking_visit", "patient_in_one_place")
        store_visit(booked.patient, booked.clearance)
        assert stored("booking_visit") == 2

    def second(self, booked, other_patient, practitioner, room):
        visit = store_visit(other_patient, make_clearance(other_patient, practitioner))
        store_treatment(visit, practitioner, room, "massage")

    def test_of_one_practitioner_are_refused(self, booked, other_patient, practitioner):
        elsewhere = type(booked.treatments.get().room).objects.create(name="Birch room")
        with refused("practitioner_in_one_place"):
            self.second(booked, other_patient, practitioner, elsewhere)

    def test_of_one_practitioner_twin(self, booked, other_patient, practitioner):
        elsewhere = type(booked.treatments.get().room).objects.create(name="Birch room")
        without_constraint("booking_treatment", "practitioner_in_one_place")
        self.second(booked, other_patient, practitioner, elsewhere)
        assert stored("booking_treatment") == 2

    def test_of_one_room_are_refused(self, booked, other_patient, masseur, practitioner, room):
        visit = store_visit(other_patient, make_clearance(other_patient, practitioner))
        with refused("room_used_once"):
            store_treatment(visit, masseur, room, "massage")

    def test_of_one_room_twin(self, booked, other_patient, masseur, practitioner, room):
        visit = store_visit(other_patient, make_clearance(other_patient, practitioner))
        without_constraint("booking_treatment", "room_used_once")
        store_treatment(visit, masseur, room, "massage")
        assert stored("booking_treatment") == 2
