"""Two practitioners work through the queue: claims, notes, handing over, the curtain, by keyboard
too, on a laptop, a tablet, and at twice the size."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_patient, make_sent
from playwright.sync_api import Page, expect

from intake.review.models import Handover, PrivateNote
from intake.submission.models import EmergencyEvent, Intake
from tests.journeys.conftest import a_page
from tests.journeys.steps import arrive_as, nothing_in_the_way, picture, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAPTOP, TABLET, TWICE_THE_SIZE = 1280, 768, 640
PASSWORD = "a long enough password"


@pytest.fixture(params=[True, False], ids=["with_scripts", "without_scripts"])
def mei_page(request, browser, live_server, practitioner) -> Iterator[Page]:
    page = a_page(browser, live_server, scripts=request.param, width=LAPTOP)
    arrive_as(page, practitioner.user, live_server)
    yield page
    page.context.close()


@pytest.fixture
def jo_page(browser, live_server, masseur, mei_page) -> Iterator[Page]:
    page = a_page(browser, live_server, scripts=mei_page.scripts_run, width=LAPTOP)
    arrive_as(page, masseur.user, live_server)
    yield page
    page.context.close()


@pytest.fixture
def forms(patient, other_patient) -> list[Intake]:
    """Two that wait, the first one longer, and an urgent answer on a third."""
    sent = [
        make_sent(patient, flags={"heart_failure": "consult_first", "diabetes": "caution"}).intake,
        make_sent(other_patient, wants=("massage",)).intake,
        make_sent(make_patient("yuki@example.org", "Yuki Brandt")).intake,
    ]
    for place, intake in enumerate(sent):
        due = timezone.now() - timedelta(hours=5 - place)
        Intake.objects.filter(pk=intake.pk).update(due_at=due)
    said = {"em_stroke": "yes"}
    EmergencyEvent.objects.create(
        intake=sent[2], codes=["em_stroke"], said=said, message="M6", happened="shown"
    )
    return sent


def looked_at(page: Page, name: str) -> None:
    """At every width nothing is cut off, and a machine finds no barrier."""
    picture(page, name)
    for width in (TABLET, TWICE_THE_SIZE, LAPTOP):
        page.set_viewport_size({"width": width, "height": 844})
        main = page.locator("main").bounding_box()
        assert main and main["x"] + main["width"] <= width, (page.url, width)
        for each in page.locator("main a, main button, main select").all():
            box = each.bounding_box()
            assert box is None or box["x"] + box["width"] <= width, (page.url, width, each)
        nothing_in_the_way(page)


def test_a_form_goes_from_hand_to_hand(mei_page, jo_page, forms, patient):
    jo_page.goto("/reviews/")
    looked_at(jo_page, "queue_tabs")
    jo_page.get_by_role("button", name="I am calling Yuki Brandt").click()
    looked_at(jo_page, "alert_taken")

    mei_page.goto("/reviews/")
    expect(mei_page.get_by_text("Jo Brandt said that they are calling")).to_be_visible()
    mei_page.get_by_role("link", name="Open the next case").click()
    expect(mei_page.get_by_role("heading", name=patient.name)).to_be_visible()
    mei_page.get_by_role("textbox", name="Private note").fill("Ask about the ankles.")
    if mei_page.scripts_run:
        mei_page.get_by_role("textbox", name="Private note").blur()
        expect(mei_page.get_by_text(re.compile(r"^Saved \d\d:\d\d$"))).to_be_visible()
    else:
        press(mei_page, "Save the note")
        expect(mei_page.get_by_text("What you wrote is kept for you alone")).to_be_visible()
    assert PrivateNote.objects.get().text == "Ask about the ankles."
    looked_at(mei_page, "case_with_note")

    jo_page.goto(f"/reviews/{forms[0].reference}/")
    expect(jo_page.get_by_text("Mei Lindqvist opened this")).to_be_visible()
    expect(jo_page.get_by_text("Ask about the ankles.")).to_have_count(0)

    mei_page.get_by_role("link", name="Hand it over to a colleague").click()
    looked_at(mei_page, "hand_over")
    press(mei_page, "Hand it over")
    expect(mei_page.get_by_role("link", name="Choose a colleague.")).to_be_visible()
    mei_page.get_by_label("Hand over to").select_option(label="Jo Brandt")
    mei_page.get_by_label("Note for them").fill("The massage is yours.")
    press(mei_page, "Hand it over")
    expect(mei_page.get_by_text("is handed over to Jo Brandt.")).to_be_visible()
    assert Handover.objects.get().note == "The massage is yours."

    jo_page.goto("/reviews/")
    expect(jo_page.get_by_text("Handed over by Mei Lindqvist:")).to_be_visible()
    jo_page.get_by_label("Held by").select_option(label="You")
    press(jo_page, "Apply")
    expect(jo_page.get_by_text("Showing 1 of 1.")).to_be_visible()
    jo_page.goto("/reviews/away/")
    looked_at(jo_page, "away")


def test_the_curtain_is_drawn_and_nothing_comes_back_by_going_back(mei_page, forms, patient):
    mei_page.goto(f"/reviews/{forms[0].reference}/")
    press(mei_page, "Hide screen")
    expect(mei_page.get_by_role("heading", name="This screen is hidden")).to_be_visible()
    looked_at(mei_page, "hidden")
    mei_page.go_back()
    expect(mei_page.get_by_role("heading", name="This screen is hidden")).to_be_visible()
    expect(mei_page.get_by_text(patient.name)).to_have_count(0)

    mei_page.get_by_label("Password").fill("not it")
    press(mei_page, "Carry on")
    expect(mei_page.get_by_role("link", name=re.compile("not your password"))).to_be_visible()
    mei_page.get_by_label("Password").fill(PASSWORD)
    press(mei_page, "Carry on")

    expect(mei_page.get_by_role("heading", name=patient.name)).to_be_visible()


def test_the_next_case_is_opened_by_keyboard_alone(mei_page, forms, patient):
    mei_page.goto("/reviews/")
    for _ in range(30):
        mei_page.keyboard.press("Tab")
        focused = mei_page.locator(":focus")
        if focused.inner_text() == "Open the next case":
            break
    mei_page.keyboard.press("Enter")

    expect(mei_page.get_by_role("heading", name=patient.name)).to_be_visible()
