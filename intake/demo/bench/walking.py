"""The pages that patients all along the way come to, found by the links on them."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.db.models import Exists, OuterRef
from django.test import Client
from django.urls import Resolver404, resolve

from clinic.people.models import User
from intake.booking.models import Visit
from intake.demo.households import CARER, REGULAR
from intake.submission.models import Intake

LINK = re.compile(r'<a [^>]*?href="([^"#]+)')
REFERENCE = re.compile(r"T-[0-9A-Z]{4}-[0-9A-Z]{4}")
OWN = "/me/"
MEASURED_ELSEWHERE = {"submission:tasks", "submission:check", "submission:page"}
"""Of a draft; a form that is changed goes through the same pages."""


def pages_along_the_way() -> Iterator[tuple[Client, str, str]]:
    """One page of each kind, with the browser of someone who comes to it and a name; and the home
    of everyone, which is another page in each state."""
    met = set(MEASURED_ELSEWHERE)
    for who, account in _accounts().items():
        browser = Client()
        browser.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        met.discard("home:me")
        for address in _new_kinds(browser, met):
            named = f"{name_of(address)} of {who}" if address == OWN else name_of(address)
            yield browser, address, named


def name_of(address: str) -> str:
    return REFERENCE.sub("…", address)


def _accounts() -> dict[str, User]:
    """One in each state, one who has a visit, one who looks after others, one who comes often."""
    of_account = Intake.objects.filter(patient__account=OuterRef("pk"))
    in_state = {
        f"someone {state}": User.objects.filter(Exists(of_account.filter(state=state)))
        for state in Intake.objects.values_list("state", flat=True).distinct().order_by("state")
    }
    visited = Visit.objects.filter(patient__account=OuterRef("pk"))
    others = {
        "someone with a visit": User.objects.filter(Exists(visited)),
        "a carer": User.objects.filter(email=CARER.email),
        "a regular": User.objects.filter(email=REGULAR.email),
    }
    return {who: each.order_by("pk").first() for who, each in (in_state | others).items()}


def _new_kinds(browser: Client, met: set[str]) -> Iterator[str]:
    seen, waiting = set(), [OWN]
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if address in seen or not kind:
            continue
        seen.add(address)
        answer = browser.get(address)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        if kind not in met:
            met.add(kind)
            yield address
        waiting += [urljoin(address, link) for link in LINK.findall(answer.content.decode())]


def _kind(address: str) -> str:
    path = urlsplit(address).path
    try:
        return resolve(path).view_name if path.startswith(OWN) else ""
    except Resolver404:
        return ""
