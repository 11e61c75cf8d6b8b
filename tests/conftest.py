"""People who are in every test under the same names: the patient, the practitioner, a stranger."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import translation
from factories import make_patient, make_practitioner
from hypothesis import settings as hypothesis_settings
from refusals import protections

from clinic.people.models import Patient, Practitioner, User
from intake.booking.models import Room

hypothesis_settings.register_profile("tandem", deadline=None)  # speed is for `manage.py bench`
hypothesis_settings.load_profile("tandem")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A server thread of a browser test may still hold a connection when the last test is over."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """The site's hasher is slow on purpose; nothing here is about its strength."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A request in another language leaves its thread in it; the next test begins in English."""
    yield
    translation.deactivate()


STORED_AT_ONCE = {"transactional_db", "live_server"}


@pytest.fixture(autouse=True)
def protections_stand(request) -> Iterator[None]:
    """A twin that takes one away where nothing is rolled back puts it back as it was: if not, the
    tests after it in this database look at another site."""
    marker = request.node.get_closest_marker("django_db")
    stored = STORED_AT_ONCE & set(request.fixturenames)
    if not stored and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    before = protections()
    yield
    assert protections() == before


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
