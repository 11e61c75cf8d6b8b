"""A clinic that is open every day, and clients of the people who book in it."""

from collections.abc import Callable
from datetime import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import make_clearance, part, token

from clinic.people.models import User
from intake.booking.models import Service, Visit, WeeklyHours
from intake.booking.services import book

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def client_of(user: User) -> Client:
    """Signed in; for those who work here the second factor has been shown in this session."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    if user.is_staff_member:
        if not Authenticator.objects.filter(user=user).exists():
            TOTP.activate(user, generate_totp_secret())
        session = client.session
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
        session.save()
    return client


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    return client_of


@pytest.fixture
def hours(practitioner, room) -> None:
    for weekday in range(7):
        WeeklyHours.objects.create(
            practitioner=practitioner, weekday=weekday, opens=time(9), closes=time(17)
        )
    Service.objects.create(therapy="acupuncture", minutes=45)
    Service.objects.create(therapy="massage", minutes=60)


@pytest.fixture
def signed_in(account) -> Client:
    """The patient."""
    return client_of(account)


@pytest.fixture
def sam(db) -> User:
    """At reception."""
    return User.objects.create_user("sam@example.org", name="Sam Reid", is_reception=True)


@pytest.fixture
def reception(sam) -> Client:
    return client_of(sam)


@pytest.fixture
def treating(practitioner) -> Client:
    """The practitioner."""
    return client_of(practitioner.user)


@pytest.fixture
def visit(patient, practitioner, room) -> Visit:
    """The patient's massage in three days."""
    clearance = make_clearance(patient, practitioner)
    parts = [part(practitioner, room)]
    return book(clearance=clearance, parts=parts, token=token(), by=patient.account)


@pytest.fixture
def queries() -> Callable[[Client, str], int]:
    """How many queries a page asks once the session is warm; never more than fifteen."""

    def count(client: Client, address: str) -> int:
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= 15, [each["sql"][:120] for each in asked.captured_queries]
        return len(asked)

    return count
