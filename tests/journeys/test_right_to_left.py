"""A language that is read from right to left: the pages are mirrored, the body chart is not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pseudo_translation import check_all
from steps import WCAG, arrive_as

from clinic.people.models import User
from intake.questionnaire import source
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.outline import SetOutline, outline
from intake.questionnaire.services import load_default as load_questions
from intake.questionnaire.translating import load_translation
from intake.screening.services import load_default as load_rules
from intake.submission.services import begin
from tests.submission.places import page_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = 320


@pytest.fixture(autouse=True)
def three_languages(settings) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]


@pytest.fixture
def questions(db, tmp_path, monkeypatch) -> SetOutline:
    """With texts that stand for Arabic ones: only how they lie on the page matters here."""
    folder: Path = tmp_path / "default"
    shutil.copytree(source.FOLDER, folder)
    shutil.copytree(folder / "es", folder / "ar")
    monkeypatch.setattr(source, "FOLDER", folder)
    load_rules()
    question_set: QuestionSet = load_questions()
    manager = User.objects.create_user("bea@example.org", is_manager=True)
    check_all(load_translation(question_set=question_set, language="ar"), manager)
    return outline(question_set.pk)


@pytest.fixture
def page(browser, live_server) -> Iterator[Page]:
    view = {"width": NARROW, "height": 800}
    context = browser.new_context(base_url=live_server.url, viewport=view, locale="ar")
    yield context.new_page()
    context.close()


def fits(page: Page) -> bool:
    """Nothing can be scrolled sideways, to either side."""
    return page.evaluate(
        "document.documentElement.scrollWidth <= window.innerWidth"
        " && (window.scrollTo(-500, 0), window.scrollX === 0)"
    )


def middle(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2


def read_from_the_right(page: Page) -> bool:
    return page.get_attribute("html", "dir") == "rtl" and page.get_attribute("html", "lang") == "ar"


@pytest.mark.parametrize("address", ["/", "/start/", "/account/code/"])
def test_the_pages_of_a_stranger_are_mirrored_and_fit(page, questions, address):
    page.goto(address)

    assert read_from_the_right(page)
    assert fits(page)
    assert middle(page, ".brand-mark") > NARROW / 2
    assert Axe().run(page, options=WCAG).response["violations"] == []


def test_the_masthead_of_someone_signed_in_is_mirrored(page, questions, account, live_server):
    arrive_as(page, account, live_server)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/me/")

    assert read_from_the_right(page)
    assert middle(page, ".brand") > middle(page, ".own")


@pytest.mark.parametrize("name", ["who", "pain_regions"])
def test_question_pages_are_mirrored_and_fit(page, questions, account, live_server, name):
    draft = begin(by=account)
    first = next(iter(questions.pages())) if name == "who" else questions.page(name)
    arrive_as(page, account, live_server)
    page.goto(page_at(draft, first))

    assert read_from_the_right(page)
    assert fits(page)
    box, label = (middle(page, f".choice {part}") for part in ("input", "label"))
    assert box > label


def test_the_body_is_never_mirrored(page, questions, account, live_server):
    """Seen from the front, the right of the patient is on the left, in every language."""
    draft = begin(by=account)
    arrive_as(page, account, live_server)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(page_at(draft, questions.page("pain_regions")))

    assert middle(page, ".figure .r-right_knee") < middle(page, ".figure .r-left_knee")
    assert middle(page, ".sides span:first-child") < middle(page, ".sides span:last-child")
    front, back = page.locator(".figure").all()
    assert front.bounding_box()["x"] < back.bounding_box()["x"]
