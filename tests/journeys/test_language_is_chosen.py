"""Someone chooses a language by keyboard and finds it again in their account; scripts or not."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from clinic.people.models import User
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from tests.journeys.steps import no_sideways_scrolling, nothing_in_the_way, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(db) -> None:
    load_rules()
    load_questions()


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the button of this name has the focus."""
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} is not among the first six places of the focus.")


def test_from_the_first_page_to_an_account(visitor, opened):
    visitor.goto("/")
    tab_to(visitor, "Español")
    visitor.keyboard.press("Enter")

    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Agujas y manos")
    expect(visitor.locator("html")).to_have_attribute("lang", "es")
    nothing_in_the_way(visitor)
    no_sideways_scrolling(visitor)
    visitor.goto("/account/code/?next=/start/begin/")
    visitor.get_by_label("¿Cuál es su dirección de correo electrónico?").fill("nueva@example.org")
    press(visitor, "Envíenme un código")
    visitor.get_by_label("Escriba el código que le enviamos").fill(
        re.search(r"^\d{6}$", mail.outbox[-1].body, re.M)[0]
    )
    press(visitor, "Entrar")

    expect(visitor.get_by_role("heading", level=1)).to_have_text("Su formulario de salud")
    assert User.objects.get().language == "es"
    press(visitor, "English")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Your health form")
    assert User.objects.get().language == "en"


def test_the_switch_is_large_enough_for_a_thumb(visitor, opened):
    visitor.goto("/")
    for name in ("English", "Español"):
        box = visitor.get_by_role("button", name=name, exact=True).bounding_box()
        assert box and min(box["width"], box["height"]) >= 48
