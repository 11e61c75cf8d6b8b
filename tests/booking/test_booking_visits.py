from datetime import timedelta

import pytest
from factories import at, make_clearance, part, token

from clinic.audit.models import Event
from clinic.errors import MoveNotPossible, NotAllowed
from intake.booking.models import Treatment, Visit
from intake.booking.services import (
    FormUsed,
    NotCleared,
    Part,
    SlotTaken,
    book,
    cancel,
    read_precautions,
)


class TestBooking:
    def test_a_combined_visit_is_stored_as_one(self, patient, practitioner, masseur, room):
        clearance = make_clearance(patient, practitioner)
        first = part(practitioner, room, "acupuncture")
        start = first.ends_at + timedelta(minutes=10)
        second = Part("massage", masseur.pk, room.pk, start, start + timedelta(minutes=60))

        visit = book(clearance=clearance, parts=[first, second], token=token(), by=patient.account)

        assert [t.therapy for t in visit.treatments.all()] == ["acupuncture", "massage"]
        assert (visit.starts_at, visit.ends_at) == (first.starts_at, second.ends_at)

    def test_the_same_form_twice_gives_the_same_visit(self, patient, practitioner, room):
        clearance = make_clearance(patient, practitioner)
        same = token()

        first = book(
            clearance=clearance, parts=[part(practitioner, room)], token=same, by=patient.account
        )
        again = book(
            clearance=clearance, parts=[part(practitioner, room)], token=same, by=patient.account
        )

        assert first == again
        assert Visit.objects.count() == 1

    def test_a_taken_time_is_refused_in_words(self, patient, other_patient, practitioner, room):
        mine, theirs = (make_clearance(p, practitioner) for p in (patient, other_patient))
        book(clearance=mine, parts=[part(practitioner, room)], token=token(), by=patient.account)

        with pytest.raises(SlotTaken):
            book(
                clearance=theirs,
                parts=[part(practitioner, room)],
                token=token(),
                by=other_patient.account,
            )

        assert Visit.objects.count() == 1

    def test_a_therapy_that_is_not_cleared_is_refused(self, patient, practitioner, room):
        clearance = make_clearance(patient, practitioner, "massage")

        with pytest.raises(NotCleared):
            book(
                clearance=clearance,
                parts=[part(practitioner, room, "acupuncture")],
                token=token(),
                by=patient.account,
            )

        assert (Visit.objects.count(), Treatment.objects.count()) == (0, 0)

    def test_a_time_in_the_past_is_refused(self, patient, practitioner, room):
        clearance = make_clearance(patient, practitioner)

        with pytest.raises(SlotTaken):
            book(
                clearance=clearance,
                parts=[part(practitioner, room, days=-1)],
                token=token(),
                by=patient.account,
            )

    def test_with_someone_elses_clearance_is_refused(
        self, patient, other_patient, practitioner, room
    ):
        clearance = make_clearance(patient, practitioner)

        with pytest.raises(NotAllowed):
            book(
                clearance=clearance,
                parts=[part(practitioner, room)],
                token=token(),
                by=other_patient.account,
            )

    def test_with_the_form_of_another_patients_visit_is_refused(
        self, patient, other_patient, practitioner, room
    ):
        mine, theirs = (make_clearance(p, practitioner) for p in (patient, other_patient))
        same = token()
        book(clearance=mine, parts=[part(practitioner, room)], token=same, by=patient.account)

        with pytest.raises(FormUsed):
            book(
                clearance=theirs,
                parts=[part(practitioner, room, hour=14)],
                token=same,
                by=other_patient.account,
            )

        assert Visit.objects.count() == 1


class TestCancelling:
    def test_frees_the_time_and_the_session(self, patient, practitioner, room):
        clearance = make_clearance(patient, practitioner, sessions=1)
        visit = book(
            clearance=clearance, parts=[part(practitioner, room)], token=token(), by=patient.account
        )

        cancel(visit=visit, by=patient.account)

        again = book(
            clearance=clearance, parts=[part(practitioner, room)], token=token(), by=patient.account
        )
        assert again.starts_at == at(3, 10)

    @pytest.mark.parametrize("minutes", [0, 1, 60 * 24])
    def test_a_visit_that_has_begun_is_refused(self, visit, account, minutes):
        with pytest.raises(MoveNotPossible):
            cancel(visit=visit, by=account, now=visit.starts_at + timedelta(minutes=minutes))

        assert Visit.objects.standing().get() == visit
        assert Treatment.objects.filter(cancelled_at__isnull=True).count() == 1

    def test_is_possible_until_it_begins(self, visit, account):
        cancel(visit=visit, by=account, now=visit.starts_at - timedelta(seconds=1))

        assert not Visit.objects.standing().exists()

    def test_of_someone_elses_visit_is_refused(self, visit, other_patient):
        with pytest.raises(NotAllowed):
            cancel(visit=visit, by=other_patient.account)


class TestReadingPrecautions:
    def test_is_for_practitioners_only_and_leaves_no_trace_when_refused(self, visit, sam):
        for someone in (sam, visit.patient.account):
            with pytest.raises(NotAllowed):
                read_precautions(visit=visit, by=someone)

        assert not Event.objects.filter(action="read_precautions").exists()

    def test_is_refused_when_the_trace_cannot_be_written(self, visit, practitioner, monkeypatch):
        def broken(**_):
            raise RuntimeError("no trace")

        monkeypatch.setattr("intake.booking.services.record", broken)

        with pytest.raises(RuntimeError):
            read_precautions(visit=visit, by=practitioner.user)
