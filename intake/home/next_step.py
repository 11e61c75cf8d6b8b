"""The one thing a person can do next, as a table: the first line that fits is theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.dates import in_words
from clinic.people.models import Patient
from intake.booking.models import Visit
from intake.review.models import Clearance
from intake.submission.models import Intake
from intake.submission.states import FOR_THE_PATIENT, WITH_US, State

THERAPIES = {
    frozenset(["acupuncture"]): _("acupuncture"),
    frozenset(["massage"]): _("massage"),
    frozenset(["acupuncture", "massage"]): _("acupuncture and massage"),
}


@dataclass(frozen=True)
class Facts:
    """What is known about one person. `clearance` is their live one, with `left` and `on_hold`."""

    person: Patient | None
    forms: list[Intake]
    """Newest first."""
    new: frozenset[str]
    """References of what we wrote and they have not opened."""
    visit: Visit | None
    """The next one that stands."""
    clearance: Clearance | None
    today: date

    def form(self, *states: str) -> Intake | None:
        return next((form for form in self.forms if form.state in states), None)

    def being_changed(self) -> Intake | None:
        return next((form for form in self.forms if form.is_changing), None)

    def visit_in_doubt(self) -> Visit | None:
        return None if self.visit is None or self.visit.still_cleared else self.visit

    def unread(self) -> Intake | None:
        """Older news may stay unread: it does not stand in the way."""
        newest = self.form(*WITH_US, State.DECIDED)
        if newest is None or newest.state != State.DECIDED or newest.reference not in self.new:
            return None
        return newest

    def may_choose_a_time(self) -> Patient | None:
        """Times begin tomorrow, so a clearance that ends today is of no more use."""
        cleared = self.clearance
        if cleared is None or cleared.on_hold or cleared.valid_until <= self.today:
            return None
        return self.person if cleared.left > 0 else None

    def used_up(self) -> Patient | None:
        return self.person if self.clearance and not self.clearance.on_hold else None

    def words(self) -> dict[str, object]:
        """What the sentences of the table may name."""
        found: dict[str, object] = {}
        if self.visit:
            found["when"] = in_words(self.visit.starts_at, "weekday_moment")
        if self.clearance:
            cleared = frozenset(each.therapy for each in self.clearance.therapies.all())
            found["therapies"] = THERAPIES.get(cleared, "")
        return found


@dataclass(frozen=True)
class Step:
    code: str
    fits: Callable[[Facts], object]
    """What the step is about: a form, a visit, a person. Nothing when it does not fit."""
    sentence: Promise
    button: Promise | str = ""
    leads_to: str = ""
    """A route that takes the reference of what the step is about, or none if it is ALONE."""


ALONE = {"submission:start"}
START = _("Start a new form")
STEPS = (
    Step(
        "visit_in_doubt",
        Facts.visit_in_doubt,
        _("Something has changed since you booked for %(when)s. Call us before you come."),
        _("See your visit"),
        "booking:visit",
    ),
    Step("asked", lambda facts: facts.form(State.ASKED), FOR_THE_PATIENT[State.ASKED]),
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
    *(
        Step(state, lambda facts, state=state: facts.form(state), FOR_THE_PATIENT[state])
        for state in (State.SUBMITTED, State.IN_REVIEW, State.SECOND_OPINION)
    ),
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
WAITING = {State.SUBMITTED, State.IN_REVIEW, State.SECOND_OPINION}
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
