"""A clinic that is open every day, and clients of the people who book in it."""

from collections.abc import Callable
from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import make_clearance, part, token
from signing_in import client_of

from clinic import encryption
from clinic.people.models import User
from intake.booking.models import Service, Visit, WeeklyHours
from intake.booking.services import book


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


@pytest.fixture
def opened(monkeypatch) -> list[bytes]:
    """What was encrypted and has been opened since: table and column of each value."""
    seen, unseal = [], encryption.unseal

    def watched(stored: bytes, *, bound_to: bytes) -> bytes:
        seen.append(bound_to)
        return unseal(stored, bound_to=bound_to)

    monkeypatch.setattr(encryption, "unseal", watched)
    return seen
