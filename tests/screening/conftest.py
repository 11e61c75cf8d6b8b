"""Two managers, the version in force, and a draft one of them started from it."""

import pytest
from django.test import Client
from rule_set_steps import manager, started
from signing_in import client_of

from clinic.people.models import User
from intake.screening.models import RuleSet
from intake.screening.services import load_default


@pytest.fixture
def ada(db) -> User:
    return manager("Ada")


@pytest.fixture
def bea(db) -> User:
    return manager("Bea")


@pytest.fixture
def in_force(db) -> RuleSet:
    return load_default()


@pytest.fixture
def draft(in_force, ada) -> RuleSet:
    return started(in_force, ada)


@pytest.fixture
def as_ada(ada) -> Client:
    return client_of(ada)


@pytest.fixture
def as_bea(bea) -> Client:
    return client_of(bea)
