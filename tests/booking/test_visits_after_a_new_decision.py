"""A visit ahead when the form is changed and decided again: held, then it stands or is released."""

import pytest
from django.urls import reverse
from django.utils import timezone
from factories import make_clearance, make_sent, part, token
from refusals import refused, run, without
from signing_in import client_of

from clinic.notices.models import Kind, Notice
from intake.booking.models import Visit
from intake.booking.services import book
from intake.review.models import Clearance
from intake.review.services import Opinion, decide, open_form
from intake.submission.models import Revision


@pytest.fixture
def booked(patient, practitioner, room) -> Visit:
    clearance = make_clearance(patient, practitioner)
    return book(
        clearance=clearance, parts=[part(practitioner, room)], token=token(), by=patient.account
    )


@pytest.fixture
def changed(booked) -> Revision:
    """A second revision of the same form, as a change in a safety answer makes it."""
    run("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit would
    run("SET CONSTRAINTS ALL DEFERRED")
    first = booked.clearance.revision
    values = {f.attname: getattr(first, f.attname) for f in Revision._meta.concrete_fields}
    again = values | {"id": None, "number": 2, "change_reason": "changed", "form_token": token()}
    revision = Revision.objects.create(**again | {"sent_at": timezone.now()})
    run("UPDATE submission_intake SET state = 'submitted' WHERE id = %s", [first.intake_id])
    return Revision.objects.select_related("intake__patient").get(pk=revision.pk)


def decided_again(revision, practitioner, *therapies: str) -> None:
    open_form(intake=revision.intake, by=practitioner.user)
    opinions = [
        Opinion(t, "suitable")
        if t in therapies
        else Opinion(t, "not_now", reason="for the test", next_step="see_doctor")
        for t in ("acupuncture", "massage")
    ]
    decide(revision=revision, opinions=opinions, by=practitioner.user)


class TestAVisitAhead:
    def test_is_on_hold_and_both_sides_are_told(self, booked, changed, patient, practitioner):
        visit = reverse("booking:staff_visit", args=[booked.reference])
        staff = client_of(practitioner.user).get(visit)
        own = client_of(patient.account).get(reverse("booking:visit", args=[booked.reference]))

        assert Visit.objects.with_treatments().get().is_held
        assert "On hold." in staff.content.decode()
        assert "This visit is on hold." in own.content.decode()

    def test_stands_when_the_new_decision_allows_it(self, booked, changed, practitioner):
        decided_again(changed, practitioner, "acupuncture", "massage")

        visit = Visit.objects.with_treatments().get()
        assert visit.still_cleared
        assert visit.clearance == Clearance.objects.get(state="live")

    @pytest.mark.parametrize("therapies", [(), ("acupuncture",)])
    def test_is_released_and_the_patient_told_when_it_does_not(
        self, booked, changed, practitioner, therapies
    ):
        decided_again(changed, practitioner, *therapies)

        assert Visit.objects.get().cancelled_at
        assert Notice.objects.filter(kind=Kind.CANCELLED, reference=booked.reference).exists()


class TestMovingToAnotherClearance:
    NAME = "visit_keeps_its_clearance"
    MOVED = "UPDATE booking_visit SET clearance_id = (SELECT max(id) FROM review_clearance)"

    @pytest.fixture(params=["not revoked", "not cleared for it"])
    def other(self, request, booked, patient, practitioner):
        if request.param == "not revoked":
            run("UPDATE review_clearance SET state = 'suspended'")
        else:
            run("UPDATE review_clearance SET state = 'revoked'")
        revision = make_sent(patient)
        open_form(intake=revision.intake, by=practitioner.user)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("booking_visit", "visit_while_nothing_is_on_hold")
        return revision

    def test_is_refused(self, other):
        clearance = _clearance_beside(other)

        with refused(self.NAME):
            run(self.MOVED)

        assert clearance != Visit.objects.get().clearance_id

    def test_twin(self, other):
        clearance = _clearance_beside(other)
        without("booking_visit", self.NAME)

        run(self.MOVED)

        assert Visit.objects.get().clearance_id == clearance


def _clearance_beside(revision: Revision) -> int:
    """A live clearance without any therapy, as no service would make it."""
    run("ALTER TABLE review_clearance DISABLE TRIGGER clearance_covers_a_therapy")
    return Clearance.objects.create(
        patient=revision.intake.patient,
        revision=revision,
        valid_from="2020-01-01",
        valid_until="2999-01-01",
        sessions=6,
    ).pk
