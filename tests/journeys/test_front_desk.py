"""The front desk books for a patient, and only a practitioner reads what to take care of."""

from datetime import time

import pytest
from factories import make_patient, make_practitioner, make_sent
from playwright.sync_api import Page, expect

from clinic.people.models import Practitioner, User
from intake.booking.models import Room, Service, Visit, WeeklyHours
from intake.review.services import Opinion, decide, open_form
from tests.journeys.steps import (
    arrive_as,
    no_sideways_scrolling,
    nothing_in_the_way,
    picture,
    press,
)

CARE = "Light pressure only"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mei() -> Practitioner:
    """She works every day, and has cleared Rosa for both therapies, the massage with care."""
    Room.objects.create(name="Willow room")
    Service.objects.create(therapy="acupuncture", minutes=45)
    Service.objects.create(therapy="massage", minutes=60)
    mei = make_practitioner("mei@example.org", "Mei Lindqvist", "acupuncture", "massage")
    for weekday in range(7):
        WeeklyHours.objects.create(
            practitioner=mei, weekday=weekday, opens=time(9), closes=time(17)
        )
    revision = make_sent(make_patient("rosa@example.org", "Rosa Okafor"))
    open_form(intake=revision.intake, by=mei.user)
    opinions = [
        Opinion("acupuncture", "suitable"),
        Opinion("massage", "suitable_with_changes", precautions=[CARE]),
    ]
    decide(revision=revision, opinions=opinions, by=mei.user, for_patient="Both are fine.")
    return mei


def looked_at(page: Page, name: str) -> None:
    picture(page, name)
    nothing_in_the_way(page)
    no_sideways_scrolling(page)


class TestTheFrontDesk:
    def test_books_for_a_patient_and_only_the_practitioner_reads_the_precaution(
        self, visitor: Page, live_server, mei
    ):
        sam = User.objects.create_user("sam@example.org", name="Sam Reid", is_reception=True)
        arrive_as(visitor, sam, live_server)
        visitor.goto("/home/")
        expect(visitor.get_by_text("Nothing is booked on this day.")).to_be_visible()
        looked_at(visitor, "diary_empty")
        visitor.get_by_role("link", name="Can be booked", exact=True).click()
        looked_at(visitor, "waiting")
        visitor.get_by_role("link", name="Book a time for Rosa Okafor").click()
        looked_at(visitor, "book_for")
        press(visitor, "Book this time")
        expect(visitor.get_by_role("link", name="Choose a time.")).to_be_visible()
        looked_at(visitor, "book_for_error")
        visitor.locator("form details summary").first.click()
        visitor.locator("form details").first.get_by_role("radio").first.check()
        press(visitor, "Book this time")

        visit = Visit.objects.get()
        expect(visitor.get_by_role("heading", name="Rosa Okafor")).to_be_visible()
        assert CARE not in visitor.content()
        looked_at(visitor, "staff_visit_reception")
        visitor.get_by_role("link", name="Diary of").click()
        looked_at(visitor, "diary")
        visitor.get_by_role("link", name="Rosa Okafor").click()
        assert visitor.url.endswith(f"/diary/{visit.reference}/")

        arrive_as(visitor, mei.user, live_server)
        visitor.reload()
        expect(visitor.get_by_text(CARE)).to_be_visible()
        looked_at(visitor, "staff_visit_practitioner")
        visitor.get_by_role("link", name="Cancel this visit").click()
        looked_at(visitor, "staff_cancel")
        press(visitor, "Cancel this visit")
        expect(visitor.get_by_text("This visit was cancelled on")).to_be_visible()
        looked_at(visitor, "staff_visit_cancelled")
        assert not Visit.objects.standing().exists()


class TestThePatient:
    def test_chooses_a_time_reads_about_the_visit_and_cancels_it(
        self, visitor: Page, live_server, mei
    ):
        arrive_as(visitor, User.objects.get(email="rosa@example.org"), live_server)
        visitor.goto("/me/book/")
        looked_at(visitor, "choose")
        visitor.get_by_role("link", name="Massage only").click()
        visitor.get_by_role("link", name="Show later days").click()
        looked_at(visitor, "choose_later")
        visitor.get_by_role("link", name="Acupuncture and massage").click()
        visitor.get_by_label("acupuncture with Mei Lindqvist, 10 minutes' rest").first.check()
        press(visitor, "Book this time")
        expect(visitor.get_by_role("heading", name="Your visit is booked")).to_be_visible()
        looked_at(visitor, "visit")
        visitor.get_by_role("link", name="Your visits").click()
        looked_at(visitor, "visits")
        visitor.locator("main .line a").click()
        visitor.get_by_role("link", name="Cancel this visit").click()
        looked_at(visitor, "cancel")
        press(visitor, "Cancel this visit")
        expect(visitor.get_by_role("heading", name="This visit is cancelled")).to_be_visible()
        looked_at(visitor, "visit_cancelled")
        assert not Visit.objects.standing().exists()
