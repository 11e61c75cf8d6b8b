"""A rule set as the sheets people know it by: one for each file in `rules/`."""

import math
import re
from dataclasses import astuple, dataclass, replace
from functools import cache, cached_property
from typing import Any

from intake.screening.rule_files import FOLDER, RULES
from intake.screening.rule_set import TABLES, RuleSetData
from intake.screening.tables import columns, from_cells, to_cells

Cells = dict[str, str]
"""One row as text, by column."""

LIMITS = ("at_least", "above", "below", "up_to")
KEYS = {
    "bands": ("measure", *LIMITS, "code"),
    "cues": ("kind", "side", "reach"),
    "term_cases": ("term", "effect", "only"),
}
"""Columns that tell the rows of a table apart, where the first column alone does not."""


@dataclass(frozen=True)
class Sheet:
    name: str
    table: str
    fixed: tuple[tuple[str, str], ...] = ()
    """Columns the file leaves out, because every row of the sheet has the same in them."""

    @property
    def kind(self) -> type:
        return TABLES[self.table]

    @cached_property
    def columns(self) -> list[str]:
        """In the order of the file that comes with the site, if it has the same columns."""
        mine = [column for column in columns(self.kind) if column not in dict(self.fixed)]
        header = _header(self.name)
        return header if sorted(header) == sorted(mine) else mine

    @property
    def key_columns(self) -> list[str]:
        return _key_columns(self.table)

    def holds(self, row: Any) -> bool:
        kind = dict(self.fixed).get("kind")
        return kind is None or row.kind == kind

    def rows(self, rules: RuleSetData) -> list[Any]:
        return [row for row in getattr(rules, self.table) if self.holds(row)]

    def with_rows(self, rules: RuleSetData, rows: list[Any]) -> RuleSetData:
        """The same rules with these rows in the place of the sheet's own."""
        table = getattr(rules, self.table)
        first = next((place for place, row in enumerate(table) if self.holds(row)), len(table))
        others = [row for row in table[first:] if not self.holds(row)]
        return replace(rules, **{self.table: (*table[:first], *rows, *others)})

    def by_key(self, rules: RuleSetData) -> dict[str, Any]:
        """The rows by what they are called, in order. A second of the same name is "name (2)"."""
        found: dict[str, Any] = {}
        times: dict[str, int] = {}
        for row in self.rows(rules):
            key = key_of(self.table, to_cells(row))
            times[key] = times.get(key, 0) + 1
            found[key if times[key] == 1 else f"{key} ({times[key]})"] = row
        return found

    def cells(self, row: Any) -> Cells:
        cells = to_cells(row)
        return {column: cells[column] for column in self.columns}

    def row(self, cells: Cells) -> Any:
        """KeyError: a column is missing. ValueError: a cell does not fit."""
        row = from_cells(self.kind, cells | dict(self.fixed))
        if any(isinstance(value, float) and not math.isfinite(value) for value in astuple(row)):
            raise ValueError("a number is not finite")
        if not key_of(self.table, to_cells(row)):
            raise ValueError(f"{self.key_columns[0]} is empty")
        return row


SHEETS: dict[str, Sheet] = {
    **{name: Sheet(name, "rules", tuple(fixed.items())) for name, fixed in RULES.items()},
    **{name: Sheet(name, name) for name in TABLES if name != "rules"},
}


def key_of(table: str, cells: Cells) -> str:
    """What a row is called: its code, name or term; a band has all its limits in the name."""
    said = [(name, cells[name]) for name in _key_columns(table) if cells[name]]
    parts = [f"{name.replace('_', ' ')} {text}" if name in LIMITS else text for name, text in said]
    return " ".join(parts)


def plain_name(key: str) -> str:
    """The key without the number that tells rows of one name apart."""
    return re.sub(r" \([0-9]+\)$", "", key)


def _key_columns(table: str) -> list[str]:
    known = columns(TABLES[table])
    return [name for name in KEYS.get(table, ()) if name in known] or known[:1]


@cache
def _header(name: str) -> list[str]:
    path = FOLDER / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as lines:
        return lines.readline().strip().split(",")
