"""Needs you, as the database finds it for all forms, and as a case works it out for one: the same.

Each story ends with who needs to do something; both are asked about everyone.
"""

import pytest
from factories import make_practitioner, make_sent
from queue_steps import names
from signing_in import client_of

from clinic.people.models import Practitioner
from intake.review.decision_side import decision_side
from intake.review.queries import decisions_on_revision
from intake.review.seconds import ask_colleague, call_off
from intake.review.services import Opinion, decide, open_form
from intake.review.taking_back import TAKE_BACK, take_back
from intake.submission.models import Revision

YES = [Opinion("massage", "suitable")]
NO = [Opinion("massage", "not_now", reason="A clot.", next_step="see_doctor")]
CLOT = {"dvt_current": "contraindicated"}


@pytest.fixture
def people(db) -> dict[str, Practitioner]:
    return {
        n: make_practitioner(f"{n}@example.org", n.title(), "massage")
        for n in ("ana", "kit", "ben")
    }


def opened(patient, people, **flags: str) -> Revision:
    revision = make_sent(patient, wants=("massage",), flags=flags)
    open_form(intake=revision.intake, by=people["ana"].user)
    return revision


def says(revision: Revision, who: Practitioner, opinions: list[Opinion], **more):
    answers = {flag.pk: ("confirmed_with_doctor", "") for flag in revision.flags.all()}
    return decide(revision=revision, opinions=opinions, by=who.user, flag_answers=answers, **more)


def nobody_said_anything(revision, people):
    return {"ana", "kit", "ben"}


def one_said_no_and_can_take_it_back(revision, people):
    says(revision, people["ana"], NO, wait=TAKE_BACK)
    return set()


def it_was_taken_back(revision, people):
    decision = says(revision, people["ana"], NO, wait=TAKE_BACK)
    take_back(decision=decision, by=people["ana"].user)
    return {"ana", "kit", "ben"}


def a_colleague_was_asked(revision, people):
    ask(revision, people, "kit")
    return {"kit"}


def a_colleague_was_asked_and_answered_against_it(revision, people):
    says(revision, people["ana"], YES, wait=TAKE_BACK)
    ask(revision, people, "kit")
    says(revision, people["kit"], NO)
    return {"ana", "kit", "ben"}


def a_third_was_named(revision, people):
    a_colleague_was_asked_and_answered_against_it(revision, people)
    ask(revision, people, "ben")
    return {"ben"}


def the_colleague_was_called_off(revision, people):
    says(revision, people["ana"], YES, wait=TAKE_BACK)
    asked = ask(revision, people, "kit")
    call_off(asked=asked, by=people["ana"].user)
    return set()


def the_one_who_said_it_lost_their_registration(revision, people):
    says(revision, people["ana"], NO, wait=TAKE_BACK)
    people["ana"].registrations.update(valid_until="2020-01-01")
    return {"kit", "ben"}


def ask(revision, people, who: str):
    return ask_colleague(
        revision=revision, therapy="massage", colleague=people[who].user, by=people["ana"].user
    )


STORIES = [
    nobody_said_anything,
    one_said_no_and_can_take_it_back,
    it_was_taken_back,
    a_colleague_was_asked,
    a_colleague_was_asked_and_answered_against_it,
    a_third_was_named,
    the_colleague_was_called_off,
    the_one_who_said_it_lost_their_registration,
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_form_needs_whom_its_case_says_it_needs(patient, people, story):
    revision = opened(patient, people)

    needed = story(revision, people)

    assert in_the_queue_of(people) == needed
    assert by_the_case(revision, people) <= needed


def test_what_one_alone_has_passed_needs_another(patient, people):
    revision = opened(patient, people, **CLOT)
    says(revision, people["ana"], YES, wait=TAKE_BACK, second=people["kit"].user)
    call_off(asked=revision.second_opinions.get(), by=people["ana"].user)

    assert in_the_queue_of(people) == {"ana", "kit", "ben"}


def in_the_queue_of(people) -> set[str]:
    may = {
        n: each
        for n, each in people.items()
        if Practitioner.objects.get(pk=each.pk).user.is_registered
    }
    return {name for name, each in may.items() if names(client_of(each.user))}


def by_the_case(revision, people) -> set[str]:
    """Those who can say something now and have not, but for who waits for a colleague."""
    found = set()
    for name, each in people.items():
        intake = type(revision.intake).objects.select_related("patient").get(pk=revision.intake_id)
        decisions = decisions_on_revision(intake, revision)
        side = decision_side(
            intake=intake, revision=revision, decisions=decisions, viewer=each.user
        )
        waits = [t for t in side.mine if not side.standing[t].said_by(each.user.pk)]
        settled = [t for t in waits if side.standing[t].is_decided]
        waits_for = {asked.asked_by_id for asked in side.awaited}
        if set(waits) - set(settled) and each.user.pk not in waits_for:
            found.add(name)
    return found
