"""What was saved is there again, and what was typed is given back, whatever happens."""

import shutil
from collections.abc import Iterator

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils.translation import gettext as say
from django.utils.translation import override
from playwright.sync_api import Page, expect

from clinic.people.middleware import IDLE_SECONDS
from clinic.people.models import User
from intake.demo.services import open_clinic
from intake.questionnaire.outline import SetOutline, outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission.models import Intake, Revision
from intake.submission.services import begin
from tests.journeys.conftest import FLAGS, a_page
from tests.journeys.steps import arrive_as, fill_in_all, press, sign_in_by_code

ADDRESS = "new.person@example.org"
OWN_WORDS = "My back aches since I moved house."

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def questions(db) -> SetOutline:
    load_rules()
    return outline(load_questions().pk)


@pytest.fixture
def draft(questions) -> Intake:
    return begin(by=User.objects.create_user(ADDRESS))


@pytest.fixture
def other_screen(browser, live_server, visitor) -> Iterator[Page]:
    """The same person, on another device."""
    page = a_page(browser, live_server, scripts=visitor.scripts_run, width=1280)
    yield page
    page.context.close()


def own_words(draft: Intake, questions: SetOutline) -> str:
    """The address of the page where someone says it in their own words."""
    page = questions.page(questions.question("own_words").page)
    return f"/me/intake/{draft.reference}/{page.section}/{page.number}/"


def write(page: Page, address: str, words: str) -> None:
    page.goto(address)
    page.locator("[name=own_words]").fill(words)


def save(page: Page, address: str, words: str) -> None:
    write(page, address, words)
    press(page, "Save and leave")
    expect(page.get_by_text("Your answers are saved.")).to_be_visible()


def be_away() -> None:
    """For longer than someone stays signed in without doing anything."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        session["last_seen"] -= IDLE_SECONDS["patient"] + 60
        session.save()


def test_signed_out_while_the_page_was_open(visitor, draft, questions, live_server):
    arrive_as(visitor, draft.patient.account, live_server)
    write(visitor, own_words(draft, questions), OWN_WORDS)
    be_away()
    press(visitor, "Save and leave")
    visitor.get_by_label("What is your e-mail address?").wait_for()
    sign_in_by_code(visitor, ADDRESS)

    expect(visitor.get_by_text("You were signed out while this page was open.")).to_be_visible()
    expect(visitor.locator("[name=own_words]")).to_have_value(OWN_WORDS)
    press(visitor, "Save and leave")
    expect(visitor.get_by_text("Your answers are saved.")).to_be_visible()
    draft.refresh_from_db()
    assert draft.answers["own_words"] == OWN_WORDS


def test_browser_is_killed(browser, visitor, draft, questions, live_server):
    """A second Chromium, without its cookies: only what was saved is left."""
    arrive_as(visitor, draft.patient.account, live_server)
    save(visitor, own_words(draft, questions), OWN_WORDS)
    second = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    page = second.new_page(base_url=live_server.url)
    arrive_as(page, draft.patient.account, live_server)
    write(page, own_words(draft, questions), "not saved yet")
    second.close()

    arrive_as(visitor, draft.patient.account, live_server)
    visitor.goto("/me/")
    visitor.get_by_role("link", name="Carry on with your form").click()
    visitor.goto(own_words(draft, questions))
    expect(visitor.locator("[name=own_words]")).to_have_value(OWN_WORDS)


def test_two_screens_at_once(visitor, other_screen, draft, questions, live_server):
    address = own_words(draft, questions)
    for page in (visitor, other_screen):
        arrive_as(page, draft.patient.account, live_server)
    visitor.goto(address)
    save(other_screen, address, OWN_WORDS)
    visitor.locator("[name=own_words]").fill("It is my neck.")
    press(visitor, "Continue")

    expect(visitor.get_by_text(OWN_WORDS)).to_be_visible()
    press(visitor, "Put back what it said before")
    expect(visitor.get_by_text("It says again what it said before.")).to_be_visible()
    visitor.goto(address)
    expect(visitor.locator("[name=own_words]")).to_have_value(OWN_WORDS)


def test_a_whole_form_in_spanish(visitor, db):
    """From the first page to what was sent, with scripts and without."""
    open_clinic()
    questions = outline(load_questions().pk)
    with override("es"):
        visitor.goto("/")
        press(visitor, "Español")
        visitor.goto("/start/begin/")
        scripts = "con" if visitor.scripts_run else "sin"  # an address gets few codes a minute
        sign_in_by_code(visitor, f"{scripts}.guion@example.org")
        press(visitor, "Start, or carry on")
        fill_in_all(visitor, questions)
        visitor.get_by_role("link", name=say("Check your answers")).click()
        press(visitor, "Send to the clinic")
        expect(visitor.get_by_role("heading", name=say("We have your form"))).to_be_visible()

    sent = Revision.objects.get()
    assert sent.translation.language == "es"
    assert "Recibimos" in mail.outbox[-1].subject or len(mail.outbox) == 1
