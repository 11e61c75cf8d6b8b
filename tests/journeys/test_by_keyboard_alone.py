"""A form is filled in, signed and sent with the keys alone: no mouse, no touch."""

import pytest
from by_keys import press_by_keys, type_by_keys
from django.utils import timezone
from playwright.sync_api import expect
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
