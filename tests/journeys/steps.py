"""What every journey does: press, look, and check that nothing stands in anyone's way."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext as say
from playwright.sync_api import Error, Page
from signing_in import client_of

from clinic.people.models import User
from intake.questionnaire.forms import PageForm
from intake.submission.models import Intake
from tests.submission.filling import MEDICINE, page_of, typed

PICTURES = os.environ.get("TANDEM_PICTURES")
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
WIDTHS = {"phone": 390, "laptop": 1280}


def picture(page: Page, name: str) -> None:
    """Keeps what the page looks like, for a person to look at, when TANDEM_PICTURES says where."""
    if not PICTURES:
        return
    before = page.viewport_size
    for device, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 844})
        page.screenshot(path=Path(PICTURES) / f"{name}_{device}.png", full_page=True)
    page.set_viewport_size(before)


def arrive_as(page: Page, user: User, live_server) -> None:
    """The session of this person, as if they had signed in."""
    name = settings.SESSION_COOKIE_NAME
    session = client_of(user).cookies[name].value
    page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])


def press(page: Page, name: str) -> None:
    """The button of this English name, in whatever language the test speaks at this moment."""
    page.get_by_role("button", name=say(name), exact=True).click()


def nothing_in_the_way(page: Page) -> None:
    """What a machine can tell about barriers, by WCAG 2.2 AA. It needs scripts itself."""
    assert getattr(page, "script_errors", []) == []
    if not page.scripts_run:
        return
    found = barriers_on(page)
    barriers = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
    assert not barriers, (page.url, barriers)


def barriers_on(page: Page, tries: int = 3) -> list[dict]:
    """A click may return before the next page is there: one that leaves is not meant."""
    page.wait_for_load_state()
    try:
        page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
        return Axe().run(page, options=WCAG).response["violations"]
    except Error:
        if tries == 1:
            raise
        return barriers_on(page, tries - 1)


def answer_every_flag(page: Page) -> None:
    """Says what was done about each flag, or that it was seen; only a page that has come whole has
    all of them."""
    page.wait_for_load_state()
    for choice in page.locator('select[name^="flag_"]').all():
        choice.select_option("confirmed_with_doctor")
    for tick in page.locator('[name="flags_seen"]').all():
        tick.check()


def no_sideways_scrolling(page: Page) -> None:
    body = page.locator("body").bounding_box()
    assert body and body["width"] <= WIDTHS["phone"], page.url
    main = page.locator("main").bounding_box()
    assert main and main["x"] + main["width"] <= WIDTHS["phone"], page.url


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


def sign_in_by_code(page: Page, address: str) -> None:
    page.get_by_label(say("What is your e-mail address?")).fill(address)
    picture(page, "sign_in")
    nothing_in_the_way(page)
    press(page, "Send me a code")
    page.get_by_label(say("Write the code we sent you")).wait_for()
    code = re.search(r"^(\d{6})$", mail.outbox[-1].body, re.M).group(1)
    page.get_by_label(say("Write the code we sent you")).fill(code)
    picture(page, "code")
    nothing_in_the_way(page)
    press(page, "Sign in")


def list_a_medicine(page: Page) -> None:
    """One medicine in its steps, and no other."""
    picture(page, "medicine_name")
    nothing_in_the_way(page)
    page.get_by_label(say("What is the medicine called?")).fill(MEDICINE["name"])
    press(page, "Find")
    page.get_by_label(say("How much do you take?")).fill(MEDICINE["dose"])
    page.get_by_label(say("How often do you take it?")).fill(MEDICINE["how_often"])
    picture(page, "medicine_details")
    nothing_in_the_way(page)
    press(page, "Save this medicine")
    page.get_by_label(say("No, that is all")).check()
    picture(page, "medicines")
    nothing_in_the_way(page)
    no_sideways_scrolling(page)
    press(page, "Continue")


def fill_in_all(page: Page, questions) -> None:
    today, pictured = timezone.localdate(), set()
    for _ in range(len(questions.sections)):
        page.locator("main a.btn").click()
        while "/me/intake/" in page.url and page.url.count("/") > 7:
            if page.url.endswith("/add/"):
                list_a_medicine(page)
                continue
            here = page_of(page.url, questions)
            form = PageForm(here, Intake.objects.get().answers, today)
            type_in(page, typed(form))
            kinds = {question.kind for question in form.questions} - pictured
            if kinds:
                picture(page, "page_" + "_".join(sorted(kinds)))
                pictured |= kinds
                nothing_in_the_way(page)
            no_sideways_scrolling(page)
            press(page, "Continue")
