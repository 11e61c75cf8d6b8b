"""People who are in every test under the same names: the patient, the practitioner, a stranger."""

import pytest
from factories import make_patient, make_practitioner

from clinic.people.models import Patient, Practitioner, User
from intake.booking.models import Room


@pytest.fixture
def patient(db) -> Patient:
    return make_patient("rosa@example.org", "Rosa Okafor")


@pytest.fixture
def account(patient) -> User:
    return patient.account


@pytest.fixture
def other_patient(db) -> Patient:
    return make_patient("tomas@example.org", "Tomas Silva")


@pytest.fixture
def practitioner(db) -> Practitioner:
    """Registered in both therapies."""
    return make_practitioner("mei@example.org", "Mei Lindqvist", "acupuncture", "massage")


@pytest.fixture
def masseur(db) -> Practitioner:
    return make_practitioner("jo@example.org", "Jo Brandt", "massage")


@pytest.fixture
def room(db) -> Room:
    return Room.objects.create(name="Willow room")
