"""The parts combinations are made of, worked out once for each rule set.

A part is one short word in a cell:

    diabetes                    it is so now, however it was found
    ever:cancer_past            now or in the past
    yes:bp_raised               the patient ticked yes
    unanswered:em_dvt           left blank or not sure
    acute_injury@hips           at that place; acute_injury@ without a place: not said where
    pain:neck, treat:neck       marked as sore, or to be treated; place:neck is either
    goal:circulation, wants:heat
    age:50, systolic>=180, systolic<=90
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from intake.screening.regions import CODES, touch
from intake.screening.rows import Combination

MEASURE = re.compile(r"(?P<measure>[a-z_]+)(?P<sign>>=|<=)(?P<limit>[0-9.]+)")
MARKED = ("pain", "treat")


@dataclass(frozen=True)
class Limit:
    """A part that holds from or up to a number."""

    part: str
    measure: str
    limit: float
    is_lowest: bool

    def holds(self, value: float) -> bool:
        return value >= self.limit if self.is_lowest else value <= self.limit


@dataclass
class Parts:
    rows: list[tuple[Combination, tuple[frozenset[str], ...]]] = field(default_factory=list)
    ticked: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    located: set[str] = field(default_factory=set)
    ages: list[Limit] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)


def parts_of(rows: Iterable[Combination]) -> Parts:
    parts = Parts()
    for row in rows:
        parts.rows.append((row, tuple(map(frozenset, row.groups))))
    for part in sorted({part for row, _ in parts.rows for group in row.groups for part in group}):
        _sort_in(parts, part)
    return parts


def _sort_in(parts: Parts, part: str) -> None:
    kind, _, of = part.rpartition(":")
    if kind == "yes":
        parts.ticked.add(of)
    elif kind == "unanswered":
        parts.silent.add(of)
    elif kind == "age":
        parts.ages.append(Limit(part, kind, float(of), is_lowest=True))
    elif found := MEASURE.fullmatch(part):
        is_lowest = found["sign"] == ">="
        parts.limits.append(Limit(part, found["measure"], float(found["limit"]), is_lowest))
    elif "@" in part:
        parts.located.add(part.partition("@")[0])


@cache
def touching(place: str) -> tuple[str, ...]:
    """Every place that covers or equals this one, or lies in it."""
    return tuple(sorted(code for code in CODES if touch(code, place)))


@cache
def marked_parts(kind: str, place: str) -> tuple[str, ...]:
    """The parts that hold where this place is marked, with kind "pain" or "treat"."""
    return tuple(f"{each}:{code}" for each in (kind, "place") for code in touching(place))


def codes_in(row: Combination) -> set[str]:
    """Codes of rules its parts speak about."""
    kinds = ("ever", "yes", "unanswered", "")
    parts = [part.rpartition(":") for group in row.groups for part in group]
    return {
        of.partition("@")[0] for kind, _, of in parts if kind in kinds and not MEASURE.fullmatch(of)
    }


def places_in(row: Combination) -> set[str]:
    """Places its parts speak about."""
    parts = [part for group in row.groups for part in group]
    kinds = (*MARKED, "place")
    marked = {of for kind, _, of in (part.rpartition(":") for part in parts) if kind in kinds}
    return (marked | {part.partition("@")[2] for part in parts}) - {""}
