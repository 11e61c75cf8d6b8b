"""What rules a therapy out is passed by two people who have not seen each other's opinion; where
they disagree, a third one decides. And two people, one therapy each."""

import re

import pytest
from factories import make_practitioner, make_sent
from playwright.sync_api import Page, expect

from clinic.people.models import Practitioner
from intake.review.models import Clearance
from intake.submission.models import Revision
from intake.submission.states import State
from tests.journeys.steps import answer_every_flag, arrive_as, nothing_in_the_way, picture, press
from tests.review.decision_forms import gone_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kit(db) -> Practitioner:
    return make_practitioner("kit@example.org", "Kit Alder", "massage")


@pytest.fixture
def needles(db) -> Practitioner:
    return make_practitioner("lee@example.org", "Lee Hart", "acupuncture")


@pytest.fixture
def ruled_out(patient) -> Revision:
    return make_sent(patient, wants=("massage",), flags={"dvt_current": "contraindicated"})


@pytest.fixture
def both(patient) -> Revision:
    return make_sent(patient)


def open_case(page: Page, who: Practitioner, revision: Revision, live_server) -> None:
    arrive_as(page, who.user, live_server)
    page.goto(f"/reviews/{revision.intake.reference}/")


def decide(page: Page, therapy: str, suitability: str) -> None:
    """Every Stop flag is answered; the message is drafted by the site and saved as it is."""
    answer_every_flag(page)
    page.locator(f'[name="{therapy}"][value="{suitability}"]').check()
    if suitability == "not_now":
        page.locator(f'[name="{therapy}_next_step"]').select_option("see_doctor")
        page.locator(f'[name="{therapy}_reason"]').fill("The clot is three weeks old.")
    press(page, "Save the decision")


def save_the_draft(page: Page) -> None:
    """First on the page, and in focus, it says that nothing is stored yet."""
    expect(page).to_have_title(re.compile("^Not stored yet: "))
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Read what they will read").click()
    expect(page.get_by_role("button", name="Save the decision")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="What the patient will read")).to_be_visible()
    press(page, "Save the decision")
    expect(page.get_by_role("status").first).to_contain_text("is stored")


def looked_at(page: Page, name: str) -> None:
    picture(page, name)
    nothing_in_the_way(page)


def first_names_kit(page: Page, masseur: Practitioner, ruled_out: Revision, live_server) -> None:
    open_case(page, masseur, ruled_out, live_server)
    decide(page, "massage", "suitable")
    expect(page.get_by_text("one person alone cannot pass this").first).to_be_visible()
    looked_at(page, "second_needed")
    page.get_by_label("Who looks at it too").select_option(label="Kit Alder")
    press(page, "Save the decision")
    save_the_draft(page)
    looked_at(page, "second_asked")


class TestWhatRulesATherapyOut:
    def test_is_cleared_when_a_second_person_finds_the_same(
        self, colleague_page: Page, ruled_out, masseur, kit, live_server
    ):
        first_names_kit(colleague_page, masseur, ruled_out, live_server)
        assert gone_out() == 0

        open_case(colleague_page, kit, ruled_out, live_server)
        expect(colleague_page.get_by_text("Jo Brandt asks you")).to_be_visible()
        expect(colleague_page.get_by_text("You see it when you have decided")).to_be_visible()
        expect(colleague_page.locator("article.record")).to_have_count(0)
        looked_at(colleague_page, "second_blind")
        decide(colleague_page, "massage", "suitable")
        save_the_draft(colleague_page)
        expect(colleague_page.locator("article.record")).to_have_count(2)

        assert gone_out() == 1
        rests_on = Clearance.objects.get().therapies.get()
        assert rests_on.second.decision.by == masseur.user

    def test_is_not_cleared_while_two_disagree_and_a_third_decides(
        self, colleague_page: Page, ruled_out, masseur, kit, practitioner, live_server
    ):
        first_names_kit(colleague_page, masseur, ruled_out, live_server)
        open_case(colleague_page, kit, ruled_out, live_server)
        decide(colleague_page, "massage", "not_now")
        save_the_draft(colleague_page)
        expect(colleague_page.get_by_text("Two people disagree about massage.")).to_be_visible()
        looked_at(colleague_page, "disagree")
        assert gone_out() == 0
        colleague_page.get_by_label("Who", exact=True).select_option(label="Mei Lindqvist")
        press(colleague_page, "Ask them")
        expect(colleague_page.get_by_role("status").first).to_contain_text("Mei Lindqvist is asked")

        open_case(colleague_page, practitioner, ruled_out, live_server)
        expect(
            colleague_page.get_by_text("two colleagues disagree, and you decide")
        ).to_be_visible()
        decide(colleague_page, "massage", "not_now")
        save_the_draft(colleague_page)

        assert gone_out() == 1
        assert not Clearance.objects.exists()
        ruled_out.intake.refresh_from_db()
        assert ruled_out.intake.state == State.DECIDED


class TestTwoDisciplines:
    def test_each_decides_before_they_see_the_other(
        self, colleague_page: Page, both, masseur, needles, live_server
    ):
        open_case(colleague_page, masseur, both, live_server)
        decide(colleague_page, "massage", "suitable")
        save_the_draft(colleague_page)

        open_case(colleague_page, needles, both, live_server)
        expect(colleague_page.get_by_text("Jo Brandt has decided on massage.")).to_be_visible()
        expect(colleague_page.locator("article.record")).to_have_count(0)
        decide(colleague_page, "acupuncture", "suitable")
        save_the_draft(colleague_page)

        assert gone_out() == 1
        cleared = Clearance.objects.get()
        assert sorted(each.therapy for each in cleared.therapies.all()) == [
            "acupuncture",
            "massage",
        ]
        assert not cleared.together  # nobody ticked that they may share a visit

    def test_a_decision_is_taken_back(self, colleague_page: Page, both, practitioner, live_server):
        open_case(colleague_page, practitioner, both, live_server)
        colleague_page.locator('[name="acupuncture"][value="left_open"]').check()
        decide(colleague_page, "massage", "suitable")
        save_the_draft(colleague_page)
        press(colleague_page, "Take it back")
        expect(colleague_page.get_by_role("status").first).to_contain_text("Nothing has gone out.")

        assert gone_out() == 0
        expect(colleague_page.locator("article.record")).to_have_count(0)
