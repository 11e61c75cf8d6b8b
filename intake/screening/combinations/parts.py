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
from dataclasses import dataclass
from functools import cached_property

from intake.screening.combinations.rows import Combination
from intake.screening.regions import CODES, touch

MEASURE = re.compile(r"(?P<measure>[a-z_]+)(?P<sign>>=|<=)(?P<limit>[0-9.]+)")
MARKED = ("pain", "treat")
ABOUT_CODES = ("", "ever", "yes", "unanswered")
ABOUT_PLACES = (*MARKED, "place")
KINDS = (*ABOUT_CODES, *ABOUT_PLACES, "goal", "wants", "age")


@dataclass(frozen=True)
class Limit:
    """A part that holds from or up to a number."""

    part: str
    measure: str
    limit: float
    is_lowest: bool

    def holds(self, value: float) -> bool:
        return value >= self.limit if self.is_lowest else value <= self.limit


@dataclass(frozen=True)
class Parts:
    """The combinations, and what has to be looked up in a document for them."""

    rows: tuple[Combination, ...]

    @cached_property
    def grouped(self) -> list[tuple[Combination, tuple[frozenset[str], ...]]]:
        return [(row, tuple(map(frozenset, row.groups))) for row in self.rows]

    @cached_property
    def begun_by(self) -> dict[str, list[int]]:
        """Part of a first group -> which of `grouped` it could make true."""
        places: dict[str, list[int]] = {}
        for place, (_, groups) in enumerate(self.grouped):
            for part in groups[0]:
                places.setdefault(part, []).append(place)
        return places

    @cached_property
    def named(self) -> frozenset[str]:
        return frozenset(part for row in self.rows for group in row.groups for part in group)

    def after(self, kind: str) -> list[str]:
        """What stands after `kind:`, in order."""
        return sorted(of for each, of in map(_split, self.named) if each == kind)

    @cached_property
    def ticked(self) -> list[str]:
        return self.after("yes")

    @cached_property
    def silent(self) -> list[str]:
        return self.after("unanswered")

    @cached_property
    def ages(self) -> list[Limit]:
        return [Limit(f"age:{age}", "age", float(age), is_lowest=True) for age in self.after("age")]

    @cached_property
    def limits(self) -> list[Limit]:
        found = [match for part in sorted(self.named) if (match := MEASURE.fullmatch(part))]
        return [
            Limit(each[0], each["measure"], float(each["limit"]), each["sign"] == ">=")
            for each in found
        ]

    @cached_property
    def located(self) -> dict[str, dict[str, list[str]]]:
        """Code -> place -> the parts that hold when the finding is there; "" for no place."""
        codes = {part.partition("@")[0] for part in self.named if "@" in part}
        return {code: self._parts_at(f"{code}@") | {"": [f"{code}@"]} for code in codes}

    @cached_property
    def marked(self) -> dict[str, dict[str, list[str]]]:
        """ "pain" or "treat" -> place -> the parts that hold when it is marked."""
        either = self._parts_at("place:")
        own = {kind: self._parts_at(f"{kind}:") for kind in MARKED}
        return {
            kind: {place: parts + either[place] for place, parts in at.items()}
            for kind, at in own.items()
        }

    def _parts_at(self, start: str) -> dict[str, list[str]]:
        there = {part.removeprefix(start) for part in self.named if part.startswith(start)} - {""}
        return {
            place: sorted(start + each for each in there & CODES if touch(place, each))
            for place in CODES
        }


def kinds_in(row: Combination) -> set[str]:
    return {_split(part)[0] for group in row.groups for part in group}


def codes_in(row: Combination) -> set[str]:
    """Codes of rules its parts speak about."""
    parts = [_split(part) for group in row.groups for part in group if not MEASURE.fullmatch(part)]
    return {of.partition("@")[0] for kind, of in parts if kind in ABOUT_CODES}


def places_in(row: Combination) -> set[str]:
    """Places its parts speak about."""
    parts = [_split(part) for group in row.groups for part in group]
    at = {of.partition("@")[2] for _, of in parts} - {""}
    return at | {of for kind, of in parts if kind in ABOUT_PLACES}


def _split(part: str) -> tuple[str, str]:
    kind, _, of = part.rpartition(":")
    return kind, of
