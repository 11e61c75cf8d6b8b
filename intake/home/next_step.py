"""The one thing a person can do next, as a table: the first line that fits is theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.home.facts import Facts
from intake.submission.states import FOR_THE_PATIENT, State


@dataclass(frozen=True)
class Step:
    code: str
    fits: Callable[[Facts], object]
    """What the step is about: a form, a visit, a person. Nothing when it does not fit."""
    sentence: Promise | str
    button: Promise | str = ""
    leads_to: str = ""
    """A route that takes the reference of what the step is about, or none if it is ALONE."""


ALONE = {"submission:start"}
START = _("Start a new form")
WHY_ON_HOLD = "%(why_on_hold)s"
"""In the words of the hold itself."""
STEPS = (
    Step(
        "visit_in_doubt",
        Facts.visit_in_doubt,
        _("Something has changed since you booked for %(when)s. Call us before you come."),
        _("See your visit"),
        "booking:visit",
    ),
    Step(
        "questions",
        Facts.asked_in_writing,
        FOR_THE_PATIENT[State.ASKED],
        _("Answer our questions"),
        "review:questions",
    ),
    Step(
        "asked",
        lambda facts: facts.form(State.ASKED),
        _("We have a question for you. We will call you, or you can call us."),
    ),
    Step(
        "closed",
        Facts.closed,
        FOR_THE_PATIENT[State.CLOSED],
        _("Answer our questions"),
        "review:questions",
    ),
    Step(
        "draft",
        lambda facts: facts.form(State.DRAFT),
        FOR_THE_PATIENT[State.DRAFT],
        _("Carry on with your form"),
        "submission:tasks",
    ),
    Step(
        "changing",
        Facts.being_changed,
        _("You have begun to change your form. Nobody sees the change until you send it."),
        _("Go on with the change"),
        "submission:tasks",
    ),
    Step(
        "news",
        Facts.unread,
        FOR_THE_PATIENT[State.DECIDED],
        _("Read what they wrote"),
        "review:news",
    ),
    Step(
        "visit_on_hold",
        Facts.visit_on_hold,
        WHY_ON_HOLD,
        _("See your visit"),
        "booking:visit",
    ),
    *(
        Step(state, lambda facts, state=state: facts.form(state), FOR_THE_PATIENT[state])
        for state in (State.SUBMITTED, State.IN_REVIEW, State.SECOND_OPINION)
    ),
    Step("on_hold", Facts.held_by_us, WHY_ON_HOLD),
    Step(
        "visit",
        lambda facts: facts.visit,
        _("Your next visit is on %(when)s."),
        _("See your visit"),
        "booking:visit",
    ),
    Step(
        "choose_time",
        Facts.may_choose_a_time,
        _("Choose a time for %(therapies)s."),
        _("See free times"),
        "booking:choose",
    ),
    Step(
        "ended",
        Facts.ended,
        _("Your visits were agreed until %(until)s. To come again, answer our questions again."),
        _("Answer the questions again"),
        "submission:change",
    ),
    Step(
        "used_up",
        Facts.used_up,
        _("All the visits we agreed on are over. To come again, fill in a new form."),
        START,
        "submission:start",
    ),
    Step(
        "decided",
        lambda facts: facts.form(State.DECIDED),
        FOR_THE_PATIENT[State.DECIDED],
        _("Read what they wrote"),
        "review:news",
    ),
    *(
        Step(
            state,
            lambda facts, state=state: facts.form(state),
            FOR_THE_PATIENT[state],
            START,
            "submission:start",
        )
        for state in (State.WITHDRAWN, State.EXPIRED)
    ),
    Step(
        "begin",
        lambda facts: True,
        _("Tell us about your health. A practitioner reads every word before you book."),
        _("Start your health form"),
        "submission:start",
    ),
)
WAITING = {State.SUBMITTED, State.IN_REVIEW, State.SECOND_OPINION, "on_hold"}
"""Steps in which there is nothing to do but wait."""


@dataclass(frozen=True)
class NextStep:
    code: str
    sentence: str
    button: str
    address: str

    @property
    def is_waiting(self) -> bool:
        return self.code in WAITING


def next_step(facts: Facts) -> NextStep:
    step, about = next((step, found) for step in STEPS if (found := step.fits(facts)))
    address = ""
    if step.leads_to:
        arguments = [] if step.leads_to in ALONE else [about.reference]
        address = reverse(step.leads_to, args=arguments)
    return NextStep(step.code, str(step.sentence) % facts.words(), str(step.button), address)
