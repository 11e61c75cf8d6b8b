"""A practitioner asks about one answer, the patient answers on a phone, and both sides see it."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission import services
from intake.submission.models import Revision, Signature
from tests.journeys.steps import (
    arrive_as,
    no_sideways_scrolling,
    nothing_in_the_way,
    picture,
    press,
)
from tests.review.changed_forms import first_sent
from tests.submission.filling import plain_answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINE = "Did anyone measure your bones?"


@pytest.fixture
def sent(patient) -> Revision:
    load_rules()
    questions = outline(load_questions().pk)
    draft = services.begin(by=patient.account)
    answers = plain_answers(questions, timezone.localdate())
    return first_sent(services.save_answers(intake=draft, answers=answers, by=patient.account))


def looked_at(page, name: str) -> None:
    picture(page, name)
    nothing_in_the_way(page)


class TestOneAnswer:
    def test_is_asked_about_answered_and_read(
        self, visitor, colleague_page, live_server, patient, practitioner, sent
    ):
        signed = Signature.objects.count()
        arrive_as(colleague_page, practitioner.user, live_server)
        case = f"/reviews/{sent.intake.reference}/"
        colleague_page.goto(case)
        looked_at(colleague_page, "case_to_ask")
        colleague_page.locator('a[href$="about=osteoporosis"]').first.click()
        expect(colleague_page.locator("#id_ask_osteoporosis")).to_be_checked()
        looked_at(colleague_page, "ask")
        press(colleague_page, "Send the questions")
        expect(colleague_page.get_by_role("alert")).to_contain_text("Write in a line")
        colleague_page.locator("#id_line_osteoporosis").focus()
        colleague_page.keyboard.type(LINE)
        colleague_page.keyboard.press("Enter")
        expect(colleague_page.get_by_text("Waits for an answer since")).to_be_visible()
        looked_at(colleague_page, "case_asked")

        arrive_as(visitor, patient.account, live_server)
        visitor.goto("/me/")
        visitor.get_by_role("link", name="Answer our questions").first.click()
        expect(visitor.get_by_text(LINE)).to_be_visible()
        expect(visitor.get_by_text("Last time you said: Not sure")).to_be_visible()
        looked_at(visitor, "questions")
        no_sideways_scrolling(visitor)
        press(visitor, "Send my answers")
        expect(visitor.get_by_role("alert")).to_contain_text("I cannot say")
        looked_at(visitor, "questions_missing")
        visitor.locator('[name="osteoporosis"][value="yes"]').check()
        visitor.get_by_label("In your own words").fill("Yes, last year.")
        press(visitor, "Send my answers")
        expect(visitor.get_by_text("We have your answers.")).to_be_visible()
        looked_at(visitor, "questions_answered")

        colleague_page.goto(case)
        expect(colleague_page.get_by_role("heading", name="1 safety answer")).to_be_visible()
        expect(colleague_page.get_by_text("Yes, last year.").first).to_be_visible()
        expect(colleague_page.get_by_text("Came back as revision 2")).to_be_visible()
        looked_at(colleague_page, "case_answered")
        assert Revision.objects.count() == 2
        assert Signature.objects.count() == signed
