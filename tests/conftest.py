"""People who appear in every test under the same names: the patient, the practitioner, a stranger."""

from datetime import date, timedelta

import pytest

from clinic.people.models import Patient, Practitioner, Registration, User


@pytest.fixture
def account(db) -> User:
    return User.objects.create_user("rosa@example.org", name="Rosa Okafor")


@pytest.fixture
def patient(account) -> Patient:
    return Patient.objects.create(
        account=account, name="Rosa Okafor", call_me="Rosa", born=date(1973, 6, 4)
    )


@pytest.fixture
def other_patient(db) -> Patient:
    other = User.objects.create_user("tomas@example.org", name="Tomas Silva")
    return Patient.objects.create(
        account=other, name="Tomas Silva", call_me="Tomas", born=date(1990, 1, 9)
    )


def make_practitioner(email: str, name: str, *therapies: str) -> Practitioner:
    user = User.objects.create_user(email, "a long enough password", name=name)
    practitioner = Practitioner.objects.create(user=user, title=name)
    for therapy in therapies:
        Registration.objects.create(
            practitioner=practitioner,
            therapy=therapy,
            body="Register of Invented Practitioners",
            number=f"{therapy[:3].upper()}-{practitioner.pk:04d}",
            valid_until=date.today() + timedelta(days=365),
        )
    return practitioner


@pytest.fixture
def practitioner(db) -> Practitioner:
    return make_practitioner("mei@example.org", "Mei Lindqvist", "acupuncture", "massage")


@pytest.fixture
def masseur(db) -> Practitioner:
    return make_practitioner("jo@example.org", "Jo Brandt", "massage")
