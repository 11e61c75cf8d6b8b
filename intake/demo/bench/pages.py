"""How long the server works on each patient page, beside the same page without forms.

The plain twin goes through the same doors (session, account, policy), reads the same rows and
renders a template that holds the finished HTML. So the ratio is what questions, forms and layout
cost.
"""

from collections.abc import Callable
from statistics import median

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.people.models import User
from intake.demo.bench import plain_urls
from intake.demo.bench.figures import Figures, figure, seconds
from intake.demo.patients import answers_on
from intake.demo.people import Person
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission.models import Intake
from intake.submission.services import begin, save_answers

ROUNDS = 15
WARM_UP = 2


@override_settings(ROOT_URLCONF=plain_urls.__name__, ALLOWED_HOSTS=["testserver"], DEBUG=False)
def measure() -> Figures:
    """`patient_pages_over_bare`: address without the form's reference -> [milliseconds, ratio]."""
    load_questions()
    load_rules()
    who = Person(3)
    account = User.objects.create_user(who.email, name=who.name)
    intake = begin(by=account)
    intake = save_answers(
        intake=intake, answers=answers_on(who, timezone.now()), by=account, now=timezone.now()
    )
    browser = Client()
    browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages, slowest, worst = {}, ([1.0], [0.0]), 0.0
    for address in _addresses(intake):
        ratios, times = _beside_the_plain_one(browser, address)
        name = address.replace(intake.reference, "…")
        pages[name] = [round(median(times) * 1000, 2), round(median(ratios), 2)]
        if "/intake/" in address and median(times) > worst:
            slowest, worst = (ratios, times), median(times)
    return {
        **figure("question_page_over_bare", slowest[0], 2),
        **figure("question_page_ms", [each * 1000 for each in slowest[1]], 2),
        "patient_pages_over_bare": pages,
    }


def _addresses(intake: Intake) -> list[str]:
    questions, today = outline(intake.question_set_id), timezone.localdate()
    form = f"/me/intake/{intake.reference}/"
    asked = [
        f"{form}{page.section}/{page.number}/"
        for section in questions.sections
        for page in questions.asked_pages(section.code, intake.answers, today)
    ]
    return ["/", "/start/", "/me/", form, f"{form}check/", *asked]


def _beside_the_plain_one(browser: Client, address: str) -> tuple[list[float], list[float]]:
    """Ratios and seconds, the two pages by turns."""
    number = plain_urls.hold(_get(browser, address)().decode())
    real, plain = _get(browser, address), _get(browser, f"/plain/{number}/")
    plain_urls.reads(number, _read_by(real)[len(_read_by(plain)) :])
    for _ in range(WARM_UP):
        real(), plain()
    pairs = [(seconds(real), seconds(plain)) for _ in range(ROUNDS)]
    return [one / other for one, other in pairs], [one for one, _ in pairs]


def _read_by(page: Callable[[], bytes]) -> list[str]:
    """What a page says to the database, the doors' part first."""
    with CaptureQueriesContext(connection) as said:
        page()
    return [each["sql"] for each in said.captured_queries]


def _get(browser: Client, address: str) -> Callable[[], bytes]:
    def get() -> bytes:
        answer = browser.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        return answer.content

    return get
