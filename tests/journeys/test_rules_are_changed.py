"""Two managers change a rule on the site, in a browser, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from clinic.people.models import User
from intake.screening import services
from intake.screening.services import load_default
from tests.journeys.steps import (
    arrive_as,
    no_sideways_scrolling,
    nothing_in_the_way,
    picture,
    press,
)

REASON = "The haematology team agreed on 20 November."

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def rules(db, monkeypatch) -> None:
    monkeypatch.setattr(services, "_known", {})
    load_default()


def manager(name: str) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", name=name, is_manager=True)


def seen(page: Page, name: str) -> None:
    for colours in ("dark", "light"):
        page.emulate_media(color_scheme=colours)
        picture(page, f"rules_{name}_{colours}")
        nothing_in_the_way(page)
        no_sideways_scrolling(page)


def start_a_draft(page: Page) -> None:
    page.goto("/admin/screening/ruleset/")
    seen(page, "list")
    page.locator("#result_list th a").last.click()
    expect(
        page.get_by_text("Every form that is sent is screened with this version.")
    ).to_be_visible()
    seen(page, "version")
    page.get_by_role("link", name="Conditions", exact=True).click()
    expect(page.get_by_text("144 rows")).to_be_visible()
    seen(page, "conditions")
    page.get_by_role("link", name="Start a draft").click()
    seen(page, "start")
    press(page, "Start the draft")
    expect(page.get_by_text("Draft 2026.3.1 is yours to change.")).to_be_visible()


def lower_a_heavy_row(page: Page) -> None:
    page.get_by_role("link", name="Conditions", exact=True).click()
    page.get_by_label("Words to look for").fill("haemophilia")
    press(page, "Look")
    page.get_by_role("link", name="Change bleeding_disorder").click()
    seen(page, "row")
    page.get_by_label("Sources:").fill("S999")
    press(page, "Save in draft 2026.3.1")
    expect(
        page.get_by_role("link", name="S999 is not a source (bleeding_disorder).")
    ).to_be_visible()
    seen(page, "row_wrong")
    page.get_by_label("Sources:").fill("S01\nS62\nS63")
    page.get_by_label("Acupuncture:", exact=True).select_option("caution")
    press(page, "Save in draft 2026.3.1")
    expect(page.get_by_text("Saved in draft 2026.3.1.")).to_be_visible()


def add_a_medicine(page: Page) -> None:
    page.goto(page.url.replace("/conditions/", "/medicines/"))
    page.get_by_role("link", name="Add a row").click()
    page.get_by_label("Generic name:").fill("rivazomab")
    page.get_by_label("Classes:", exact=True).fill("antiplatelet")
    seen(page, "medicine")
    press(page, "Save in draft 2026.3.1")


def send_a_wrong_file(page: Page) -> None:
    page.get_by_role("link", name="Replace all by a file").click()
    wrong = {"name": "wrong.csv", "mimeType": "text/csv", "buffer": b"Name,Dose\nx,y\n"}
    page.get_by_label("The file:").set_input_files(wrong)
    press(page, "Replace every row")
    expect(page.get_by_role("link", name="Columns are missing")).to_be_visible()
    seen(page, "file_wrong")
    page.get_by_role("link", name="Leave it as it is").click()


def see_the_difference(page: Page) -> None:
    page.get_by_role("link", name="see what it changes so far").click()
    expect(page.get_by_role("heading", name="What weighs less (1)")).to_be_visible()
    expect(page.get_by_text("Acupuncture: Contraindicated → Caution (lowered)")).to_be_visible()
    expect(page.get_by_text("Classes: antiplatelet")).to_be_visible()
    seen(page, "difference")


def enter_the_safety_owners_word(page: Page) -> None:
    page.get_by_role("link", name="Enter their name and reason").click()
    seen(page, "agree")
    page.get_by_label("Safety owner:").fill("Dr Imara Reed")
    press(page, "Keep what is filled in")
    expect(page.get_by_role("link", name="Write the reason they gave.")).to_be_visible()
    seen(page, "agree_wrong")
    page.get_by_label("Reason:").fill(REASON)
    press(page, "Keep what is filled in")
    expect(page.get_by_text("A second person has to do this.")).to_be_visible()


class TestTwoManagers:
    def test_lower_a_rule_add_a_medicine_and_put_both_in_force(self, visitor: Page, live_server):
        arrive_as(visitor, manager("Ada"), live_server)
        start_a_draft(visitor)
        lower_a_heavy_row(visitor)
        add_a_medicine(visitor)
        send_a_wrong_file(visitor)
        see_the_difference(visitor)
        enter_the_safety_owners_word(visitor)

        arrive_as(visitor, manager("Bea"), live_server)
        visitor.reload()
        visitor.get_by_label("What changed, and why").fill(REASON)
        seen(visitor, "publish")
        press(visitor, "Put 2026.3.1 in force")
        expect(visitor.get_by_text("Rules 2026.3.1 are in force.")).to_be_visible()
        expect(visitor.get_by_text(f"Dr Imara Reed: {REASON}")).to_be_visible()
        assert services.published()[1].rule("bleeding_disorder").levels[0] == "caution"


class TestOneManager:
    def test_tries_rules_on_an_invented_person_and_on_past_forms(self, visitor: Page, live_server):
        arrive_as(visitor, manager("Ada"), live_server)
        visitor.goto("/admin/screening/ruleset/")
        visitor.locator("#result_list th a").last.click()
        visitor.get_by_role("link", name="Try it", exact=True).click()
        visitor.get_by_label("An invented person").select_option(index=1)
        press(visitor, "Screen it")
        expect(visitor.get_by_role("columnheader", name="What")).to_be_visible()
        seen(visitor, "tried")
        visitor.go_back()
        visitor.go_back()
        visitor.get_by_role("link", name="Try it on past forms").click()
        press(visitor, "Count")
        expect(visitor.get_by_text("No form has been sent yet.")).to_be_visible()
        seen(visitor, "past_forms")
