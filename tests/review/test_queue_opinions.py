"""A row of the queue says whose opinion it waits for, and where two people disagree."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from factories import make_patient, make_practitioner, make_sent
from signing_in import client_of

from intake.review.seconds import ask_colleague
from intake.review.services import Opinion, decide, open_form
from intake.submission.models import Revision

YES = [Opinion("massage", "suitable")]
NO = [Opinion("massage", "not_now", reason="Not yet.", next_step="later")]


@pytest.fixture
def revision(patient, practitioner, masseur) -> Revision:
    """Jo is asked by Mei."""
    revision = make_sent(patient, wants=("massage",))
    open_form(intake=revision.intake, by=practitioner.user)
    ask_colleague(
        revision=revision, therapy="massage", colleague=masseur.user, by=practitioner.user
    )
    return revision


def rows(browser, tab: str) -> str:
    page = browser.get(f"/reviews/?tab={tab}").content.decode()
    return " ".join(strip_tags(page[page.index('<ol class="queue">') :]).split())


def test_it_says_who_is_asked(signed_in, revision, masseur):
    assert f"{masseur.user} is asked about massage" in rows(signed_in, "second")


def test_it_says_to_whom_that_it_is_them(revision, masseur):
    assert "You are asked about massage" in rows(client_of(masseur.user), "needs")


def test_it_says_that_two_disagree_instead_of_in_review(signed_in, revision, practitioner, masseur):
    decide(revision=revision, opinions=YES, by=practitioner.user)
    decide(revision=revision, opinions=NO, by=masseur.user)

    row = rows(signed_in, "needs")

    assert "Two people disagree about massage. Name a third." in row
    assert "In review" not in row
    assert "is asked" not in row


def test_it_says_who_decides_between_them(signed_in, revision, practitioner, masseur):
    decide(revision=revision, opinions=YES, by=practitioner.user)
    decide(revision=revision, opinions=NO, by=masseur.user)
    ana = make_practitioner("ana@example.org", "Ana Marsh", "massage")
    ask_colleague(revision=revision, therapy="massage", colleague=ana.user, by=practitioner.user)

    row = rows(signed_in, "second")

    assert "Ana Marsh is asked about massage, because two people disagree" in row
    assert "Name a third" not in row


def test_a_form_in_review_says_neither(signed_in, patient, practitioner):
    revision = make_sent(patient, wants=("massage",))
    open_form(intake=revision.intake, by=practitioner.user)

    row = rows(signed_in, "needs")

    assert "In review" in row
    assert "is asked" not in row and "disagree" not in row


@pytest.mark.parametrize("tab", ["all", "second"])
def test_more_rows_take_no_more_queries(
    signed_in, revision, practitioner, masseur, tab, django_assert_num_queries
):
    rows(signed_in, tab)
    with CaptureQueriesContext(connection) as few:
        rows(signed_in, tab)
    for number in range(3):
        another = make_patient(f"p{number}@example.org", f"Patient {number}")
        other = make_sent(another, wants=("massage",))
        open_form(intake=other.intake, by=practitioner.user)
        ask_colleague(
            revision=other, therapy="massage", colleague=masseur.user, by=practitioner.user
        )

    with django_assert_num_queries(len(few)):
        rows(signed_in, tab)
