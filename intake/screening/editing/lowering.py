"""What a rule set would take away from the heaviest rows of the one it replaces.

A row is heavy when a level in it is contraindicated or emergency, when it asks for help at once
(R0), or when it has no levels of its own and names the code of a heavy row. It is lowered when no
row of the new rule set covers it: one that fires at least as often and weighs at least as much.
The trigger `lowered_rows_are_signed` asks the same in the database; a test compares the two.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from intake.screening.editing.sheets import key_of
from intake.screening.levels import BY_CODE, Level
from intake.screening.rule_set import TABLES

Row = dict[str, Any]
"""A row as it is stored."""

ONLY_WORDS = ("messages", "sources", "concerns")
"""Tables that say something and raise nothing."""
WORDS = (
    "advice",
    "care",
    "checked",
    "citation",
    "concern",
    "default",
    "group",
    "massage_advice",
    "name",
    "needling",
    "note",
    "priority",
    "question",
    "sources",
    "text",
    "title",
)
"""Columns that may change freely: they do not decide whether a row fires or how much it weighs."""
EXCEPTIONS = ("box_only", "needs", "said_of", "shared", "unless")
"""Lists that keep a row from firing; adding to them takes something away."""
CONDITIONS = ("and_also", "and_any", "regions")
"""Lists of which one must hold, if they hold anything; a first entry takes something away."""
URGENCIES = ("", "R1", "R0")


@dataclass(frozen=True)
class Lowered:
    table: str
    row: str
    was: Row
    becomes: Row | None
    """The row of that name now; None when there is none."""

    @property
    def mark(self) -> str:
        """The same for the same change only."""
        content = [self.table, self.was, self.becomes]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def lowered(before: dict, after: dict) -> list[Lowered]:
    """Heavy rows of `before` that no row of `after` covers; both as stored."""
    names = set(_heavy_names(before))
    return [
        Lowered(table, _name(table, row), row, _same_name(table, row, after.get(table, [])))
        for table in TABLES
        if table not in ONLY_WORDS
        for row in before.get(table, [])
        if _is_heavy(row, names) and not _is_covered(row, after.get(table, []))
    ]


def _heavy_names(rules: dict) -> Iterator[str]:
    for row in (*rules.get("rules", []), *rules.get("medicine_classes", [])):
        if _weighs(row):
            yield row["code"]


def _is_heavy(row: Row, names: set[str]) -> bool:
    return _weighs(row) or (not row.get("levels") and not names.isdisjoint(_said_in(row)))


def _weighs(row: Row) -> bool:
    levels = (*(row.get("levels") or ()), *(row.get("local") or ()))
    return row.get("urgency") == "R0" or any(map(_is_high, levels))


def _said_in(row: Row) -> Iterator[str]:
    """A row with a code of its own raises that; any other may raise whatever it names."""
    for value in [row["code"]] if row.get("code") else row.values():
        yield from (word for word in (value if isinstance(value, list) else [value]) if word)


def _is_covered(row: Row, others: list[Row]) -> bool:
    return row in others or any(covers(other, row) for other in others)


def covers(other: Row, row: Row) -> bool:
    """Whether `other` fires whenever `row` does, with heavy levels at least as high."""
    return all(
        _COVERS.get(name, _same_or_more)(name, value, other)
        for name, value in row.items()
        if name not in WORDS
    )


def _levels(name: str, value: list[str], other: Row) -> bool:
    theirs = other.get("levels") or []
    if not value:
        return not theirs
    return len(theirs) == len(value) and all(
        _rank(new) >= _rank(old) for old, new in zip(value, theirs, strict=True) if _is_high(old)
    )


def _local(name: str, value: list[str], other: Row) -> bool:
    """What becomes general covers what was local."""
    theirs, general = other.get("local") or [], other.get("levels") or []
    return all(
        max(_rank_at(theirs, place), _rank_at(general, place)) >= _rank(old)
        for place, old in enumerate(value)
        if _is_high(old)
    )


def _urgency(name: str, value: str, other: Row) -> bool:
    return URGENCIES.index(other.get("urgency") or "") >= URGENCIES.index(value)


def _exceptions(name: str, value: list[str], other: Row) -> bool:
    return name in other and set(other[name]) <= set(value)


def _conditions(name: str, value: list[str], other: Row) -> bool:
    return bool(value) == bool(other.get(name)) and _same_or_more(name, value, other)


def _same_or_more(name: str, value: Any, other: Row) -> bool:
    if name not in other:
        return False
    if isinstance(value, list):
        return set(value) <= set(other[name] or [])
    return other[name] == value


_COVERS = {
    "levels": _levels,
    "local": _local,
    "urgency": _urgency,
    **dict.fromkeys(EXCEPTIONS, _exceptions),
    **dict.fromkeys(CONDITIONS, _conditions),
}


def _is_high(level: str) -> bool:
    return _rank(level) >= Level.CONTRAINDICATED


def _rank(level: str) -> int:
    return BY_CODE.get(level, Level.NONE)


def _rank_at(levels: list[str], place: int) -> int:
    return _rank(levels[place]) if place < len(levels) else Level.NONE


def _name(table: str, row: Row) -> str:
    return key_of(table, {name: _text(value) for name, value in row.items()})


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _same_name(table: str, row: Row, others: list[Row]) -> Row | None:
    name = _name(table, row)
    return next((other for other in others if _name(table, other) == name), None)
