"""A practitioner reads a form with medicines and own words, in a browser."""

import re

import pytest
from django.utils import timezone
from factories import make_patient, make_practitioner
from playwright.sync_api import Page, expect

from clinic.people.models import Practitioner
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission import services
from intake.submission.models import Revision
from tests.journeys.steps import (
    arrive_as,
    no_sideways_scrolling,
    nothing_in_the_way,
    picture,
)
from tests.submission.filling import plain_answers

OWN_WORDS = "I had a stroke in May 2019. No epilepsy. My mother had a clot in her leg."
MEDICINES = [
    {"name": "Eliquis", "dose": "5 mg", "how_often": "twice a day"},
    {"name": "ibuprofen", "dose": "400 mg", "how_often": "on bad days"},
]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mei() -> Practitioner:
    return make_practitioner("mei@example.org", "Mei Lindqvist", "acupuncture", "massage")


@pytest.fixture
def sent() -> Revision:
    """Rosa is on a blood thinner she did not tick, takes a painkiller, and was unsure once."""
    load_rules()
    questions, today = outline(load_questions().pk), timezone.localdate()
    account = make_patient("rosa@example.org", "Rosa Okafor").account
    draft = services.begin(by=account)
    said = plain_answers(questions, today, own_words=OWN_WORDS, medicines=MEDICINES)
    draft = services.save_answers(intake=draft, answers=said, by=account)
    opened = {each.code: "no" for each in questions.missing(draft.answers, today)}
    draft = services.save_answers(intake=draft, answers=opened, by=account)
    return services.send(intake=draft, token=str(draft.form_token), by=account)


def looked_at(page: Page, name: str) -> None:
    for colours in ("dark", "light"):
        page.emulate_media(color_scheme=colours)
        picture(page, f"{name}_{colours}")
        nothing_in_the_way(page)
        no_sideways_scrolling(page)


class TestAPractitioner:
    def test_sees_at_a_glance_what_matters_and_why(self, visitor: Page, live_server, mei, sent):
        arrive_as(visitor, mei.user, live_server)
        visitor.goto("/reviews/")
        looked_at(visitor, "queue_with_medicines")
        visitor.get_by_role("link", name="Rosa Okafor").click()

        bleeding = visitor.locator("section.flag").filter(
            has=visitor.get_by_role("heading", name="Bleeding risk")
        )
        expect(bleeding).to_have_count(1)
        expect(bleeding.get_by_text("Eliquis 5 mg").first).to_be_visible()
        expect(bleeding.get_by_text("read as apixaban").first).to_be_visible()
        advice = bleeding.locator("details").first
        expect(advice.locator("p").first).to_be_hidden()
        advice.locator("summary").click()
        expect(advice.locator("p").first).to_be_visible()
        conflicts = visitor.get_by_text("Answered no, but the list of medicines says: Eliquis 5 mg")
        expect(conflicts).to_be_visible()
        looked_at(visitor, "case_with_medicines")

        words = visitor.locator(".own-words")
        expect(words.locator("mark")).to_have_text(["stroke"])
        expect(words.locator(".passed-over")).to_have_count(2)
        taken = visitor.get_by_role("region", name="Medicines as typed")
        expect(taken.get_by_text("apixaban", exact=True)).to_be_visible()
        expect(taken.get_by_text("ibuprofen", exact=True)).to_be_visible()

        asked = visitor.locator("section.flag").filter(has_text="Safety questions not answered")
        expect(asked.get_by_text("thin bones")).to_be_visible()
        to_answer = visitor.locator(".decision-side legend:has(.level-ask)").all_inner_texts()
        flags = visitor.locator(".evidence-side section.flag h3").all_inner_texts()
        assert to_answer == ["Ask Safety questions not answered or not sure"]
        assert set(to_answer) <= set(flags)

    def test_marks_a_part_as_seen_and_finds_the_way_back(
        self, visitor: Page, live_server, mei, sent
    ):
        arrive_as(visitor, mei.user, live_server)
        visitor.goto(f"/reviews/{sent.intake.reference}/")
        asked = visitor.get_by_role("region", name="Medicines as typed")
        asked.get_by_role("button", name=re.compile("Mark as seen")).click()

        expect(asked.get_by_text(re.compile(r"^Seen \d\d:\d\d$"))).to_be_visible()
        parts = visitor.get_by_role("navigation", name="On this page")
        expect(parts.get_by_role("link", name=re.compile("Medicines seen"))).to_be_visible()
        expect(parts.locator(".seen-mark:visible")).to_have_count(1)
        looked_at(visitor, "case_part_seen")

        visitor.goto("/reviews/")
        visitor.goto(f"/reviews/{sent.intake.reference}/")
        visitor.get_by_role("link", name="Go on where you were: Medicines").click()
        expect(visitor.locator("#medicines")).to_be_in_viewport()
