"""A patient changes one safety answer of a form that was sent, on the page."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.questionnaire.outline import outline
from intake.submission import services
from intake.submission.models import Intake
from tests.journeys.steps import nothing_in_the_way, picture, press
from tests.submission.filling import plain_answers


def looked_at(page: Page, name: str) -> None:
    picture(page, name)
    nothing_in_the_way(page)


def begin_change(page: Page, intake: Intake) -> None:
    page.goto(f"/me/intake/{intake.reference}/sent/")
    page.get_by_role("link", name="Something changed in my health").click()
    looked_at(page, "change")
    page.get_by_label("Something changed in my health").check()
    press(page, "Continue")
    expect(page.get_by_text("You are changing your form.")).to_be_visible()
    looked_at(page, "change_tasks")


def answer_page(page: Page, intake: Intake, code: str, **answers: str) -> None:
    """One page of the form; what is not named is answered no."""
    questions = outline(intake.question_set_id)
    here = questions.page(code)
    page.goto(f"/me/intake/{intake.reference}/{here.section}/{here.number}/")
    expect(page.get_by_text("Last time you said").first).to_be_visible()
    looked_at(page, "change_question")
    for question in here.questions:
        said = answers.get(question.code, "no")
        page.locator(f'[name="{question.code}"][value="{said}"]').check()
    press(page, "Continue")
    expect(page).not_to_have_title(re.compile("^Error"))


def answer_the_rest(intake: Intake, **answers: str) -> None:
    """Page by page it is as in any form; the whole way has a journey of its own."""
    questions, today = outline(intake.question_set_id), timezone.localdate()
    said = {**plain_answers(questions, today, **answers), **answers}
    services.save_answers(intake=intake, answers=said, by=intake.patient.account)


def send_change(page: Page, intake: Intake, says: str) -> None:
    page.goto(f"/me/intake/{intake.reference}/check/")
    press(page, "Send to the clinic")
    expect(page.get_by_text(says)).to_be_visible()
    looked_at(page, "change_sent")
