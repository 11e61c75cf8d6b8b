"""Until when a sent form is to be looked at: by its level, counted in the clinic's opening hours.

Kept on the form by the services that move it, so that the queue is read in this order from an
index. Read TARGETS and CHANGES first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from clinic.identity.opening import OpeningWeek, opening_week
from intake.screening.levels import UNKNOWN, Level, word_for
from intake.submission.models import Intake, Revision
from intake.submission.states import State


@dataclass(frozen=True)
class Target:
    """How long a form may wait: hours in which the clinic is open, and days of them."""

    days: int = 0
    hours: int = 0

    def length(self, week: OpeningWeek) -> timedelta:
        return self.days * week.usual_day + timedelta(hours=self.hours)


TARGETS = {
    "stop": Target(hours=2),
    "check": Target(days=1),
    "ask": Target(days=1),
    "note": Target(days=3),
    "none": Target(days=3),
}
"""By the word that stands on screen for the heaviest finding of a form."""

ANEW, SHIFTED, OVER = "anew", "shifted", "over"
CHANGES = {
    "send": ANEW,
    "amend": ANEW,
    "reopen": ANEW,
    "close": OVER,
    "answer": SHIFTED,
    "answered_by_phone": SHIFTED,
    "decide": OVER,
    "withdraw": OVER,
}
"""Move -> what becomes of the time. A move that is not named leaves it alone: putting a form back,
or asking a colleague, buys nobody time."""


def level_of(revision: Revision) -> str:
    """One of TARGETS; "ask" where nothing weighs as much as a question without a clear answer."""
    heaviest = revision.flags.filter(rank=revision.rank)
    codes = set(heaviest.values_list("code", flat=True)) if revision.rank else set()
    word = word_for(UNKNOWN, Level(revision.rank)) if codes == {UNKNOWN} else ""
    return (word or Level(revision.rank).word or "None").lower()


def due_for(level: str, since: datetime, week: OpeningWeek | None = None) -> datetime:
    week = week or opening_week()
    return week.after(since, TARGETS[level].length(week))


class Span(NamedTuple):
    starts_at: datetime
    ends_at: datetime


Owed = Callable[[Intake, datetime], Span | None]
_owing: list[Owed] = []


def owed_by_the_patient(owed: Owed) -> Owed:
    """Registers the room that knows when a patient owed us an answer that comes in now.
    Takes: intake as it stands before the move, now. None: they owed nothing."""
    _owing.append(owed)
    return owed


def paused(intake: Intake, until: datetime, week: OpeningWeek) -> timedelta:
    """Open hours in which the patient owed us an answer, up to this moment and not counted yet."""
    spans = [span for owed in _owing if (span := owed(intake, until))]
    return sum((week.between(*span) for span in spans), timedelta())


def after_move(intake: Intake, name: str, now: datetime) -> dict[str, object]:
    """The fields of the form that this move changes; `intake` as it stands before it."""
    what = CHANGES.get(name)
    if what == OVER:
        return {"due_at": None}
    if what == ANEW:
        return sent(intake.revisions.order_by("-number").first(), now)
    if what == SHIFTED:
        return _answered(intake, now)
    return {}


def _answered(intake: Intake, now: datetime) -> dict[str, object]:
    """The time the patient owed us is given to us; what they told us can only hurry us on."""
    anew = sent(intake.revisions.order_by("-number").first(), now)
    before = Intake.objects.only("state", "state_since", "due_at", "level").get(pk=intake.pk)
    if before.state == State.CLOSED:
        return anew
    week = opening_week()
    shifted = week.after(before.due_at or before.state_since, paused(before, now, week))
    soonest = shifted if anew["level"] == before.level else min(anew["due_at"], shifted)
    return anew | {"due_at": soonest}


def sent(revision: Revision, now: datetime) -> dict[str, object]:
    """What stands on a form from the moment on at which this was sent, or came back to us."""
    level = level_of(revision)
    return {"level": level, "due_at": due_for(level, now)}
