"""While a practitioner reads a form and writes a decision, its patient changes a safety answer."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.review.models import Clearance, Decision
from intake.screening.services import load_default as load_rules
from intake.submission import services
from intake.submission.models import Intake
from tests.journeys.changing import (
    answer_page,
    answer_the_rest,
    begin_change,
    looked_at,
    send_change,
)
from tests.journeys.steps import answer_every_flag, arrive_as, press
from tests.review.changed_forms import first_sent
from tests.review.decision_forms import gone_out
from tests.submission.filling import plain_answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = {
    "What the patient will read": "You can come. We treat you lying on your side.",
    "Note for colleagues": "She asked about her knees twice.",
    "Reason for this decision on acupuncture": "Sugar is steady.",
    "Other changes for massage, one a line": "Light pressure on the feet",
}
OUTDATED = "The patient has sent something newer. Read that first."


@pytest.fixture
def sent(patient) -> Intake:
    """Diabetes and a doubt; everything else no."""
    load_rules()
    questions = outline(load_questions().pk)
    draft = services.begin(by=patient.account)
    answers = plain_answers(questions, timezone.localdate())
    complete = services.save_answers(intake=draft, answers=answers, by=patient.account)
    return first_sent(complete).intake


def open_from_the_queue(page: Page, name: str) -> None:
    page.goto("/reviews/")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name="Decision", exact=True)).to_be_visible()


def write_a_decision(page: Page) -> None:
    answer_every_flag(page)
    page.locator('[name="acupuncture"][value="suitable"]').check()
    page.locator('[name="massage"][value="suitable_with_changes"]').check()
    for label, words in TYPED.items():
        page.get_by_label(label).fill(words)


def amend(page: Page, intake: Intake) -> None:
    begin_change(page, intake)
    answer_page(page, intake, "heart", heart_failure="yes")
    answer_the_rest(intake, heart_failure="yes")
    send_change(page, intake, "We have your form. A practitioner will read it.")


def everything_typed_is_there(page: Page) -> None:
    for label, words in TYPED.items():
        expect(page.get_by_label(label)).to_have_value(words)
    expect(page.locator('[name="acupuncture"][value="suitable"]')).to_be_checked()
    expect(page.locator('[name="massage"][value="suitable_with_changes"]')).to_be_checked()


def test_nothing_is_stored_and_the_page_says_what_changed(
    visitor: Page, colleague_page: Page, live_server, patient, practitioner, sent
):
    arrive_as(visitor, patient.account, live_server)
    arrive_as(colleague_page, practitioner.user, live_server)
    open_from_the_queue(colleague_page, patient.name)
    write_a_decision(colleague_page)
    answered = colleague_page.locator('select[name^="flag_"]').count()

    amend(visitor, sent)
    press(colleague_page, "Save the decision")

    expect(colleague_page.get_by_role("alert")).to_contain_text(OUTDATED)
    expect(colleague_page.get_by_role("heading", name="1 safety answer")).to_be_visible()
    row = colleague_page.get_by_role("region", name="Answers that changed").get_by_role("row")
    expect(row.filter(has_text="heart failure").get_by_role("cell").first).to_have_text("No")
    expect(row.filter(has_text="heart failure").get_by_role("cell").nth(1)).to_have_text("Yes")
    everything_typed_is_there(colleague_page)
    looked_at(colleague_page, "amended_during_review")
    assert not Decision.objects.exists()

    unanswered = colleague_page.locator('select[name^="flag_"]:has(option[value=""]:checked)')
    expect(colleague_page.locator('select[name^="flag_"]')).to_have_count(answered + 1)
    expect(unanswered).to_have_count(1)
    press(colleague_page, "Save the decision")
    expect(colleague_page.get_by_role("alert")).to_contain_text("Choose what you did about")
    everything_typed_is_there(colleague_page)
    answer_every_flag(colleague_page)
    press(colleague_page, "Save the decision")
    expect(colleague_page.get_by_role("status").first).to_contain_text("is stored")

    assert gone_out() == 1
    decision = Decision.objects.get()
    assert decision.revision.number == 2
    assert decision.for_patient == TYPED["What the patient will read"]
    assert Clearance.objects.get().revision_id == decision.revision_id
