"""Fifty patients at one slot, over HTTP, against a real server and a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.conf import settings
from django.test import Client
from factories import make_clearance, make_patient, make_practitioner, token

from intake.booking.models import Room, Service, Visit, WeeklyHours

CLIENTS = 50
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def signed_in(account) -> tuple[str, str]:
    """Session and CSRF cookies of a patient who has the page open."""
    client = Client()
    client.force_login(account, backend=BACKEND)
    client.get("/me/book/")
    cookies = client.cookies
    return cookies[settings.SESSION_COOKIE_NAME].value, cookies[settings.CSRF_COOKIE_NAME].value


def post(address: str, cookies: tuple[str, str], form: dict) -> tuple[int, str]:
    session, csrf = cookies
    names = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={csrf}"
    body = urlencode(form | {"csrfmiddlewaretoken": csrf}).encode()
    request = Request(address, body, {"Cookie": names})
    try:
        with build_opener(_Stay).open(request, timeout=60) as reply:
            return reply.status, reply.read().decode()
    except HTTPError as reply:
        return reply.code, reply.read().decode()


def deadlocks() -> int:
    """How often the server has logged a deadlock, in the log of the database that starts itself."""
    from clinic.embedded import server

    return server.log_path(settings.VAR_DIR).read_text(errors="replace").count("deadlock detected")


@pytest.mark.django_db(transaction=True)
def test_exactly_one_visit_and_plain_refusals(live_server):
    Room.objects.create(name="Willow room")
    practitioner = make_practitioner("mei@example.org", "Mei Lindqvist", "acupuncture", "massage")
    for weekday in range(7):
        WeeklyHours.objects.create(
            practitioner=practitioner, weekday=weekday, opens=time(9), closes=time(17)
        )
    for therapy in ("acupuncture", "massage"):
        Service.objects.create(therapy=therapy, minutes=45)
    patients = [make_patient(f"p{n}@example.org", f"Patient {n}") for n in range(CLIENTS)]
    for patient in patients:
        make_clearance(patient, practitioner)
    cookies = [signed_in(patient.account) for patient in patients]
    page = Client()
    page.force_login(patients[0].account, backend=BACKEND)
    slot = page.get("/me/book/").context["days"][0][1][0].code
    before = deadlocks()

    with ThreadPoolExecutor(CLIENTS) as crowd:
        replies = list(
            crowd.map(
                lambda mine: post(
                    f"{live_server.url}/me/book/",
                    mine,
                    {"what": "both", "slot": slot, "token": token()},
                ),
                cookies,
            )
        )

    statuses = sorted(status for status, _ in replies)
    assert statuses.count(302) == 1
    assert set(statuses) <= {302, 409, 422}
    assert all("These are the closest." in text for status, text in replies if status != 302)
    assert Visit.objects.count() == 1
    assert deadlocks() == before
