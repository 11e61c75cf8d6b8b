"""Nobody is booked with a practitioner whose account has ended; what was booked before stays."""

import pytest
from factories import make_clearance, part, token
from refusals import refused, run, stored, without

from intake.booking.models import Treatment, Visit
from intake.booking.services import WORKS_HERE, WorksHereNoLonger, book, cancel

LEFT = "UPDATE people_user SET is_active = false WHERE email = 'mei@example.org'"
MOVED = "UPDATE booking_treatment SET practitioner_id = %s"


@pytest.fixture
def wish(patient, practitioner, room) -> dict[str, object]:
    """All that a booking with Mei takes."""
    clearance = make_clearance(patient, practitioner)
    parts = [part(practitioner, room)]
    return {"clearance": clearance, "parts": parts, "token": token(), "by": patient.account}


class TestANewVisit:
    def test_is_refused_with_a_sentence(self, wish):
        run(LEFT)

        with pytest.raises(WorksHereNoLonger, match="does not work here any more"):
            book(**wish)

        assert not Visit.objects.exists()

    def test_is_refused_twin(self, wish):
        run(LEFT)
        without("booking_treatment", WORKS_HERE)

        book(**wish)

        assert stored("booking_visit") == 1

    def test_is_booked_again_once_they_are_back(self, wish):
        run(LEFT)
        run(LEFT.replace("false", "true"))

        assert book(**wish)


class TestAVisitAhead:
    def test_stays_marked_and_can_be_cancelled(self, wish):
        visit = book(**wish)
        run(LEFT)

        shown = Visit.objects.with_treatments().get()
        assert shown.still_cleared
        assert shown.by_someone_unregistered
        cancel(visit=visit, by=wish["by"])
        assert not Visit.objects.standing().exists()

    def test_is_not_given_to_someone_who_left(self, wish, masseur):
        book(**wish)
        run(LEFT.replace("mei@", "jo@"))

        with refused(WORKS_HERE):
            run(MOVED, [masseur.pk])

    def test_is_not_given_to_someone_who_left_twin(self, wish, masseur):
        book(**wish)
        run(LEFT.replace("mei@", "jo@"))
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("booking_treatment", WORKS_HERE)

        run(MOVED, [masseur.pk])

        assert Treatment.objects.get().practitioner == masseur
