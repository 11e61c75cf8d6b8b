"""The workflow as a few lists in memory: it says beforehand what must succeed and what must not.

It is written from the rules of the clinic, not from the code: no service and no query is used here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from records import (
    CAUTION,
    CONTRAINDICATED,
    Alarm,
    Asked,
    Clearance,
    Form,
    Read,
    Sent,
    Verdict,
    Visit,
)
from records import Round as Round

WAITING = ("submitted", "in_review", "asked", "second_opinion")
HOLDING = (*WAITING, "closed")
CHANGEABLE = (*HOLDING, "decided")
TAKEN_BACK_FROM = ("draft", "submitted", "in_review", "asked", "closed")
DECIDED_FROM = ("in_review", "second_opinion")
THERAPIES = ("acupuncture", "massage")
STEPS = {
    "put_back": ("in_review", "submitted"),
    "ask": ("in_review", "asked"),
    "answered_by_phone": ("asked", "submitted"),
}
AS_THEY_CAME = "as they came"
VERSIONS = {
    AS_THEY_CAME: {},
    "diabetes weighs more": {"diabetes": 3},
    "diabetes as before": {},
    "heart rules out": {"heart": 4},
    "both": {"diabetes": 3, "heart": 4},
    "diabetes as before again": {"heart": 4},
}
"""Rules in the order they are published: what weighs more in them, and how much."""
RAISED_IN = {"not sure": "diabetes", "a stop": "heart"}
"""What a patient says -> which of these is found in it."""


@dataclass
class Clinic:
    forms: list[Form] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    clearances: list[Clearance] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    registered: dict[str, dict[str, date]] = field(default_factory=dict)
    inactive: set[str] = field(default_factory=set)
    rules: str = AS_THEY_CAME
    """The version in force."""

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
        return (
            self.held_by_something_newer(clearance)
            or self.held_by_a_look(clearance)
            or self.held_by_rules(clearance)
        )

    def held_by_a_look(self, clearance: Clearance) -> bool:
        looked = clearance.rests_on.form.looked_at
        return looked is not None and looked >= clearance.created

    def held_by_something_newer(self, clearance: Clearance) -> bool:
        own = clearance.rests_on
        return self.urgent(clearance.patient) or any(
            sent.moves
            and sent.pk > own.pk
            and (form.state in HOLDING or (form.state == "decided" and form is not own.form))
            for form in self.forms
            if form.patient == clearance.patient
            for sent in form.sent
        )

    def held_by_rules(self, clearance: Clearance) -> bool:
        """Newer rules have not read what it rests on, or raise something nobody has settled."""
        newest = clearance.rests_on.form.newest
        if newest.rules == self.rules:
            return False
        read = newest.reads.get(self.rules)
        return read is None or not all(
            read.is_settled(each, clearance.created) for each in clearance.therapies
        )

    def unread(self, sent: Sent) -> bool:
        """Whether the rules in force have not been asked about it yet."""
        return sent.rules != self.rules and self.rules not in sent.reads

    def reading(self, sent: Sent) -> Read | None:
        """What the rules in force raise in it: what was not known, by sending or by an answer."""
        if not self.unread(sent):
            return sent.reads.get(self.rules)
        code, now = RAISED_IN.get(sent.says), VERSIONS[self.rules]
        known = VERSIONS[sent.rules].get(code, 0)
        for earlier in sent.reads.values():
            if code in earlier.raised and {each[0] for each in earlier.answers} == set(THERAPIES):
                known = earlier.level
        level = now.get(code, 0)
        raised = (code,) if level > known else ()
        return Read(0, self.rules, raised, level if raised else 0)

    def to_reread(self, day: date) -> list[Sent]:
        """What the worker has to read under the rules in force."""
        return [
            form.newest
            for form in self.forms
            if form.sent
            and self.unread(form.newest)
            and (
                form.state in WAITING
                or any(
                    each.rests_on.form is form and each.state == "live" and each.last >= day
                    for each in self.clearances
                )
            )
        ]

    def passes_newer_rules(self, sent: Sent, cleared: list[str]) -> bool:
        """Whether each of these has been read, and none is ruled out."""
        read = self.reading(sent)
        if read is None or read.level < CAUTION:
            return True
        return not cleared or (
            read.level < CONTRAINDICATED and all(read.is_read(each) for each in cleared)
        )

    def was_read_before(self, sent: Sent, closes: dict[str, list[Verdict]]) -> bool:
        """Whether what newer rules raise was settled before the verdicts that clear it."""
        read = self.reading(sent)
        return read is None or all(
            read.is_settled(therapy, verdicts[-1].at)
            for therapy, verdicts in closes.items()
            if verdicts[-1].positive
        )

    def live(self, patient: int) -> Clearance | None:
        return next((c for c in self.clearances if (c.patient, c.state) == (patient, "live")), None)

    def standing(self) -> list[Visit]:
        return [visit for visit in self.visits if not visit.cancelled]

    def said(self, sent: Sent, therapy: str, day: date) -> list[Verdict]:
        """The last word of each person who is here and registered still. Once the patient was told,
        what is said anew takes its place."""
        all_of_it = [
            v
            for v in sent.verdicts
            if v.therapy == therapy and self.holds(v.by, therapy, day) and v.by not in self.inactive
        ]
        anew = [v for v in all_of_it if sent.told and v.at > sent.told]
        last = {v.by: v for v in anew or all_of_it}
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

    def counted(self, sent: Sent, day: date, now: datetime) -> dict[str, list[Verdict]] | None:
        """Therapy -> the verdicts that decide it; None while one is not decided, or while anything
        that was said can still be taken back."""
        found = {therapy: self.rests_on(sent, therapy, day) for therapy in sent.wanted}
        said = [v for therapy in sent.wanted for v in self.said(sent, therapy, day)]
        if not all(found.values()) or any(v.effective > now for v in said):
            return None
        return found

    @contextmanager
    def as_if(self, sent: Sent, new: list[Verdict], asked: list[Asked] = ()) -> Iterator[None]:
        """What would be, had this been said and these been asked."""
        before = sent.verdicts, sent.asked
        sent.verdicts, sent.asked = [*sent.verdicts, *new], [*sent.asked, *asked]
        try:
            yield
        finally:
            sent.verdicts, sent.asked = before


def asked_about(sent: Sent, therapy: str) -> list[Asked]:
    return [each for each in sent.asked if each.therapy == therapy and not each.off]
