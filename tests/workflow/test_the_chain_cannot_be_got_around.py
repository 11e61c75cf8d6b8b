"""A model of the whole workflow against the real services and the real database.

The steps are counted by action, so that nobody is fooled by a machine that only ever refuses.
More of them: TANDEM_STEPS=200000 pytest -m long tests/workflow
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from unittest import mock

import pytest
from asking_goes_on import CLOSE, REMIND, AskingGoesOn
from base import LUCK, TALLY
from colleagues_do import ColleaguesDo
from front_desk_does import FrontDeskDoes
from hypothesis import HealthCheck, Phase, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.stateful import rule, run_state_machine_as_test
from keeping_goes_on import KeepingGoesOn
from model import RAISED_IN
from patients_do import PatientsDo
from practitioners_do import PractitionersDo
from rules_change import RulesChange
from somebody_looks_again import SomebodyLooksAgain
from ten_minutes_pass import TenMinutesPass
from traces import Watcher
from world import World

pytestmark = pytest.mark.django_db(transaction=True)
PHASES = (Phase.generate, Phase.shrink) if os.environ.get("TANDEM_SHRINK") else (Phase.generate,)
RUN = 250
"""Steps of one run; each run begins in an empty clinic."""


class Workflow(
    PatientsDo,
    PractitionersDo,
    KeepingGoesOn,
    ColleaguesDo,
    TenMinutesPass,
    RulesChange,
    AskingGoesOn,
    SomebodyLooksAgain,
    FrontDeskDoes,
):
    def __init__(self) -> None:
        super().__init__()
        self.done: dict[str, float] = defaultdict(float)

    def next_steps(self) -> list[Callable]:
        """What is due somewhere in the clinic; what is due rarely, rarely."""
        forms, clinic = self.clinic.forms, self.clinic
        states = {form.state for form in forms}
        made = [each for each in self.made() if self.can_be_taken_back(*each)]
        due = {
            self.begins: not {"draft"} & states,
            self.saves: any(form.open and not form.complete for form in forms),
            self.sends: any(form.open and form.complete for form in forms),
            self.opens: "submitted" in states,
            self.decides: {"in_review", "second_opinion"} & states,
            self.keeps: any(
                form.state == "in_review" and any(sent.verdicts for sent in form.sent[:-1])
                for form in forms
            ),
            self.begins_a_change: "decided" in states
            and not any(form.changing for form in forms)
            and self.steps % 2,
            self.looks_again: self.decided() and self.steps % 10 == 7,
            self.notes_a_talk: any(not alarm.resolved for alarm in clinic.alarms),
            self.takes_a_decision_back: made and self.steps % 3 == 0,
            self.decisions_go_out: any(self.goes_out_now(form.newest) for form in self.pending()),
            self.rules_are_published: self.may_publish()
            and any(c.state == "live" and c.rests_on.says in RAISED_IN for c in clinic.clearances),
            self.the_worker_reads_again: self.to_reread() and self.steps % 2,
            self.answers_the_rules: any(
                self.is_open(*each, keeps=keeps)
                for each in self.read_again()
                for keeps in (True, False)
            ),
            self.time_passes: "asked" in states and self.steps % 2,
            self.replies: "asked" in states and self.steps % 4 == 1,
            self.notes_the_call: "asked" in states and self.steps % 6 == 1,
            self.presses_a_step: self.calls(),
            self.the_morning_comes: self.owed(REMIND),
            self.nobody_has_answered: self.owed(CLOSE),
            self.takes_it_up_again: "closed" in states,
            self.books: any(self.can_be_booked_in(each) for each in clinic.clearances),
        }
        return [step for step, is_due in due.items() if is_due]

    def work_goes_on(self, luck: Random) -> None:
        """Often what was done least in this run, or what hardly ever falls due."""
        due = self.next_steps() or [self.begins]
        rare = [each for each in (self.answers_the_rules, self.takes_it_up_again) if each in due]
        seldom = min(due, key=lambda step: self.done[step.__name__])
        step = seldom if luck.random() < 0.5 else luck.choice(rare or due)
        self.done[step.__name__] += 0.3 if step == self.books else 1
        step(luck)


for n in range(8):

    def goes_on(self: Workflow, luck: Random) -> None:
        self.work_goes_on(luck)

    goes_on.__name__ = f"work_goes_on_{n}"
    setattr(Workflow, goes_on.__name__, rule(luck=LUCK)(goes_on))


@contextmanager
def numbers_of_its_own() -> Iterator[None]:
    """Hypothesis also draws numbers that it finds in the modules that happen to be loaded: the
    walk would go another way with every test beside it."""
    providers.CONSTANTS_CACHE.cache.clear()
    with mock.patch.object(providers, "_get_local_constants", Constants):
        yield
    providers.CONSTANTS_CACHE.cache.clear()


@numbers_of_its_own()
def walk(steps: int) -> dict[str, tuple[int, int]]:
    """Action -> how often it succeeded, how often it was refused."""
    TALLY.clear()
    Workflow.world, Workflow.watcher = World(), Watcher()
    run_state_machine_as_test(
        Workflow,
        settings=settings(
            max_examples=max(1, steps // RUN),
            stateful_step_count=RUN,
            deadline=None,
            derandomize=True,
            database=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
    Workflow.watcher.close()
    return {action: (n["succeeded"], n["refused"]) for action, n in sorted(TALLY.items())}


def shown(found: dict[str, tuple[int, int]]) -> None:
    everything = {"all": tuple(map(sum, zip(*found.values(), strict=True)))}
    print(f"\n{'action':<22}{'succeeded':>10}{'refused':>10}")
    for action, (succeeded, refused) in (found | everything).items():
        print(f"{action:<22}{succeeded:>10}{refused:>10}")


NEVER_REFUSED = {
    "expire drafts",
    "nothing expires",
    "send out",
    "nothing goes out",
    "publish rules",
    "read again",
    "nothing to read again",
    "remind",
    "close",
}
NEVER_DONE = {"no such step"}


def seldom(found: dict[str, tuple[int, int]], times: int) -> list[str]:
    """Actions that were not done, or not refused, as often as that."""
    expected = {action: (times, times) for action in found}
    expected |= (
        {"keep": (1, times), "urgent answer": (times, 1), "take up again": (1, times)}
        | {action: (1, 0) for action in NEVER_REFUSED}
        | {each: (0, 1) for each in NEVER_DONE}
    )
    return [
        f"{action} {found.get(action)}"
        for action, (done, refused) in expected.items()
        if found.get(action, (0, 0))[0] < done or found.get(action, (0, 0))[1] < refused
    ]


EVERY_ACTION = set(
    [
        "begin",
        "save answers",
        "form_send",
        "form_amend",
        "begin a change",
        "drop a change",
        "take back",
        "urgent answer",
        "open",
        "put_back",
        "ask",
        "answered_by_phone",
        "note a talk",
        "decide",
        "keep",
        "ask a colleague",
        "call a colleague off",
        "book one",
        "book both",
        "cancel",
        "expire drafts",
        "send out",
        "take a decision back",
        "publish rules",
        "read again",
        "keep past newer rules",
        "decide again",
        "look again",
        "ask in writing",
        "reply",
        "note the call",
        "take up again",
        "remind",
        "close",
    ]
)


def test_no_way_round_in_ten_thousand_steps():
    found = walk(10_000)

    shown(found)
    assert found.keys() >= EVERY_ACTION
    assert not seldom(found, times=3)


@pytest.mark.long
def test_no_way_round_in_many_more_steps():
    found = walk(int(os.environ.get("TANDEM_STEPS", "100000")))

    shown(found)
    assert found.keys() >= EVERY_ACTION
    assert not seldom(found, times=20)
