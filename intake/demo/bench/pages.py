"""How long the server works on each patient page, beside the same page without forms.

The plain twin goes through the same doors (session, account, policy), reads the same rows and
renders a template that holds the finished HTML. So the ratio is what questions, forms and layout
cost. Beside it stands the ratio to a twin that reads nothing: what the whole page costs.
"""

from collections.abc import Callable

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.people.models import User
from intake.demo.bench import plain_urls
from intake.demo.bench.figures import Figures, figure, seconds
from intake.demo.bench.walking import name_of, pages_along_the_way
from intake.demo.patients import answers_on
from intake.demo.people import Person
from intake.demo.services import fill
from intake.questionnaire.outline import outline
from intake.submission.models import Intake
from intake.submission.services import begin, save_answers

ROUNDS = 15
WARM_UP = 2


@override_settings(ROOT_URLCONF=plain_urls.__name__, ALLOWED_HOSTS=["testserver"], DEBUG=False)
def measure() -> Figures:
    """`patient_pages_over_bare`: address without the form's reference -> [milliseconds, ratio to
    the twin that reads the same, ratio to the twin that reads nothing], of the quickest rounds,
    which other work on the machine disturbs least."""
    fill(patients=20)
    who = Person(3_003)
    account = User.objects.create_user(who.email, name=who.name)
    intake = begin(by=account)
    intake = save_answers(
        intake=intake, answers=answers_on(who, timezone.now()), by=account, now=timezone.now()
    )
    browser = Client()
    browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages, slowest, worst = {}, [], 0.0
    own = [(browser, address, name_of(address)) for address in _addresses(intake)]
    for browser, address, name in [*own, *pages_along_the_way()]:
        finished = _beside_the_plain_one(browser, address, reads_the_same=False)
        same = _beside_the_plain_one(browser, address, reads_the_same=True)
        quickest = min(real for real, _ in same)
        taken = [quickest * 1000, _ratio(same), _ratio(finished)]
        pages[name] = [round(each, 2) for each in taken]
        if "/intake/" in address and quickest > worst:
            slowest, worst = same, quickest
    return {
        **figure("question_page_over_bare", [real / plain for real, plain in slowest], 2),
        **figure("question_page_ms", [real * 1000 for real, _ in slowest], 2),
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


def _beside_the_plain_one(
    browser: Client, address: str, *, reads_the_same: bool
) -> list[tuple[float, float]]:
    """Seconds of the page and of its twin, by turns."""
    number = plain_urls.hold(_get(browser, address)().decode())
    real, plain = _get(browser, address), _get(browser, f"/plain/{number}/")
    if reads_the_same:
        plain_urls.reads(number, _read_by(real)[len(_read_by(plain)) :])
    for _ in range(WARM_UP):
        real(), plain()
    return [(seconds(real), seconds(plain)) for _ in range(ROUNDS)]


def _ratio(pairs: list[tuple[float, float]]) -> float:
    return min(real for real, _ in pairs) / min(plain for _, plain in pairs)


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
