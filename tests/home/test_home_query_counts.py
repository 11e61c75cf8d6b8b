"""A patient's own pages ask as many queries with twenty rows as with one, and at most fifteen."""

import pytest
from factories import make_clearance, make_sent, token

from intake.booking.models import Visit
from intake.booking.services import book, cancel
from intake.home.services import look_after
from tests.booking.test_query_counts import short
from tests.home.conftest import address_of
from tests.home.test_home_history import a_letter

MANY = 20
"""Within the sessions of one clearance: visits ahead move to the newest."""


@pytest.fixture
def fill(patient, practitioner, room):
    """A decided form with a letter, then a visit. Visits ahead move to each new clearance, which
    allows at most 24; so the last ones are cancelled."""

    def more(numbers: range) -> None:
        for number in numbers:
            clearance = make_clearance(patient, practitioner, sessions=24)
            a_letter(clearance.revision.intake, practitioner)
            parts = short(practitioner, room, number)
            visit = book(clearance=clearance, parts=parts, token=token(), by=patient.account)
            if number >= 20:
                cancel(visit=visit, by=patient.account)

    return more


@pytest.mark.parametrize("page", ["", "messages/", "forms/", "visits/", "letters/", "book/"])
def test_a_page_of_one_person(signed_in, patient, fill, queries, hours, page):
    address = address_of(patient, page)
    fill(range(1))
    one = queries(signed_in, address)
    fill(range(1, MANY))

    assert queries(signed_in, address) == one
    assert Visit.objects.count() == MANY


def test_home_while_waiting(signed_in, patient, fill, queries, hours):
    fill(range(2))
    for visit in Visit.objects.all():
        cancel(visit=visit, by=patient.account)
    make_sent(patient)

    assert signed_in.get("/me/").context["home"].step.is_waiting
    assert queries(signed_in, "/me/") <= 15


def test_home_of_a_household(signed_in, patient, child, fill, queries, hours):
    fill(range(1))
    one = queries(signed_in, address_of(child))
    for number in range(8):
        make_sent(look_after(name=f"Person {number}", relation="child", by=patient.account))

    assert queries(signed_in, address_of(child)) == one
