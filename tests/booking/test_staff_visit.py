"""One visit, as people who work here see it: precautions for practitioners only, on record."""

from datetime import timedelta

import pytest
import time_machine
from factories import make_sent, part, token

from clinic.audit.models import Event
from clinic.notices.models import Notice
from intake.booking.models import Visit
from intake.booking.services import book
from intake.review.models import Clearance
from intake.review.services import Opinion, decide, open_form


@pytest.fixture
def visit(patient, practitioner, room) -> Visit:
    """A massage that is cleared with care."""
    revision = make_sent(patient)
    open_form(intake=revision.intake, by=practitioner.user)
    careful = ["Light pressure only", "Not on the <left> leg"]
    opinions = [
        Opinion("acupuncture", "suitable_with_changes", precautions=["Short and shallow"]),
        Opinion("massage", "suitable_with_changes", precautions=careful),
    ]
    decide(revision=revision, opinions=opinions, by=practitioner.user)
    clearance = Clearance.objects.get()
    parts = [part(practitioner, room)]
    return book(clearance=clearance, parts=parts, token=token(), by=patient.account)


@pytest.fixture
def address(visit) -> str:
    return f"/diary/{visit.reference}/"


def readings(patient) -> list[str]:
    return [e.action for e in Event.objects.about(patient).filter(action="read_precautions")]


class TestForAPractitioner:
    def test_shows_the_precautions_of_this_treatment(self, treating, address):
        page = treating.get(address).content.decode()

        assert "Light pressure only" in page
        assert "Not on the &lt;left&gt; leg" in page
        assert "Short and shallow" not in page

    def test_leaves_one_trace_that_the_patient_can_see(self, treating, address, visit):
        treating.get(address)

        event = Event.objects.about(visit.patient).readings().get(action="read_precautions")
        assert (event.by.email, event.reference) == ("mei@example.org", visit.reference)
        assert event.detail == ""

    def test_opens_the_precautions_and_nothing_else(self, treating, address, opened):
        treating.get(address)

        assert set(opened) == {b"review_verdict.precautions"}

    def test_without_any_precaution_says_so(self, treating, visit, monkeypatch):
        monkeypatch.setattr("intake.booking.services.read_precautions", lambda **_: {})

        page = treating.get(f"/diary/{visit.reference}/").content.decode()

        assert "No precautions were written for this treatment." in page

    def test_whose_clearance_has_ended_asks_to_read_the_newest_decision(self, treating, address):
        Clearance.objects.update(state="suspended")

        assert "Read the newest decision" in treating.get(address).content.decode()

    def test_leads_to_the_form_behind_it(self, treating, address, visit):
        form = visit.clearance.revision.intake.reference

        assert f'href="/reviews/{form}/"' in treating.get(address).content.decode()

    def test_of_a_cancelled_visit_reads_nothing(self, treating, address, visit):
        treating.post(f"{address}cancel/")

        page = treating.get(address).content.decode()

        assert "Light pressure only" not in page
        assert readings(visit.patient) == []


class TestForReception:
    def test_shows_the_whole_visit_without_any_precaution(self, reception, address, visit):
        page = reception.get(address).content.decode()

        for words in ("Rosa Okafor", "Massage", "Mei Lindqvist", "Willow room", visit.reference):
            assert words in page
        for words in ("pressure", "Take care", "precaution", "/reviews/"):
            assert words not in page

    def test_opens_no_encrypted_field_and_leaves_no_reading(
        self, reception, address, visit, opened
    ):
        reception.get(address)

        assert opened == []
        assert readings(visit.patient) == []

    def test_marks_a_visit_whose_clearance_has_ended(self, reception, address):
        Clearance.objects.update(state="revoked")

        assert "No longer cleared" in reception.get(address).content.decode()


class TestCancelling:
    def test_asks_first_then_cancels_and_tells_the_patient(self, reception, address, visit):
        asked = reception.get(f"{address}cancel/").content.decode()
        assert "Cancel this visit of Rosa Okafor?" in asked
        assert Visit.objects.standing().exists()

        page = reception.post(f"{address}cancel/", follow=True).content.decode()

        assert "This visit was cancelled on" in page
        assert f"/diary/book/{visit.patient.reference}/" in page
        assert Notice.objects.get(kind="cancelled").patient == visit.patient

    def test_twice_says_so(self, reception, address):
        reception.post(f"{address}cancel/")

        page = reception.post(f"{address}cancel/", follow=True).content.decode()

        assert "This visit was cancelled before." in page
        assert Notice.objects.filter(kind="cancelled").count() == 1

    def test_a_visit_that_is_over_is_refused_in_words(self, sign_in, sam, address, visit):
        with time_machine.travel(visit.ends_at + timedelta(minutes=1)):
            desk = sign_in(sam)
            page = desk.post(f"{address}cancel/", follow=True).content.decode()
            assert desk.get(f"{address}cancel/")["Location"] == address

        assert "so it cannot be cancelled" in page
        assert Visit.objects.standing().exists()


class TestSomeoneElse:
    def test_a_patient_is_told_there_is_no_such_page(self, signed_in, address):
        for page in (address, f"{address}cancel/", "/diary/", "/diary/waiting/"):
            assert signed_in.get(page).status_code == 404
        assert signed_in.post(f"{address}cancel/").status_code == 404
        assert Visit.objects.standing().exists()

    def test_an_unknown_reference_is_not_found(self, reception, visit):
        for reference in ("T-2222-3333", "x", "1", "T-2222-3333%00", visit.patient.reference):
            assert reception.get(f"/diary/{reference}/").status_code == 404
            assert reception.post(f"/diary/{reference}/cancel/").status_code == 404
