"""What a patient reads about their visits, and how they cancel one."""

from datetime import timedelta

import time_machine
from django.utils import timezone
from factories import make_clearance, part, token

from clinic.identity.models import Clinic
from intake.booking.models import Visit
from intake.booking.services import book, cancel
from intake.review.models import Clearance


class TestTheListOfVisits:
    def test_without_any_says_so_and_what_is_next(self, signed_in, patient):
        page = signed_in.get("/me/visits/").content.decode()

        assert "You have no visit ahead of you." in page
        assert f"/me/for/{patient.reference}/book/" in page

    def test_shows_those_ahead_first_and_says_which_are_cancelled(
        self, signed_in, visit, patient, practitioner, room
    ):
        gone = book(
            clearance=visit.clearance,
            parts=[part(practitioner, room, days=2)],
            token=token(),
            by=patient.account,
        )
        cancel(visit=gone, by=patient.account)

        page = signed_in.get("/me/visits/").content.decode()

        assert page.index(visit.reference) < page.index("Past and cancelled visits")
        assert page.index("Past and cancelled visits") < page.index(gone.reference)
        assert "<strong>Cancelled.</strong> Massage with Mei Lindqvist" in page

    def test_is_linked_from_home(self, signed_in, patient):
        page = signed_in.get("/me/").content.decode()

        assert f'href="/me/for/{patient.reference}/visits/"' in page

    def test_holds_nothing_of_anyone_else(self, sign_in, other_patient, visit):
        page = sign_in(other_patient.account).get("/me/visits/").content.decode()

        assert visit.reference not in page


class TestAVisit:
    def test_says_where_when_with_whom_and_what_to_bring(self, signed_in, visit):
        Clinic.objects.create(pk=1, name="Willow Lane", address="1 Willow Lane", phone="020 7946 0")

        page = signed_in.get(f"/me/visits/{visit.reference}/").content.decode()

        for words in (
            "Your visit is booked",
            "Massage with Mei Lindqvist, Willow room",
            "1 Willow Lane",
            "Wear loose clothes",
            "Eat something light",
            "list of the medicines",
            "If something changed in your health, call us first",
            f"/me/visits/{visit.reference}/cancel/",
        ):
            assert words in page

    def test_whose_clearance_has_ended_asks_to_call_first(self, signed_in, visit):
        Clearance.objects.update(state="suspended")

        assert (
            "Call us before you come"
            in signed_in.get(f"/me/visits/{visit.reference}/").content.decode()
        )

    def test_that_is_over_is_not_shown_as_booked(self, sign_in, visit, account):
        with time_machine.travel(visit.ends_at + timedelta(hours=1)):
            page = sign_in(account).get(f"/me/visits/{visit.reference}/").content.decode()

        assert "Your visit on" in page
        assert "/cancel/" not in page

    def test_of_someone_else_is_not_found(self, sign_in, other_patient, visit):
        stranger = sign_in(other_patient.account)

        assert stranger.get(f"/me/visits/{visit.reference}/").status_code == 404
        assert stranger.get(f"/me/visits/{visit.reference}/cancel/").status_code == 404
        assert stranger.post(f"/me/visits/{visit.reference}/cancel/").status_code == 404
        assert Visit.objects.standing().count() == 1

    def test_of_an_unknown_reference_is_not_found(self, signed_in, patient):
        for reference in ("T-2222-3333", "x", "T-2222-3333%00", "9" * 3000):
            assert signed_in.get(f"/me/visits/{reference}/").status_code == 404


class TestCancelling:
    def test_asks_first_and_changes_nothing_by_asking(self, signed_in, visit):
        page = signed_in.get(f"/me/visits/{visit.reference}/cancel/").content.decode()

        assert "Do you want to cancel this visit?" in page
        assert "Massage with Mei Lindqvist" in page
        assert Visit.objects.standing().count() == 1

    def test_happens_with_the_button(self, signed_in, visit):
        answer = signed_in.post(f"/me/visits/{visit.reference}/cancel/", follow=True)

        assert "This visit is cancelled" in answer.content.decode()
        assert Visit.objects.standing().count() == 0

    def test_twice_says_so_and_asks_no_more(self, signed_in, visit):
        address = f"/me/visits/{visit.reference}/cancel/"
        signed_in.post(address)

        again = signed_in.post(address, follow=True)

        assert "This visit was cancelled before." in again.content.decode()
        assert signed_in.get(address)["Location"] == f"/me/visits/{visit.reference}/"

    def test_a_visit_that_is_over_is_refused_in_words(self, sign_in, visit, account):
        address = f"/me/visits/{visit.reference}/cancel/"
        with time_machine.travel(visit.starts_at + timedelta(minutes=1)):
            client = sign_in(account)
            asked, answer = client.get(address), client.post(address, follow=True)

        assert asked["Location"] == f"/me/visits/{visit.reference}/"
        assert "so it cannot be cancelled" in answer.content.decode()
        assert Visit.objects.standing().count() == 1


def test_a_visit_of_yesterday_is_listed_as_past(sign_in, patient, practitioner, room):
    clearance = make_clearance(patient, practitioner)
    parts = [part(practitioner, room)]
    visit = book(clearance=clearance, parts=parts, token=token(), by=patient.account)

    with time_machine.travel(timezone.now() + timedelta(days=4)):
        page = sign_in(patient.account).get("/me/visits/").content.decode()

    assert page.index("Past and cancelled visits") < page.index(visit.reference)
