"""The workflow as a few lists in memory: it says beforehand what must succeed and what must not.

It is written from the rules of the clinic, not from the code: no service and no query is used here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

WAITING = ("submitted", "in_review", "asked", "second_opinion")
CHANGEABLE = (*WAITING, "decided")
TAKEN_BACK_FROM = ("draft", "submitted", "in_review", "asked")
DECIDED_FROM = ("in_review", "second_opinion")
STEPS = {
    "put_back": ("in_review", "submitted"),
    "ask": ("in_review", "asked"),
    "answered_by_phone": ("asked", "submitted"),
}


@dataclass(eq=False)
class Verdict:
    therapy: str
    positive: bool
    by: str
    weeks: int
    sessions: int
    together: bool
    decision: int


@dataclass(eq=False)
class Asked:
    """A colleague who was asked to look at one therapy."""

    pk: int
    therapy: str
    colleague: str
    by: str
    third: bool
    off: bool = False


@dataclass(eq=False)
class Sent:
    """What was sent at one moment."""

    pk: int
    form: "Form"
    wanted: tuple[str, ...]
    moves: bool
    stops: dict[str, set[int]]
    """Therapy -> flags that need an answer before it is cleared."""
    checks: dict[str, set[int]]
    """Therapy -> flags that are to be answered or seen before it is cleared."""
    ruled_out: set[str]
    flags: list[int]
    token: str
    verdicts: list[Verdict] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


@dataclass(eq=False)
class Form:
    pk: int
    reference: str
    patient: int
    state: str
    token: str
    saved_at: datetime
    complete: str = ""
    """Which of the world's answers it holds; empty while some are missing."""
    said: str = ""
    """Those it was sent with."""
    changing: bool = False
    sent: list[Sent] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.state == "draft" or self.changing

    @property
    def newest(self) -> Sent | None:
        return self.sent[-1] if self.sent else None


@dataclass(eq=False)
class Alarm:
    pk: int
    form: Form
    resolved: bool = False


@dataclass(eq=False)
class Clearance:
    pk: int
    patient: int
    rests_on: Sent
    state: str
    first: date
    last: date
    sessions: int
    together: bool
    therapies: set[str]


@dataclass(eq=False)
class Visit:
    pk: int
    reference: str
    clearance: Clearance
    parts: list[tuple[str, str, int, datetime, datetime]]
    """therapy, practitioner, room, start, end"""
    cancelled: bool = False

    @property
    def start(self) -> datetime:
        return min(part[3] for part in self.parts)

    @property
    def end(self) -> datetime:
        return max(part[4] for part in self.parts)


@dataclass
class Clinic:
    forms: list[Form] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    clearances: list[Clearance] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    registered: dict[str, dict[str, date]] = field(default_factory=dict)
    inactive: set[str] = field(default_factory=set)

    def holds(self, name: str, therapy: str, day: date) -> bool:
        until = self.registered.get(name, {}).get(therapy)
        return until is not None and until >= day

    def practises(self, name: str, day: date) -> bool:
        held = self.registered.get(name, {})
        return name not in self.inactive and any(self.holds(name, each, day) for each in held)

    def last_sent(self, patient: int) -> Sent | None:
        """What this patient sent last, forms that were taken back left out."""
        sent = [
            each
            for form in self.forms
            if form.patient == patient and form.state != "withdrawn"
            for each in form.sent
        ]
        return max(sent, key=lambda each: each.pk, default=None)

    def urgent(self, patient: int) -> bool:
        return any(not a.resolved and a.form.patient == patient for a in self.alarms)

    def held(self, clearance: Clearance) -> bool:
        own = clearance.rests_on
        return self.urgent(clearance.patient) or any(
            sent.moves
            and sent.pk > own.pk
            and (form.state in WAITING or (form.state == "decided" and form is not own.form))
            for form in self.forms
            if form.patient == clearance.patient
            for sent in form.sent
        )

    def live(self, patient: int) -> Clearance | None:
        return next((c for c in self.clearances if (c.patient, c.state) == (patient, "live")), None)

    def standing(self) -> list[Visit]:
        return [visit for visit in self.visits if not visit.cancelled]

    def said(self, sent: Sent, therapy: str, day: date) -> list[Verdict]:
        """The last word of each person who is here and registered still."""
        last = {
            v.by: v
            for v in sent.verdicts
            if v.therapy == therapy and self.holds(v.by, therapy, day) and v.by not in self.inactive
        }
        return sorted(last.values(), key=lambda v: v.decision)

    def awaited(self, sent: Sent, therapy: str, day: date) -> Asked | None:
        said = {verdict.by for verdict in self.said(sent, therapy, day)}
        return next((a for a in asked_about(sent, therapy) if a.colleague not in said), None)

    def disagree(self, sent: Sent, therapy: str, day: date) -> bool:
        said = self.said(sent, therapy, day)
        thirds = {each.colleague for each in asked_about(sent, therapy) if each.third}
        return len({v.positive for v in said}) == 2 and not any(v.by in thirds for v in said)

    def rests_on(self, sent: Sent, therapy: str, day: date) -> list[Verdict]:
        """The verdicts that decide a therapy, at most two; none while it is not decided."""
        said, asked = self.said(sent, therapy, day), asked_about(sent, therapy)
        two = asked or (therapy in sent.ruled_out and any(v.positive for v in said))
        if len(said) < (2 if two else 1) or self.disagree(sent, therapy, day):
            return []
        thirds = {each.colleague for each in asked if each.third}
        word = next((v for v in said if v.by in thirds), said[-1])
        return [v for v in said if v.positive == word.positive][-2:]

    def counted(self, sent: Sent, day: date) -> dict[str, list[Verdict]]:
        """Therapy -> the verdicts that decide it; a therapy that is not decided yet is left out."""
        found = {therapy: self.rests_on(sent, therapy, day) for therapy in sent.wanted}
        return {therapy: verdicts for therapy, verdicts in found.items() if verdicts}


def asked_about(sent: Sent, therapy: str) -> list[Asked]:
    return [each for each in sent.asked if each.therapy == therapy and not each.off]
