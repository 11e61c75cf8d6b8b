"""An account that looks after two people, and a clinic in which both can be treated."""

import pytest
from django.test import Client
from signing_in import client_of

from clinic.people.models import Patient
from intake.home.services import look_after
from tests.booking.conftest import hours, opened, queries, signed_in, visit

__all__ = ["hours", "opened", "queries", "signed_in", "visit"]


@pytest.fixture
def child(patient) -> Patient:
    """Looked after by the patient's account."""
    return look_after(name="Ada Okafor", relation="child", by=patient.account)


@pytest.fixture
def stranger(other_patient) -> Client:
    return client_of(other_patient.account)


@pytest.fixture
def home(signed_in, patient):
    """The page of the patient, or of someone they look after, as text."""

    def read(person: Patient | None = None) -> str:
        return signed_in.get(address_of(person or patient)).content.decode()

    return read


def address_of(person: Patient, page: str = "") -> str:
    return f"/me/for/{person.reference}/{page}"
