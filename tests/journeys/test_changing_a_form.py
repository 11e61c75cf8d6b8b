"""A decided form is changed in a safety answer: the visit is held, decided on again, and stands."""

import pytest
from playwright.sync_api import Page, expect

from intake.booking.models import Visit
from intake.submission.models import Revision
from tests.journeys.changing import (
    answer_page,
    answer_the_rest,
    begin_change,
    looked_at,
    send_change,
)
from tests.journeys.steps import answer_every_flag, arrive_as, press
from tests.review.decision_forms import gone_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class TestASafetyAnswer:
    def test_holds_the_visit_until_a_practitioner_has_decided_again(
        self, visitor: Page, colleague_page: Page, live_server, patient, practitioner, booked
    ):
        intake = booked.clearance.revision.intake
        arrive_as(visitor, patient.account, live_server)
        arrive_as(colleague_page, practitioner.user, live_server)

        begin_change(visitor, intake)
        answer_page(visitor, intake, "organs")
        answer_the_rest(intake, diabetes="no")
        send_change(visitor, intake, "It is on hold until then.")
        visitor.goto(f"/me/visits/{booked.reference}/")
        expect(visitor.get_by_text("This visit is on hold.")).to_be_visible()
        looked_at(visitor, "visit_held")

        colleague_page.goto("/reviews/")
        expect(colleague_page.get_by_text("Changed", exact=True)).to_be_visible()
        looked_at(colleague_page, "queue_changed")
        colleague_page.get_by_role("link", name=patient.name).click()
        expect(colleague_page.get_by_role("heading", name="1 safety answer")).to_be_visible()
        looked_at(colleague_page, "case_changed")
        answer_every_flag(colleague_page)
        colleague_page.locator('[name="acupuncture"][value="suitable"]').check()
        colleague_page.locator('[name="massage"][value="suitable_with_changes"]').check()
        colleague_page.get_by_label("Reason for this decision on acupuncture").fill("Steady.")
        colleague_page.get_by_label("Other changes for massage, one a line").fill("Light pressure")
        colleague_page.get_by_label("What the patient will read").fill("You can come as booked.")
        press(colleague_page, "Save the decision")
        expect(colleague_page.get_by_role("status").first).to_contain_text(
            "until then you can take it back"
        )
        assert gone_out() == 1

        assert Revision.objects.count() == 2
        visit = Visit.objects.with_treatments().get()
        assert visit.still_cleared
        assert visit.clearance.revision.number == 2
        visitor.goto(f"/me/visits/{booked.reference}/")
        expect(visitor.get_by_text("This visit is on hold.")).to_have_count(0)
