"""What screening found, before it is written out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from intake.screening.levels import MODALITIES, NOTHING, Level, Levels, highest, named
from intake.screening.regions import overlap
from intake.screening.rows import Rule

ACTIVE = "active"
HISTORICAL = "historical"
UNCERTAIN = "uncertain"
STATES = (ACTIVE, UNCERTAIN, HISTORICAL)
"""The state named first wins when one finding has several reasons."""

URGENCIES = ("R0", "R1")
"""Most urgent first."""

Reason = dict[str, str]


def reason(source: str, text: str, matched: str) -> Reason:
    """Why a finding is there: the kind of answer, its words, and what was read in them."""
    return {"source": source, "text": text, "matched": matched}


class Finding(NamedTuple):
    rule: Rule
    weight: Levels
    because: tuple[Reason, ...]
    local: Levels = NOTHING
    regions: tuple[str, ...] = ()
    state: str = ACTIVE
    urgency: str = ""
    message: str = ""
    is_advice: bool = False
    """Its local levels are advice about a place; they never weigh on the whole."""

    @property
    def code(self) -> str:
        return self.rule.code

    def in_the_way_of(self, treat: tuple[str, ...]) -> "Finding":
        """A local level weighs on everything when the wish is to be treated right there."""
        if self.local != NOTHING and not self.is_advice and overlap(self.regions, treat):
            return self._replace(weight=highest([self.weight, self.local]))
        return self

    def as_flag(self) -> dict:
        return {
            "code": self.code,
            "state": self.state,
            "levels": named(self.weight),
            "local": self._local() if self.local != NOTHING else {},
            "because": [one.copy() for one in self.because],
            "sources": list(self.rule.sources),
        }

    def _local(self) -> dict[str, dict]:
        return {
            modality: {"level": level.code, "regions": list(self.regions)}
            for modality, level in zip(MODALITIES, self.local, strict=True)
            if level > Level.NONE
        }


def found(
    rule: Rule, *because: Reason, regions: Iterable[str] = (), state: str = ACTIVE
) -> Finding:
    """The finding of a rule that fires with the levels it has in the rule set."""
    return Finding(
        rule=rule,
        weight=rule.weight,
        because=because,
        local=rule.local_weight,
        regions=tuple(regions),
        state=state,
        urgency=rule.urgency,
        message=rule.message,
    )


class Findings:
    """One finding per code with everything that speaks for it."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._by_code: dict[str, Finding] = {}
        self.add(findings)

    def add(self, findings: Iterable[Finding]) -> None:
        by_code = self._by_code
        for finding in findings:
            code = finding.rule.code
            earlier = by_code.get(code)
            by_code[code] = _together(earlier, finding) if earlier else finding

    def in_order(self) -> list[Finding]:
        """The heaviest first."""
        return sorted(self._by_code.values(), key=_heaviest_first)


def merged(findings: Iterable[Finding]) -> list[Finding]:
    return Findings(findings).in_order()


def _heaviest_first(finding: Finding) -> tuple[int, str]:
    return -max(finding.weight + finding.local), finding.rule.code


def _together(one: Finding, other: Finding) -> Finding:
    urgent = min((one, other), key=lambda finding: urgency_order(finding.urgency))
    because = {tuple(sorted(each.items())): each for each in one.because + other.because}
    return one._replace(
        weight=highest([one.weight, other.weight]),
        local=highest([one.local, other.local]),
        regions=tuple(sorted({*one.regions, *other.regions})),
        because=tuple(because[key] for key in sorted(because)),
        state=min(one.state, other.state, key=STATES.index),
        urgency=urgent.urgency,
        message=urgent.message,
    )


def in_order(entries: list[dict]) -> list[dict]:
    """Each entry once, in an order that does not depend on where it was found."""
    if len(entries) < 2:
        return entries
    by_content = {repr(sorted(entry.items())): entry for entry in entries}
    return [by_content[content] for content in sorted(by_content)]


def urgency_order(urgency: str) -> int:
    return URGENCIES.index(urgency) if urgency else len(URGENCIES)


@dataclass
class Reading:
    """What one way of reading a document brings to light."""

    findings: list[Finding] = field(default_factory=list)
    unanswered: dict[str, tuple[Levels, Reason]] = field(default_factory=dict)
    """Code to the level the silence has, and the reason shown for it."""
    not_checked: set[str] = field(default_factory=set)
    """Codes of rules that could not be checked for want of an answer."""
    conflicts: list[dict[str, str]] = field(default_factory=list)
    family: list[dict[str, str]] = field(default_factory=list)
    """Illness in the family: what was written, and the code it is about."""
    did_you_mean: list[dict] = field(default_factory=list)
    read_yourself: list[dict[str, str]] = field(default_factory=list)
    """Text that screening cannot be relied on to have understood."""

    def add(self, other: "Reading") -> None:
        self.findings += other.findings
        self.unanswered |= other.unanswered
        self.not_checked |= other.not_checked
        self.conflicts += other.conflicts
        self.family += other.family
        self.did_you_mean += other.did_you_mean
        self.read_yourself += other.read_yourself
