"""Rules are published, a visit is held, and a practitioner keeps what was decided or decides again.

In a browser, with scripts and without.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.booking.models import Visit
from intake.review.models import Clearance
from intake.review.rescreening import rescreen_due
from intake.submission.models import Intake
from tests.journeys.steps import (
    arrive_as,
    no_sideways_scrolling,
    nothing_in_the_way,
    picture,
    press,
)
from tests.review.published_later import STOP, weighs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def held(visitor: Page, colleague_page: Page, live_server, patient, practitioner, booked) -> Visit:
    """Rules are published that make more of an answer; both sides look."""
    arrive_as(visitor, patient.account, live_server)
    arrive_as(colleague_page, practitioner.user, live_server)
    weighs("diabetes", *STOP)
    rescreen_due()
    visitor.goto(f"/me/visits/{booked.reference}/")
    expect(visitor.get_by_text("This visit is on hold.")).to_be_visible()
    looked_at(visitor, "held_by_rules_visit")
    no_sideways_scrolling(visitor)
    colleague_page.goto("/reviews/")
    expect(colleague_page.get_by_role("heading", name="Newer rules raise")).to_be_visible()
    looked_at(colleague_page, "held_by_rules_queue")
    colleague_page.get_by_role("link", name=patient.name).first.click()
    expect(colleague_page.get_by_text("Nothing can be booked for")).to_be_visible()
    looked_at(colleague_page, "newer_rules")
    return booked


def looked_at(page: Page, name: str) -> None:
    picture(page, name)
    nothing_in_the_way(page)


class TestNewerRules:
    def test_are_kept_and_the_visit_stands(self, held, visitor, colleague_page):
        press(colleague_page, "Keep the decision")
        expect(
            colleague_page.get_by_role("link", name="Write in a line why what was decided stands.")
        ).to_be_visible()
        looked_at(colleague_page, "newer_rules_error")
        colleague_page.get_by_label("Why does the decision stand?").fill("Feet checked.")
        press(colleague_page, "Keep the decision")
        expect(colleague_page.get_by_text("stands.", exact=False).first).to_be_visible()

        visitor.reload()
        expect(visitor.get_by_text("This visit is on hold.")).to_have_count(0)
        colleague_page.get_by_role("link", name="What was seen").first.click()
        expect(colleague_page.get_by_text("This is what was seen: it matches.")).to_be_visible()
        looked_at(colleague_page, "what_was_seen")

    def test_lead_back_into_review_and_hold_until_then(self, held, colleague_page):
        press(colleague_page, "Decide again")

        expect(colleague_page.get_by_text("Someone has read this.")).to_be_visible()
        looked_at(colleague_page, "decided_again_case")
        assert Intake.objects.get().state == "in_review"
        assert not Clearance.objects.live_on(timezone.localdate()).exists()
