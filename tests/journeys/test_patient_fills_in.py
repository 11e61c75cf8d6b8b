"""A stranger becomes a patient: from the first page to the sent form, in a real browser."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.people.models import User
from intake.questionnaire.forms import PageForm
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission.models import Intake, Revision
from tests.journeys.steps import no_sideways_scrolling, nothing_in_the_way, picture, press
from tests.submission.filling import typed

ADDRESS = "new.person@example.org"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def type_in(page: Page, data: dict[str, object]) -> None:
    for name, value in data.items():
        inputs = page.locator(f'[name="{name}"]')
        kind = inputs.first.get_attribute("type")
        if kind == "radio" or isinstance(value, list):
            for each in value if isinstance(value, list) else [value]:
                page.locator(f'[name="{name}"][value="{each}"]').check()
        elif kind == "checkbox":
            inputs.check()
        else:
            inputs.fill(value)


def sign_in(page: Page) -> None:
    page.get_by_label("What is your e-mail address?").fill(ADDRESS)
    picture(page, "sign_in")
    nothing_in_the_way(page)
    press(page, "Send me a code")
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.M).group(1)
    page.get_by_label("Write the code we sent you").fill(code)
    picture(page, "code")
    nothing_in_the_way(page)
    press(page, "Sign in")


def fill_in_all(page: Page, questions) -> None:
    today, pictured = timezone.localdate(), set()
    for _ in range(len(questions.sections)):
        page.locator("main a.btn").click()
        while "/me/intake/" in page.url and page.url.count("/") == 8:
            code = page.url.rstrip("/").rpartition("/")[2]
            form = PageForm(questions.page(code), Intake.objects.get().answers, today)
            type_in(page, typed(form))
            kinds = {question.kind for question in form.questions} - pictured
            if kinds:
                picture(page, "page_" + "_".join(sorted(kinds)))
                pictured |= kinds
                nothing_in_the_way(page)
            no_sideways_scrolling(page)
            press(page, "Continue")


class TestAStranger:
    def test_can_fill_in_the_whole_form_and_send_it(self, visitor: Page):
        load_rules()
        questions = outline(load_questions().pk)
        visitor.goto("/")
        picture(visitor, "landing")
        nothing_in_the_way(visitor)
        visitor.get_by_role("link", name="Start your health form").click()
        picture(visitor, "start")
        nothing_in_the_way(visitor)
        visitor.get_by_label("None of these now").check()
        press(visitor, "Continue")
        sign_in(visitor)
        assert User.objects.get().email == ADDRESS
        picture(visitor, "begin")
        nothing_in_the_way(visitor)
        press(visitor, "Start, or carry on")
        picture(visitor, "tasks")
        nothing_in_the_way(visitor)
        fill_in_all(visitor, questions)
        picture(visitor, "tasks_done")
        visitor.get_by_role("link", name="Check your answers").click()
        expect(visitor.get_by_text("My back aches when I sit.")).to_be_visible()
        picture(visitor, "check")
        nothing_in_the_way(visitor)
        press(visitor, "Send to the clinic")
        expect(visitor.get_by_role("heading", name="We have your form")).to_be_visible()
        picture(visitor, "sent")
        nothing_in_the_way(visitor)
        assert Revision.objects.get().intake.reference in visitor.content()

    def test_with_an_urgent_sign_is_told_to_call_and_nothing_is_kept(self, visitor: Page):
        visitor.goto("/start/")
        visitor.get_by_label("Yes, one or more of these now").check()
        press(visitor, "Continue")
        expect(visitor.get_by_role("heading", level=1)).to_contain_text("call")
        picture(visitor, "start_emergency")
        nothing_in_the_way(visitor)
        assert not User.objects.exists()
