"""Two patients in two tabs, and two people at one computer: a decision lands where it was read."""

import pytest
from factories import make_practitioner, make_sent
from playwright.sync_api import Page, expect

from intake.review.models import Decision
from intake.review.whose_page import SENTENCE
from tests.journeys.steps import arrive_as, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def opened(tab: Page, reference: str) -> None:
    tab.goto(f"/reviews/{reference}/")


def filled_in(tab: Page, words: str) -> None:
    tab.locator('[name="acupuncture"][value="suitable"]').check()
    tab.locator('[name="massage"][value="suitable"]').check()
    tab.locator('[name="for_patient"]').fill(words)


def test_each_decision_lands_on_the_patient_it_was_read_for(
    visitor: Page, live_server, patient, other_patient, practitioner
):
    rosa, tomas = make_sent(patient).intake, make_sent(other_patient).intake
    arrive_as(visitor, practitioner.user, live_server)
    second = visitor.context.new_page()
    opened(visitor, rosa.reference)
    opened(second, tomas.reference)

    filled_in(visitor, "Rosa can come.")
    filled_in(second, "Tomas can come.")
    press(second, "Save the decision")
    expect(second.get_by_text(f"Your decision on {tomas.reference} is stored.")).to_be_visible()
    press(visitor, "Save the decision")
    expect(visitor.get_by_text(f"Your decision on {rosa.reference} is stored.")).to_be_visible()

    told = {each.revision.intake_id: each.for_patient for each in Decision.objects.all()}
    assert told == {rosa.pk: "Rosa can come.", tomas.pk: "Tomas can come."}


def test_the_page_of_one_form_under_the_address_of_another_stores_nothing(
    visitor: Page, live_server, patient, other_patient, practitioner
):
    rosa, tomas = make_sent(patient).intake, make_sent(other_patient).intake
    arrive_as(visitor, practitioner.user, live_server)
    opened(visitor, rosa.reference)
    address = f"{live_server.url}/reviews/{tomas.reference}/decide/"
    visitor.route(f"**/reviews/{rosa.reference}/decide/", lambda each: each.continue_(url=address))

    filled_in(visitor, "Rosa can come.")
    press(visitor, "Save the decision")

    expect(visitor.get_by_text("could not be found. Nothing was stored.")).to_be_visible()
    assert not Decision.objects.exists()


def test_who_signed_in_meanwhile_decides_nothing_by_pressing_on(
    visitor: Page, live_server, patient, practitioner
):
    rosa = make_sent(patient).intake
    lee = make_practitioner("lee@example.org", "Lee Park", "acupuncture", "massage").user
    arrive_as(visitor, practitioner.user, live_server)
    opened(visitor, rosa.reference)
    filled_in(visitor, "Rosa can come, says Mei.")

    arrive_as(visitor, lee, live_server)
    press(visitor, "Save the decision")

    expect(visitor.get_by_text(SENTENCE)).to_be_visible()
    expect(visitor.get_by_text("Rosa can come, says Mei.")).to_have_count(0)
    assert not Decision.objects.exists()
