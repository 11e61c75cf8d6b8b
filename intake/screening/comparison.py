"""The differences between two rule sets, row by row, lowered ones first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from intake.screening.levels import BY_CODE, MODALITIES, Level
from intake.screening.lowering import URGENCIES
from intake.screening.rule_set import RuleSetData
from intake.screening.sheets import SHEETS, Cells, Sheet
from intake.screening.tables import LOCAL

LOWERED, REMOVED, CHANGED, RAISED, ADDED = "lowered", "removed", "changed", "raised", "added"
ORDER = (LOWERED, REMOVED, CHANGED, RAISED, ADDED)
"""What could let something through comes first."""
TITLES = ("question", "title", "name", "concern", "citation", "text")


@dataclass(frozen=True)
class CellChange:
    column: str
    before: str
    now: str
    direction: str
    """"lowered", "raised" or "changed"."""


@dataclass(frozen=True)
class RowChange:
    sheet: str
    key: str
    title: str
    change: str
    """One of ORDER; a row in which anything is lowered is lowered."""
    is_lowered: bool
    """Weighs less than before, or is gone and weighed something."""
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True)
class SheetChanges:
    sheet: str
    rows: tuple[RowChange, ...]

    def count(self, *changes: str) -> int:
        return sum(row.change in changes for row in self.rows)


def differences(before: RuleSetData, now: RuleSetData) -> list[SheetChanges]:
    """Only sheets in which something differs, in the order of the files."""
    found = (_of_sheet(sheet, before, now) for sheet in SHEETS.values())
    return [changes for changes in found if changes.rows]


def lowered_rows(changes: Iterable[SheetChanges]) -> list[RowChange]:
    return [row for each in changes for row in each.rows if row.is_lowered]


def _of_sheet(sheet: Sheet, before: RuleSetData, now: RuleSetData) -> SheetChanges:
    old, new = sheet.by_key(before), sheet.by_key(now)
    rows = [
        _compared(sheet, key, old.get(key), new.get(key), (before, now))
        for key in {**old, **new}
        if old.get(key) != new.get(key)
    ]
    return SheetChanges(sheet.name, tuple(sorted(rows, key=lambda row: ORDER.index(row.change))))


def _compared(
    sheet: Sheet, key: str, old: Any, new: Any, rules: tuple[RuleSetData, RuleSetData]
) -> RowChange:
    if new is None:
        cells = sheet.cells(old)
        weighed = any(_weights(sheet, old, rules[0]).values()) or bool(cells.get("urgency"))
        return RowChange(sheet.name, key, _title(cells), REMOVED, weighed)
    if old is None:
        return RowChange(sheet.name, key, _title(sheet.cells(new)), ADDED, False)
    before, now = sheet.cells(old), sheet.cells(new)
    weights = _weights(sheet, old, rules[0]), _weights(sheet, new, rules[1])
    cells = tuple(
        CellChange(column, before[column], now[column], _direction(column, before, now, weights))
        for column in sheet.columns
        if before[column] != now[column]
    )
    directions = {cell.direction for cell in cells}
    change = next((each for each in (LOWERED, RAISED) if each in directions), CHANGED)
    return RowChange(sheet.name, key, _title(now), change, LOWERED in directions, cells)


def _direction(
    column: str, before: Cells, now: Cells, weights: tuple[dict[str, Level], dict[str, Level]]
) -> str:
    if column == "urgency":
        old, new = _urgency(before[column]), _urgency(now[column])
    elif column in weights[0]:
        old, new = weights[0][column], weights[1][column]
    else:
        return CHANGED
    return CHANGED if old == new else (LOWERED if new < old else RAISED)


def _weights(sheet: Sheet, row: Any, rules: RuleSetData) -> dict[str, Level]:
    """Level by column; a row that leaves its levels empty weighs what its code weighs."""
    levels = getattr(row, "levels", None)
    if levels == () and (rule := rules.by_code.get(getattr(row, "code", ""))):
        levels = rule.levels
    local = getattr(row, "local", None) or ()
    said = [*zip(MODALITIES, levels or (), strict=False), *zip(LOCAL, local, strict=False)]
    return {column: BY_CODE.get(level, Level.NONE) for column, level in said}


def _urgency(text: str) -> int:
    return URGENCIES.index(text) if text in URGENCIES else 0


def _title(cells: Cells) -> str:
    return next((cells[name] for name in TITLES if cells.get(name)), "")
