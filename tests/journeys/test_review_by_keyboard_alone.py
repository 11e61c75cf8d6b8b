"""The queue, a case, a decision taken back, and a question: with the keys alone, at three sizes."""

from collections.abc import Iterator

import pytest
from by_keys import HERE, go_to, press_by_keys, type_by_keys
from factories import make_sent
from playwright.sync_api import Page, expect
from steps import arrive_as

from intake.review.asking_models import AskRound
from intake.review.models import Decision
from intake.submission.models import Revision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {"laptop": (1280, 720), "tablet": (768, 1024), "twice_the_size": (640, 400)}
BAR = "document.body.insertAdjacentHTML('beforeend', '<div id=bar></div>');" + (
    "Object.assign(document.getElementById('bar').style, {position: 'fixed', inset: '0'})"
)


@pytest.fixture
def sent(patient) -> Revision:
    flags = {"heart_failure": "consult_first", "diabetes": "caution"}
    return make_sent(patient, wants=("massage",), flags=flags, unanswered=["osteoporosis"])


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def page(request, browser, live_server, practitioner, sent) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": height}
    )
    page = context.new_page()
    arrive_as(page, practitioner.user, live_server)
    page.goto("/reviews/")
    yield page
    context.close()


def choose(page: Page, name: str, words: str) -> None:
    """In a list: the keys of its words."""
    go_to(page, lambda at: at["name"] == name)
    page.keyboard.type(words)


def test_a_case_is_decided_and_taken_back(page, sent, patient):
    press_by_keys(page, patient.name)
    expect(page.get_by_role("heading", name="Decision", exact=True)).to_be_visible()
    heart = sent.flags.get(code="heart_failure").pk
    choose(page, f"flag_{heart}", "Confirmed")
    for _ in page.locator('[name="flags_seen"]').all():
        go_to(page, lambda at: at["name"] == "flags_seen")
        page.keyboard.press("Space")
    type_by_keys(page, "massage", "suitable_with_changes")
    type_by_keys(page, "massage_precautions", "Light pressure")
    type_by_keys(page, "for_patient", "You can come.")
    press_by_keys(page, "Save the decision")
    expect(page.get_by_role("status").first).to_contain_text("is stored")
    assert Decision.objects.standing().count() == 1

    press_by_keys(page, "Take it back")
    expect(page.get_by_role("status").first).to_contain_text("Nothing has gone out.")
    assert not Decision.objects.standing().exists()


def test_a_question_is_asked(page, patient):
    press_by_keys(page, patient.name)
    press_by_keys(page, "Ask the patient in writing")
    ticked = go_to(page, lambda at: at["type"] == "checkbox")
    page.keyboard.press("Space")
    go_to(page, lambda at: at["type"] in ("text", "textarea", "TEXTAREA"))
    page.keyboard.type("Who told you, and when?")
    press_by_keys(page, "Send the questions")

    expect(page.get_by_role("status").first).to_contain_text("waits for the patient")
    assert ticked["name"] and AskRound.objects.get().questions.count() == 1


def test_something_that_lies_over_it_would_be_seen(page):
    """Else the looks above would prove nothing."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert not page.evaluate(HERE)["covered"]

    page.evaluate(BAR)

    assert page.evaluate(HERE)["covered"]
