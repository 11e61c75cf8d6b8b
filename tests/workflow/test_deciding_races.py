"""Two people decide on one form, or its patient sends something while a decision is stored."""

import importlib

import pytest
from django.utils import timezone
from factories import make_patient, make_practitioner
from racing import decided, opened, ready_to_change, sends, sent, sent_like, two_at_once
from refusals import run
from world import WELL

from clinic.errors import MoveNotPossible, Refused
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.review.models import Clearance, Conclusion, Decision
from intake.review.services import Outdated
from intake.screening.services import load_default as load_rules
from intake.submission.models import Intake
from tests.submission.filling import plain_answers

pytestmark = pytest.mark.django_db(transaction=True)
migration = importlib.import_module("intake.review.migrations.0010_newer_by_order_of_sending")


@pytest.fixture
def answers() -> dict:
    load_rules()
    questions = outline(load_questions().pk)
    return {**plain_answers(questions, timezone.localdate(), **WELL), **WELL}


@pytest.fixture
def rosa():
    return make_patient("rosa@example.org", "Rosa Okafor")


@pytest.fixture
def mei():
    return make_practitioner("mei@example.org", "Mei Lindqvist", "acupuncture", "massage").user


@pytest.fixture
def lee():
    return make_practitioner("lee@example.org", "Lee Park", "acupuncture", "massage").user


def bookable(patient) -> list[Clearance]:
    return list(Clearance.objects.live_on(timezone.localdate()).filter(patient=patient))


def test_two_people_decide_at_the_same_moment_and_one_is_told(answers, rosa, mei, lee):
    first = sent(rosa, answers)
    with two_at_once() as race:
        for _ in range(200):
            revision = opened(sent_like(first), mei)
            found = race(
                lambda now=revision: decided(now, mei, seen=0),
                lambda now=revision: decided(now, lee, seen=0),
            )

            told = [each for each in found if isinstance(each, Refused)]
            assert [type(each) for each in told] in ([Outdated], [MoveNotPossible])
            assert "Nothing was stored" in told[0].sentence or "Read it first" in told[0].sentence
            assert Decision.objects.filter(revision=revision).count() == 1
            assert Conclusion.objects.filter(revision=revision).count() == 1
            assert Clearance.objects.filter(patient=rosa, state="live").count() == 1


def test_a_change_and_a_decision_at_the_same_moment_never_clear_what_is_outdated(
    answers, rosa, mei
):
    first, changed = sent(rosa, answers), answers | {"heart_failure": "yes"}
    orders = set()
    with two_at_once() as race:
        for turn in range(100):
            revision = opened(sent_like(first), mei)
            copy = ready_to_change(revision, changed)
            both = [lambda now=revision: decided(now, mei), lambda now=copy: sends(now)]
            found = race(*both[:: 1 if turn % 2 else -1])

            told = [each for each in found if isinstance(each, Refused)]
            assert all(isinstance(each, Outdated) for each in told)
            orders.add(len(told))
            assert not bookable(rosa)
            assert Intake.objects.get(pk=revision.intake_id).state == "submitted"
    assert orders == {0, 1}, "each of them must have been first at times"


class TestAnotherFormOfThePatient:
    """Sent while a decision on the first one is stored, with a moment that lies before it."""

    @pytest.fixture
    def on_its_way(self, answers, rosa, mei):
        opened_one = opened(sent(rosa, answers), mei)
        moment = timezone.now()
        decided(opened_one, mei)
        assert len(bookable(rosa)) == 1
        second = sent_like(opened_one)
        run("ALTER TABLE submission_revision DISABLE TRIGGER submission_revision_append_only")
        run("UPDATE submission_revision SET sent_at = %s WHERE id = %s", [moment, second.pk])
        run("ALTER TABLE submission_revision ENABLE ALWAYS TRIGGER submission_revision_append_only")

    def test_holds_what_was_cleared(self, on_its_way, rosa):
        assert not bookable(rosa)

    def test_twin_by_the_two_moments_it_held_nothing(self, on_its_way, rosa):
        (as_it_is,) = run("SELECT pg_get_functiondef('review_on_hold'::regproc)")
        run(migration.BEFORE)
        try:
            assert bookable(rosa)
        finally:
            run(as_it_is)

    def test_sent_before_the_decision_holds_too(self, answers, rosa, mei):
        opened_one = opened(sent(rosa, answers), mei)
        sent_like(opened_one)

        decided(opened_one, mei)

        assert not bookable(rosa)

    def test_decided_on_first_is_not_overtaken_by_the_older_one(self, answers, rosa, mei):
        older = opened(sent(rosa, answers), mei)
        newer = opened(sent_like(older), mei)
        decided(newer, mei)
        assert [each.revision for each in bookable(rosa)] == [newer]

        decided(older, mei)

        assert not bookable(rosa)

    def test_in_fifty_races_nothing_is_cleared_past_it(self, answers, rosa, mei):
        one = opened(sent(rosa, answers), mei)
        with two_at_once() as race:
            for _ in range(50):
                older = opened(sent_like(one), mei)
                race(lambda now=older: decided(now, mei), lambda: sent(rosa, answers))

                assert not bookable(rosa)
