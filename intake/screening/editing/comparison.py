"""The differences between two rule sets, row by row, lowered ones first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from intake.screening.editing.lowering import ONLY_WORDS, URGENCIES
from intake.screening.editing.sheets import SHEETS, Cells, Sheet, plain_name
from intake.screening.levels import BY_CODE, MODALITIES, NOTHING, Level
from intake.screening.rule_set import RuleSetData
from intake.screening.tables import LOCAL

LOWERED, REMOVED, CHANGED, RAISED, ADDED = "lowered", "removed", "changed", "raised", "added"
ORDER = (LOWERED, REMOVED, CHANGED, RAISED, ADDED)
"""What could let something through comes first."""
Weights = tuple[int, ...]
"""Four general and four local levels; all alike for a cell that holds one level or an urgency."""
NOWHERE: Weights = (0,) * 8
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
    cells: tuple[CellChange, ...]
    """Those that differ; of a row that is new or gone, all that say something."""


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
    old, new = _without_common(sheet.by_key(before), sheet.by_key(now))
    rows = [
        _compared(sheet, key, old.get(key), new.get(key), (before, now)) for key in {**old, **new}
    ]
    return SheetChanges(sheet.name, tuple(sorted(rows, key=lambda row: ORDER.index(row.change))))


def _without_common(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict, dict]:
    """The rows only one side has; among rows of one name, the first left here and there."""
    common = Counter(old.values()) & Counter(new.values())
    return _left(old, common), _left(new, common)


def _left(rows: dict[str, Any], common: Counter[Any]) -> dict[str, Any]:
    left: dict[str, Any] = {}
    still = common.copy()
    for key, row in rows.items():
        if still[row]:
            still[row] -= 1
            continue
        name = plain_name(key)
        left[name if name not in left else key] = row
    return left


def _compared(
    sheet: Sheet, key: str, old: Any, new: Any, rules: tuple[RuleSetData, RuleSetData]
) -> RowChange:
    if new is None:
        cells = sheet.cells(old)
        gone = tuple(CellChange(column, text, "", CHANGED) for column, text in _said(sheet, cells))
        weighed = _weighs(sheet, old, rules[0])
        return RowChange(sheet.name, key, _title(cells), REMOVED, weighed, gone)
    if old is None:
        cells = sheet.cells(new)
        added = tuple(CellChange(column, "", text, CHANGED) for column, text in _said(sheet, cells))
        return RowChange(sheet.name, key, _title(cells), ADDED, False, added)
    before, now = sheet.cells(old), sheet.cells(new)
    weights = _weights(sheet, old, rules[0]), _weights(sheet, new, rules[1])
    cells = tuple(
        CellChange(
            column, before[column], now[column], _direction(weights[0][column], weights[1][column])
        )
        for column in sheet.columns
        if before[column] != now[column]
    )
    directions = {cell.direction for cell in cells}
    change = next((each for each in (LOWERED, RAISED) if each in directions), CHANGED)
    return RowChange(sheet.name, key, _title(now), change, LOWERED in directions, cells)


def _said(sheet: Sheet, cells: Cells) -> list[tuple[str, str]]:
    """What a row says besides its name and title, which stand over it."""
    over = {_title(cells)}
    return [
        (column, text)
        for column, text in cells.items()
        if text and column not in sheet.key_columns and text not in over
    ]


def _direction(before: Weights, now: Weights) -> str:
    if any(new < old for old, new in zip(before, now, strict=True)):
        return LOWERED
    return RAISED if before != now else CHANGED


def _weighs(sheet: Sheet, row: Any, rules: RuleSetData) -> bool:
    return any(any(weights) for weights in _weights(sheet, row, rules).values())


def _weights(sheet: Sheet, row: Any, rules: RuleSetData) -> dict[str, Weights]:
    """What each cell weighs: a level itself, an urgency itself, and in rows without levels of
    their own the rules and classes it names."""
    own = _own_levels(row, rules)
    names_count = not getattr(row, "levels", ()) and sheet.name not in ONLY_WORDS
    weights: dict[str, Weights] = {}
    for column, text in sheet.cells(row).items():
        if column == "urgency":
            weights[column] = (_urgency(text),) * len(NOWHERE)
        elif column in own:
            weights[column] = own[column]
        else:
            weights[column] = _named_in(text, rules) if names_count else NOWHERE
    return weights


def _own_levels(row: Any, rules: RuleSetData) -> dict[str, Weights]:
    """By column; a row that leaves its levels empty weighs what its code weighs."""
    levels = getattr(row, "levels", None)
    if levels == () and (rule := rules.by_code.get(getattr(row, "code", ""))):
        levels = rule.levels
    local = getattr(row, "local", None) or ()
    said = [*zip(MODALITIES, levels or (), strict=False), *zip(LOCAL, local, strict=False)]
    return {column: (BY_CODE.get(level, Level.NONE),) * len(NOWHERE) for column, level in said}


def _named_in(text: str, rules: RuleSetData) -> Weights:
    """The highest of each level, general and local, of all that the cell names."""
    found: list[Weights] = []
    for name in text.split(";"):
        if rule := rules.by_code.get(name):
            found.append((*rule.weight, *rule.local_weight))
        if each := rules.class_of.get(name):
            found.append((*each.weight, *NOTHING))
    return tuple(max(column) for column in zip(NOWHERE, *found, strict=True))


def _urgency(text: str) -> int:
    return URGENCIES.index(text) if text in URGENCIES else 0


def _title(cells: Cells) -> str:
    return next((cells[name] for name in TITLES if cells.get(name)), "")
