"""What a phone has to fetch: the real site, a real browser, bytes as they travel."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.conf import settings as site_settings
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Response
from real_site import SECRET, database_of_this_test, real_site
from signing_in import client_of

from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission import services
from tests.submission.filling import plain_answers

FIRST_VISIT = 110_000
FIRST_REQUESTS = 8
NEXT_PAGE = 15_000
CHART_PAGE = 20_000
"""The two figures of the body and their rows are the heaviest page."""

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Fetched:
    bytes: int
    requests: int
    origins: set[str]


@pytest.fixture
def site(tmp_path, settings) -> Iterator[str]:
    settings.SECRET_KEY = SECRET
    load_rules()
    load_questions()
    with real_site(tmp_path, database_of_this_test()) as address:
        yield address


@pytest.fixture
def phone(browser, site) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site, viewport={"width": 390, "height": 844})
    yield context
    context.close()


def fetched(page: Page, path: str) -> Fetched:
    """Everything that came over the wire for this page: heads and bodies, compressed."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(path, wait_until="load")
    page.remove_listener("response", note)
    sizes = [answer.request.sizes() for answer in answers]
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    origins = {urlsplit(answer.url).netloc for answer in answers}
    return Fetched(total, len(answers), origins)


def sign_in(phone: BrowserContext, account, site: str) -> None:
    client = client_of(account)
    name = site_settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    secure = site.replace("http:", "https:")  # what a cookie for this host alone asks for
    phone.add_cookies([{"name": "__Host-sessionid", "value": value, "url": secure, "secure": True}])


def test_the_first_visit(phone, site):
    first = fetched(phone.new_page(), "/")

    assert first.bytes <= FIRST_VISIT
    assert first.requests <= FIRST_REQUESTS
    assert first.origins == {urlsplit(site).netloc}


def test_each_further_page(phone, site, patient):
    """Every page a patient can be shown on the way from the door to the sent form, and after."""
    sign_in(phone, patient.account, site)
    page = phone.new_page()
    fetched(page, "/")
    intake = services.begin(by=patient.account)
    questions = outline(intake.question_set_id)
    today = timezone.localdate()
    answers = plain_answers(questions, today)
    intake = services.save_answers(intake=intake, answers=answers, by=patient.account)
    form = f"/me/intake/{intake.reference}"
    asked = [p for s in questions.sections for p in questions.asked_pages(s.code, answers, today)]
    paths = ["/start/", "/me/", f"{form}/", f"{form}/check/"]
    paths += [f"{form}/{p.section}/{p.number}/" for p in asked]

    weights = {path: fetched(page, path) for path in paths}

    heavy = {path: each.bytes for path, each in weights.items() if each.bytes > limit(path, asked)}
    assert heavy == {}


def limit(path: str, asked: list) -> int:
    number = path.rstrip("/").rpartition("/")[2]
    on_it = next((p for p in asked if str(p.number) == number), None)
    chart = on_it is not None and any(q.kind == "regions" for q in on_it.questions)
    return CHART_PAGE if chart else NEXT_PAGE
