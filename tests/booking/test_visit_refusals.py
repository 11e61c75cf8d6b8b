"""A visit and its treatments stay together, and nothing is booked while something waits."""

import pytest
from django.utils import timezone
from factories import make_clearance, make_practitioner, make_sent, part, token
from refusals import refused, run, stored, without, without_constraint

from intake.booking.models import Visit
from intake.booking.services import NotCleared, book
from intake.review.models import Clearance
from intake.submission.models import EmergencyEvent, Intake
from tests.review.published_later import only_named

TOGETHER = "visit_filled_by_its_treatments"
FILLED = "treatments_fill_their_visit"


class TestAVisitAndItsTreatments:
    @pytest.fixture
    def booked(self, patient, practitioner, room):
        clearance = make_clearance(patient, practitioner)
        parts = [part(practitioner, room)]
        visit = book(clearance=clearance, parts=parts, token=token(), by=patient.account)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        return visit

    MOVES = {
        "away from its treatments": (
            "UPDATE booking_visit SET ends_at = ends_at + interval '2 hours'",
            ("booking_visit", TOGETHER),
        ),
        "left with nothing in it": (
            "UPDATE booking_treatment SET cancelled_at = now()",
            ("booking_treatment", FILLED),
        ),
        "into the next day": (
            "UPDATE booking_visit SET ends_at = ends_at + interval '1 day'",
            ("booking_visit", "visit_while_nothing_is_on_hold"),
        ),
    }

    @pytest.mark.parametrize("move", MOVES)
    def test_stay_together(self, booked, move):
        statement, (_, name) = self.MOVES[move]

        with refused(name):
            run(statement)

    @pytest.mark.parametrize("move", list(MOVES)[:2])
    def test_stay_together_twin(self, booked, move):
        statement, protection = self.MOVES[move]
        without(*protection)

        run(statement)
        run("SET CONSTRAINTS ALL IMMEDIATE")

        assert stored("booking_visit") == 1

    BOTH_AT_ONCE = """
        INSERT INTO booking_treatment (visit_id, therapy, practitioner_id, room_id, starts_at,
                                       ends_at)
        SELECT visit_id, 'acupuncture', %s, %s, starts_at, ends_at FROM booking_treatment
    """

    @pytest.fixture
    def elsewhere(self, practitioner):
        """Another practitioner and room, free at that time."""
        other = make_practitioner("lee@example.org", "Lee Park", "acupuncture")
        room_id = run(
            "INSERT INTO booking_room (name, for_acupuncture, for_massage, in_use)"
            " VALUES ('Birch room', true, true, true) RETURNING id"
        )[0]
        return other.pk, room_id

    def test_two_therapies_at_once_are_refused(self, booked, elsewhere):
        with refused("treatments_one_after_another"):
            run(self.BOTH_AT_ONCE, elsewhere)

    def test_two_therapies_at_once_twin(self, booked, elsewhere):
        without_constraint("booking_treatment", "treatments_one_after_another")

        run(self.BOTH_AT_ONCE, elsewhere)

        assert stored("booking_treatment") == 2


class TestWhileSomethingWaits:
    HELD = "visit_while_nothing_is_on_hold"

    @pytest.fixture(params=["an urgent answer", "a newer form", "newer rules"])
    def held(self, request, patient, practitioner, room):
        """What is needed to book, for a patient of whom something waits for a practitioner."""
        clearance = make_clearance(patient, practitioner)
        if request.param == "an urgent answer":
            question_set = clearance.revision.question_set
            draft = Intake.objects.create(patient=patient, question_set=question_set)
            EmergencyEvent.objects.create(
                intake=draft, codes=["em_stroke"], message="M6", happened="shown"
            )
        elif request.param == "newer rules":
            only_named("later")
        else:
            make_sent(patient)
        parts = [part(practitioner, room)]
        return {"clearance": clearance, "parts": parts, "token": token(), "by": patient.account}

    def test_nothing_is_offered(self, held, patient):
        assert not Clearance.objects.live_on(timezone.localdate()).exists()

    def test_nothing_is_booked(self, held):
        with pytest.raises(NotCleared):
            book(**held)

    def test_nothing_is_booked_twin(self, held):
        without("booking_visit", self.HELD)

        assert book(**held)

    def test_a_visit_that_stands_says_so(self, patient, practitioner, room):
        clearance = make_clearance(patient, practitioner)
        book(
            clearance=clearance, parts=[part(practitioner, room)], token=token(), by=patient.account
        )
        assert Visit.objects.with_treatments().get().still_cleared

        make_sent(patient)

        assert not Visit.objects.with_treatments().get().still_cleared
