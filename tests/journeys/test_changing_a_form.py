"""A decided form is changed in a safety answer: the visit is held, decided on again, and stands."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.booking.models import Visit
from intake.questionnaire.outline import outline
from intake.submission import services
from intake.submission.models import Intake, Revision
from tests.journeys.steps import answer_every_flag, arrive_as, nothing_in_the_way, picture, press
from tests.review.decision_forms import gone_out
from tests.submission.filling import plain_answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(page: Page, name: str) -> None:
    picture(page, name)
    nothing_in_the_way(page)


def change_one_safety_answer(page: Page, intake: Intake) -> None:
    page.goto(f"/me/intake/{intake.reference}/sent/")
    page.get_by_role("link", name="Something changed in my health").click()
    looked_at(page, "change")
    page.get_by_label("Something changed in my health").check()
    press(page, "Continue")
    expect(page.get_by_text("You are changing your form.")).to_be_visible()
    looked_at(page, "change_tasks")
    questions = outline(intake.question_set_id)
    organs = questions.page("organs")
    page.goto(f"/me/intake/{intake.reference}/{organs.section}/{organs.number}/")
    expect(page.get_by_text("Last time you said: Yes")).to_be_visible()
    looked_at(page, "change_question")
    for question in organs.questions:
        page.locator(f'[name="{question.code}"][value="no"]').check()
    press(page, "Continue")
    expect(page).not_to_have_title(re.compile("^Error"))


def answer_the_rest(intake: Intake) -> None:
    """Page by page it is as in any form; the whole way has a journey of its own."""
    questions, today = outline(intake.question_set_id), timezone.localdate()
    answers = {**plain_answers(questions, today, diabetes="no"), "diabetes": "no"}
    services.save_answers(intake=intake, answers=answers, by=intake.patient.account)


def send_it(page: Page, intake: Intake) -> None:
    page.goto(f"/me/intake/{intake.reference}/check/")
    press(page, "Send to the clinic")
    expect(page.get_by_text("It is on hold until then.")).to_be_visible()
    looked_at(page, "change_sent")


class TestASafetyAnswer:
    def test_holds_the_visit_until_a_practitioner_has_decided_again(
        self, visitor: Page, colleague_page: Page, live_server, patient, practitioner, booked
    ):
        intake = booked.clearance.revision.intake
        arrive_as(visitor, patient.account, live_server)
        arrive_as(colleague_page, practitioner.user, live_server)

        change_one_safety_answer(visitor, intake)
        answer_the_rest(intake)
        send_it(visitor, intake)
        visitor.goto(f"/me/visits/{booked.reference}/")
        expect(visitor.get_by_text("This visit is on hold.")).to_be_visible()
        looked_at(visitor, "visit_held")

        colleague_page.goto("/reviews/")
        expect(colleague_page.get_by_text("Changed", exact=True)).to_be_visible()
        looked_at(colleague_page, "queue_changed")
        colleague_page.get_by_role("link", name=patient.name).click()
        expect(colleague_page.get_by_role("heading", name="1 safety answer")).to_be_visible()
        looked_at(colleague_page, "case_changed")
        answer_every_flag(colleague_page)
        colleague_page.locator('[name="acupuncture"][value="suitable"]').check()
        colleague_page.locator('[name="massage"][value="suitable_with_changes"]').check()
        colleague_page.get_by_label("Reason for this decision on acupuncture").fill("Steady.")
        colleague_page.get_by_label("Other changes for massage, one a line").fill("Light pressure")
        colleague_page.get_by_label("What the patient will read").fill("You can come as booked.")
        press(colleague_page, "Save the decision")
        expect(colleague_page.get_by_role("status").first).to_contain_text(
            "until then you can take it back"
        )
        assert gone_out() == 1

        assert Revision.objects.count() == 2
        visit = Visit.objects.with_treatments().get()
        assert visit.still_cleared
        assert visit.clearance.revision.number == 2
        visitor.goto(f"/me/visits/{booked.reference}/")
        expect(visitor.get_by_text("This visit is on hold.")).to_have_count(0)
