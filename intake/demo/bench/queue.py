"""The queue and opening a case, with a thousand forms and with a hundred thousand.

Target: the same number of queries, and at most one and a half times the time; the ratios are of the
quickest rounds, which other work on the machine disturbs least.
"""

from time import perf_counter

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic.people.models import Practitioner, Registration, User
from intake.demo.bench.crowd import fill
from intake.demo.bench.figures import Figures, figure
from intake.demo.patients import answers_on, filled_in
from intake.demo.people import person
from intake.demo.services import open_clinic
from intake.review.queue import TABS
from intake.submission.models import Intake
from intake.submission.services import send

FEW, MANY = 1_000, 100_000
ORIGINALS = 20
ROUNDS = 15
WARM_UP = 3


@override_settings(ALLOWED_HOSTS=["testserver"], DEBUG=False)
def measure() -> Figures:
    """`queue_…` and `case_…`: queries, milliseconds in the database and altogether, and ratios."""
    practitioner = open_clinic()
    registration = Registration.objects.filter(practitioner=practitioner, therapy="massage").get()
    for number in range(ORIGINALS):
        _sent(number)
    browser, figures, found = _browser(practitioner), {}, {}
    for size, more in ((FEW, FEW - ORIGINALS), (MANY, MANY - FEW)):
        fill(more, by=practitioner.user_id, registration=registration.pk)
        for name, address in _addresses():
            taken = [_once(browser, address) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
            found[name, size] = taken
            figures |= _figures(f"{name}_{size}", taken)
    for name, _ in _addresses():
        before, after = (min(_total(found[name, size])) for size in (FEW, MANY))
        figures[f"{name}_ratio"] = round(after / before, 2)
        queries = [found[name, size][-1][0] for size in (FEW, MANY)]
        figures[f"{name}_same_number_of_queries"] = queries[0] == queries[1]
    return figures


def _sent(number: int) -> None:
    who, now = person(number), timezone.now()
    account = User.objects.create_user(who.email, name=who.name)
    intake = filled_in(answers_on(who, now), account, at=now)
    send(intake=intake, token=str(intake.form_token), by=account)


def _browser(practitioner: Practitioner) -> Client:
    """Signed in with the second factor shown."""
    browser, user = Client(), practitioner.user
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, generate_totp_secret())
    session = browser.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()
    return browser


def _addresses() -> list[tuple[str, str]]:
    """Each tab of the queue, what an open page asks again and again, and a case that waits."""
    intake = Intake.objects.filter(state="in_review").order_by("due_at", "pk").first()
    case = intake or Intake.objects.filter(state="submitted").earliest("pk")
    queue = [(f"queue_{tab}", f"/reviews/?tab={tab}") for tab in TABS]
    came_in = reverse("review:arrivals", query={"since": timezone.now().isoformat()})
    return [*queue, ("queue_arrivals", came_in), ("case", f"/reviews/{case.reference}/")]


def _once(browser: Client, address: str) -> tuple[int, float, float]:
    """(queries, milliseconds in the database, milliseconds altogether)"""
    with CaptureQueriesContext(connection) as captured:
        started = perf_counter()
        answer = browser.get(address)
        total = perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    in_database = sum(float(query["time"]) for query in captured.captured_queries)
    return len(captured), in_database * 1000, total * 1000


def _figures(name: str, taken: list[tuple[int, float, float]]) -> Figures:
    return {
        f"{name}_queries": taken[-1][0],
        **figure(f"{name}_sql_ms", [sql for _, sql, _ in taken]),
        **figure(f"{name}_ms", _total(taken)),
    }


def _total(taken: list[tuple[int, float, float]]) -> list[float]:
    return [total for _, _, total in taken]
