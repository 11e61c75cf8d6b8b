"""Every page a patient can come to, in both languages, by day and night, narrow and wide: axe finds
nothing, and nothing scrolls sideways. The pages are found by following their own links."""

from collections.abc import Iterator

import pytest
from crawling import barriers, everything_from, sort_of
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page
from steps import arrive_as

from clinic.people.models import User
from intake.demo.households import CARER, REGULAR
from intake.demo.pictures import patient_at
from intake.demo.services import fill, open_clinic
from intake.questionnaire.outline import SetOutline, outline
from intake.submission.models import Intake
from intake.submission.services import begin, save_answers
from intake.submission.words_shown import shown
from tests.submission.filling import plain_answers

LEAVES_THE_SITE_OF_PATIENTS = ("admin:", "demo:", "review:queue", "account_login")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(
    params=[
        ("en", "light", 1280),
        ("es", "dark", 320),
        pytest.param(("en", "dark", 320), marks=pytest.mark.long),
        pytest.param(("es", "light", 1280), marks=pytest.mark.long),
    ],
    ids=["english_day", "spanish_night", "english_night", "spanish_day"],
)
def look(request) -> tuple[str, str, int]:
    """Each language by day on a laptop, and by night on a narrow phone; half of them always."""
    return request.param


@pytest.fixture
def page(browser, live_server, look) -> Iterator[Page]:
    language, scheme, width = look
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        locale=language,
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def clinic_opened(db) -> None:
    """Nobody was here yet; the questions may be read in both languages."""
    open_clinic()


@pytest.fixture
def clinic_with_people(db) -> None:
    fill(patients=20)


def kind_of(path: str) -> str:
    """One page of each sort for each account; question pages all of them."""
    sort = sort_of(path)
    if sort.startswith(LEAVES_THE_SITE_OF_PATIENTS):
        return ""
    return path if sort == "submission:page" else sort


def filled_in(account: User, language: str) -> SetOutline:
    """The draft of this account, complete; what is signed was read in this language."""
    intake = begin(by=account)
    questions = outline(intake.question_set_id)
    answers = plain_answers(questions, timezone.localdate())
    seen = shown(intake, language).translation_id
    save_answers(intake=intake, answers=answers, by=account, seen=seen)
    return questions


def test_of_a_stranger(page, look, clinic_opened):
    found, sorts = everything_from(page, ["/"], look[2], kind_of)

    assert found == {}
    assert {"landing", "submission:start", "submission:paper"} <= set(sorts)


def test_of_people_all_along_the_way(page, look, live_server, clinic_with_people):
    accounts = [patient_at(station) for station in ("cleared", "asked")]
    for email in [*accounts, CARER.email, REGULAR.email]:
        arrive_as(page, User.objects.get(email=email), live_server)
        found, sorts = everything_from(page, ["/me/"], look[2], kind_of)

        assert found == {}
        assert sorts["home:me"] >= 1


def test_of_a_form_that_is_filled_in(page, look, live_server, clinic_opened):
    account = User.objects.create_user("new.person@example.org")
    questions = filled_in(account, look[0])
    arrive_as(page, account, live_server)
    found, sorts = everything_from(page, ["/me/"], look[2], kind_of)

    intake = Intake.objects.get(patient__account=account)
    asked = {q.page for q in questions.asked_questions(intake.answers, timezone.localdate())}
    assert found == {}
    assert sorts["submission:page"] >= len(asked) - 1  # the list of medicines has pages of its own


def test_of_a_form_where_nothing_was_answered(page, look, live_server, clinic_opened):
    """Continue is pressed on each page with nothing on it: the error is read by everyone too."""
    account = User.objects.create_user("new.person@example.org")
    intake = begin(by=account)
    questions = outline(intake.question_set_id)
    arrive_as(page, account, live_server)
    found, tried = {}, set()
    for section in questions.sections:
        for asked in questions.asked_pages(section.code, {}, timezone.localdate()):
            kinds = frozenset(q.kind for q in asked.questions if q.required)
            if kinds <= tried or asked.listed:
                continue
            tried |= kinds
            page.goto(f"/me/intake/{intake.reference}/{section.code}/{asked.number}/")
            page.locator("form:has([name=csrfmiddlewaretoken]) button:not(.link)").last.click()
            if problems := barriers(page, look[2]):
                found[asked.code] = problems
            assert page.locator(".error-summary").count() == 1, asked.code

    assert found == {}
    assert {"yes_no", "choice", "text", "date", "regions", "signature", "consent"} <= tried


def test_language_of_the_pages(page, look, clinic_opened):
    page.goto("/")

    assert page.get_attribute("html", "lang") == look[0]
    assert settings.LANGUAGE_CODE == "en"
