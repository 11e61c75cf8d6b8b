"""The body chart in a browser: by mouse and by keyboard, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission.models import Intake
from intake.submission.services import begin
from tests.journeys.steps import (
    arrive_as,
    no_sideways_scrolling,
    nothing_in_the_way,
    picture,
    press,
)
from tests.submission.places import page_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def questions(db):
    load_rules()
    return outline(load_questions().pk)


@pytest.fixture
def chart(questions, account, visitor, live_server) -> Page:
    """The page that asks where it hurts, open before someone who has marked nothing."""
    draft = begin(by=account)
    arrive_as(visitor, account, live_server)
    visitor.goto(page_at(draft, questions.page("pain_regions")))
    return visitor


def press_shape(page: Page, place: str) -> None:
    page.locator(f".r-{place}").first.scroll_into_view_if_needed()
    page.locator(f".r-{place}").first.click()


def marked() -> list[str]:
    return Intake.objects.get().answers.get("pain_regions", [])


class TestThePicture:
    def test_marks_by_mouse_what_the_boxes_say(self, chart):
        press_shape(chart, "left_knee")
        box = chart.get_by_label("Left knee", exact=True)
        if not chart.scripts_run:  # a tap leads to the box, and the space bar ticks it
            expect(box).to_be_focused()
            chart.keyboard.press("Space")
        expect(box).to_be_checked()
        picture(chart, "chart")
        nothing_in_the_way(chart)
        press(chart, "Continue")

        assert marked() == ["left_knee"]
        expect(chart.get_by_role("heading", level=1)).to_have_text("Left knee: how it feels")

    def test_takes_a_mark_away_again(self, chart):
        chart.get_by_label("Left knee", exact=True).check()
        if chart.scripts_run:
            press_shape(chart, "left_knee")
        else:
            press_shape(chart, "left_knee")
            chart.keyboard.press("Space")

        expect(chart.get_by_label("Left knee", exact=True)).not_to_be_checked()

    def test_is_passed_over_by_the_keyboard_which_has_the_boxes(self, chart):
        chart.get_by_label("I have no pain").focus()
        chart.keyboard.press("Tab")
        expect(chart.get_by_label("Head and face")).to_be_focused()
        chart.keyboard.press("Space")
        chart.keyboard.press("Tab")
        chart.keyboard.press("Space")
        press(chart, "Continue")

        assert marked() == ["head_front", "head_back"]

    def test_reads_back_what_is_marked_at_once_or_after_continue(self, chart):
        sentence = chart.get_by_role("status").filter(has_text="You have marked")
        expect(sentence).to_have_text("You have marked nothing yet.")
        chart.get_by_label("Left knee", exact=True).check()
        chart.get_by_label("Back of neck", exact=True).check()
        if chart.scripts_run:
            expect(sentence).to_have_text("You have marked: Back of neck, Left knee.")
        address = chart.url
        press(chart, "Continue")
        expect(chart.get_by_text("Which one bothers you most?")).to_be_visible()
        chart.get_by_role("link", name="Back", exact=True).click()
        expect(chart).to_have_url(address)

        expect(sentence).to_have_text("You have marked: Back of neck, Left knee.")

    def test_is_the_same_where_touch_is_not_wanted(self, chart, questions):
        chart.goto(page_at(Intake.objects.get(), questions.page("touch_boundaries")))
        press_shape(chart, "left_knee")
        if not chart.scripts_run:
            chart.keyboard.press("Space")
        picture(chart, "touch_boundaries")
        nothing_in_the_way(chart)
        press(chart, "Continue")

        assert Intake.objects.get().answers["touch_boundaries"] == ["left_knee"]


class TestThePlaceThatBothersMost:
    def test_is_one_of_those_marked_and_is_asked_about_by_name(self, chart):
        for place in ("Left knee", "Back of neck"):
            chart.get_by_label(place, exact=True).check()
        press(chart, "Continue")
        assert chart.get_by_role("radio").count() == 2
        picture(chart, "main_place")
        nothing_in_the_way(chart)
        chart.get_by_label("Back of neck").check()
        press(chart, "Continue")
        expect(chart.get_by_role("heading", level=1)).to_have_text("Back of neck: how it feels")
        picture(chart, "main_place_how")
        nothing_in_the_way(chart)
        no_sideways_scrolling(chart)
        press(chart, "Continue")
        expect(chart.get_by_role("heading", name="There is a problem")).to_be_visible()
        for name, value in (("worst", 7), ("now", 2), ("pattern", "constant")):
            chart.locator(f'[name="main_place_{name}"][value="{value}"]').check()
        chart.get_by_label("Aching").check()
        press(chart, "Continue")
        chart.get_by_label("No other place").check()
        press(chart, "Continue")

        expect(chart.get_by_text("Does pain or numbness spread?")).to_be_visible()
        assert Intake.objects.get().answers["main_place_worst"] == 7
