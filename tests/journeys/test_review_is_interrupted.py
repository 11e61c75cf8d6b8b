"""A review is interrupted: what was begun is there again, and the page says what has come in."""

import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from factories import make_sent
from playwright.sync_api import Page, expect

from intake.review.draft_models import DecisionDraft
from intake.review.models import Decision, PrivateNote
from intake.submission.models import EmergencyEvent, Revision
from tests.journeys.conftest import a_page
from tests.journeys.steps import arrive_as, nothing_in_the_way, picture, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHANGES = "Side lying, a pillow between the knees."
NOTE = "Ask about the fall in March."
KEPT = re.compile(r"^Kept for you \d\d:\d\d$")


@pytest.fixture(params=[True, False], ids=["with_scripts", "without_scripts"])
def mei_page(request, browser, live_server, practitioner) -> Iterator[Page]:
    page = a_page(browser, live_server, scripts=request.param, width=1280)
    arrive_as(page, practitioner.user, live_server)
    yield page
    page.context.close()


@pytest.fixture
def revision(patient) -> Revision:
    return make_sent(patient, flags={"diabetes": "caution"})


def begins(page: Page, revision: Revision) -> None:
    page.goto(f"/reviews/{revision.intake.reference}/")
    page.locator('[name="massage"][value="suitable_with_changes"]').check()
    box = page.locator('[name="massage_precautions"]')
    if not box.is_visible():
        page.locator("details.limits summary").last.click()
    box.fill(CHANGES)


def is_there_again(page: Page) -> None:
    expect(page.get_by_text("You began this on")).to_be_visible()
    expect(page.locator('[name="massage"][value="suitable_with_changes"]')).to_be_checked()
    expect(page.locator('[name="massage_precautions"]')).to_have_value(CHANGES)
    expect(page.locator('[name="acupuncture"]:checked')).to_have_count(0)


def test_a_decision_that_is_begun_outlives_its_page(mei_page, revision):
    begins(mei_page, revision)
    if mei_page.scripts_run:
        mei_page.locator('[name="massage_precautions"]').blur()
        expect(mei_page.locator("#decision-form [data-kept]")).to_have_text(KEPT)
    else:
        press(mei_page, "Keep it for later")
        expect(mei_page.get_by_text("Nothing is decided yet.")).to_be_visible()

    mei_page.goto("/reviews/")
    mei_page.goto(f"/reviews/{revision.intake.reference}/")

    is_there_again(mei_page)
    assert not Decision.objects.exists()
    picture(mei_page, "decision_begun")
    nothing_in_the_way(mei_page)
    press(mei_page, "Throw away what I began")
    expect(mei_page.get_by_text("You began this on")).to_have_count(0)
    expect(mei_page.locator('[name="massage"]:checked')).to_have_count(0)


def test_neither_the_note_nor_the_decision_loses_the_other(mei_page, revision, practitioner):
    begins(mei_page, revision)
    mei_page.get_by_role("textbox", name="Private note").fill(NOTE)

    press(mei_page, "Save the note")

    expect(mei_page.get_by_text("What you wrote is kept for you alone")).to_be_visible()
    is_there_again(mei_page)
    expect(mei_page.get_by_role("textbox", name="Private note")).to_have_value(NOTE)
    mei_page.locator('[name="acupuncture"][value="suitable"]').check()
    mei_page.get_by_role("textbox", name="Private note").fill(f"{NOTE} And the knee.")
    press(mei_page, "Save the decision")
    expect(mei_page.locator(".error-summary")).to_be_visible()  # the Check flag is not ticked
    expect(mei_page.get_by_role("textbox", name="Private note")).to_have_value(
        f"{NOTE} And the knee."
    )
    assert PrivateNote.objects.get().text == f"{NOTE} And the knee."
    assert DecisionDraft.objects.get().by == practitioner.user


def test_a_decision_taken_back_has_its_words_again(mei_page, revision):
    begins(mei_page, revision)
    mei_page.locator('[name="acupuncture"][value="not_now"]').check()
    mei_page.locator('[name="acupuncture_next_step"]').select_option("see_doctor")
    mei_page.locator('[name="acupuncture_reason"]').fill("Fever.")
    mei_page.locator('[name="flags_seen"]').check()
    mei_page.locator('[name="for_patient"]').fill("You can book massage.")
    press(mei_page, "Save the decision")
    expect(mei_page.get_by_text("It goes out at")).to_be_visible()

    press(mei_page, "Take it back")

    expect(mei_page.get_by_text("Your decision is taken back.")).to_be_visible()
    expect(mei_page.locator('[name="massage_precautions"]')).to_have_value(CHANGES)
    expect(mei_page.locator('[name="for_patient"]')).to_have_value("You can book massage.")
    expect(mei_page.locator('[name="flags_seen"]')).to_be_checked()


def test_the_page_says_what_has_come_in_and_moves_nothing(
    browser, live_server, practitioner, revision, other_patient
):
    page = a_page(browser, live_server, scripts=True, width=390)
    page.clock.install(time=timezone.now())
    arrive_as(page, practitioner.user, live_server)
    page.goto("/reviews/")
    expect(page.get_by_role("link", name="Rosa Okafor")).to_be_visible()

    make_sent(other_patient)
    page.clock.fast_forward(61_000)
    expect(page.get_by_text(re.compile(r"New since \d\d:\d\d: 1 form\."))).to_be_visible()
    expect(page.get_by_role("link", name="Tomas Silva")).to_have_count(0)
    EmergencyEvent.objects.create(
        intake=revision.intake, codes=["em_stroke"], said={}, message="M6", happened="shown"
    )
    page.clock.fast_forward(61_000)
    expect(page.get_by_text("1 urgent answer and 1 form.")).to_be_visible()
    picture(page, "arrivals")
    nothing_in_the_way(page)

    page.get_by_role("link", name="Show", exact=True).click()

    expect(page.get_by_role("link", name="Tomas Silva")).to_be_visible()
    expect(page.get_by_text("New since")).to_have_count(0)
    page.context.close()
