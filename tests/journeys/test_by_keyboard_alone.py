"""A form is filled in, signed and sent with the keys alone: no mouse, no touch."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from steps import arrive_as

from intake.questionnaire.forms import PageForm
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission.models import Intake, Revision
from intake.submission.services import begin, save_answers
from tests.submission.filling import page_of, plain_answers, typed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BY_KEYS = ("about_you", "why", "where", "consent")
"""These parts hold every way to answer; the others are filled in before."""
HERE = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  return {name: it.name || "", value: it.value || "", type: it.type || it.tagName,
          text: it.textContent.trim(), seen: box.width > 0 && box.height > 0,
          ring: getComputedStyle(it).outlineStyle !== "none"};
}"""


def go_to(page: Page, wanted) -> dict:
    """Tab by Tab, as a person would; whatever has the focus is seen and ringed."""
    for _ in range(250):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if wanted(here):
            assert here["seen"] and here["ring"], here
            return here
    raise AssertionError(f"no Tab leads there on {page.url}")


def type_by_keys(page: Page, name: str, value: object) -> None:
    here = go_to(page, lambda at: at["name"] == name)
    if here["type"] == "radio":
        for _ in range(20):
            if page.evaluate(HERE)["value"] == value:
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
    elif here["type"] == "checkbox":
        for each in value if isinstance(value, list) else [value]:
            if isinstance(value, list) and page.evaluate(HERE)["value"] != each:
                go_to(page, lambda at, each=each: (at["name"], at["value"]) == (name, each))
            page.keyboard.press("Space")
    else:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(str(value))


def press_by_keys(page: Page, words: str) -> None:
    go_to(page, lambda at: at["text"].startswith(words))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_form_is_sent_with_the_keys_alone(browser, live_server, patient):
    load_questions(), load_rules()
    account, today = patient.account, timezone.localdate()
    intake = begin(by=account)
    questions = outline(intake.question_set_id)
    by_keys = {question.code for question in questions.questions() if question.section in BY_KEYS}
    everything = plain_answers(questions, today)
    before = {code: value for code, value in everything.items() if code not in by_keys}
    intake = save_answers(intake=intake, answers=before, by=account)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    arrive_as(page, account, live_server)
    page.goto(f"/me/intake/{intake.reference}/")

    for _ in range(80):
        if page.url.endswith("/check/"):
            break
        if page.locator("form[novalidate]").count() == 0:
            press_by_keys(page, page.locator("main a.btn").inner_text())
            continue
        kept = Intake.objects.get(pk=intake.pk)
        form = PageForm(page_of(page.url, questions), kept.answers, today)
        for name, value in typed(form).items():
            type_by_keys(page, name, value)
        press_by_keys(page, "Continue")
    press_by_keys(page, "Send to the clinic")

    expect(page.get_by_role("heading", name="We have your form")).to_be_visible()
    assert Revision.objects.get().intake_id == intake.pk
    context.close()
