"""A rule that does not fit somebody reaches whoever owns the rules, without the patient."""

import pytest
from factories import make_sent
from refusals import refused, run, stored, without
from signing_in import client_of

from clinic.people.models import User
from intake.review.models import RuleDoubt
from intake.review.services import Opinion, decide, open_form


@pytest.fixture
def doubted(patient, masseur) -> RuleDoubt:
    flags = {"heart_failure": "consult_first", "diabetes": "consult_first"}
    revision = make_sent(patient, wants=("massage",), flags=flags)
    open_form(intake=revision.intake, by=masseur.user)
    answers = {flag.pk: ("tolerated_before", "") for flag in revision.flags.all()}
    doubted = revision.flags.get(code="heart_failure")
    answers[doubted.pk] = ("does_not_fit", "It was her mother's heart, not hers.")
    decide(
        revision=revision,
        opinions=[Opinion("massage", "suitable")],
        by=masseur.user,
        flag_answers=answers,
    )
    return RuleDoubt.objects.get()


def test_names_the_rule_and_who_said_so(doubted, masseur):
    assert (doubted.code, doubted.by) == ("heart_failure", masseur.user)


def test_is_read_by_a_manager_without_anything_of_the_patient(doubted, patient):
    manager = client_of(User.objects.create_user("ada@example.org", is_manager=True))

    page = manager.get("/admin/review/ruledoubt/").content.decode()

    assert "Heart failure" in page
    assert "Jo Brandt" in page
    assert "mother" not in page
    assert patient.name not in page


def test_stays(doubted):
    with refused("review_ruledoubt_append_only"):
        run("DELETE FROM review_ruledoubt")


def test_stays_twin(doubted):
    without("review_ruledoubt", "review_ruledoubt_append_only")
    run("DELETE FROM review_ruledoubt")
    assert stored("review_ruledoubt") == 0
