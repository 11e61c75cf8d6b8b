"""Differences in words a clinician reads."""

from dataclasses import dataclass
from typing import Any

from intake.screening.editing.comparison import (
    ADDED,
    CHANGED,
    LOWERED,
    RAISED,
    REMOVED,
    TITLES,
    RowChange,
    SheetChanges,
    lowered_rows,
)
from intake.screening.editing.lowering import Lowered
from intake.screening.editing.rule_words import cell_words, column_title, sheet_title
from intake.screening.editing.sheets import SHEETS
from intake.screening.rule_set import TABLES
from intake.screening.tables import from_json, to_cells

WORDS = {
    LOWERED: "Lowered",
    REMOVED: "Removed",
    CHANGED: "Changed",
    RAISED: "Raised",
    ADDED: "Added",
}


@dataclass(frozen=True)
class CellShown:
    column: str
    before: str
    now: str
    direction: str


@dataclass(frozen=True)
class ChangeShown:
    sheet: str
    key: str
    title: str
    change: str
    word: str
    cells: tuple[CellShown, ...]


@dataclass(frozen=True)
class SheetShown:
    title: str
    summary: str
    rows: tuple[ChangeShown, ...]
    """Without those that are lowered: they stand first on the page."""


def changes_shown(changes: list[SheetChanges]) -> dict[str, Any]:
    """lowered: every row that weighs less, of all sheets; sheets: the rest, sheet by sheet."""
    return {
        "lowered": [_row(row) for row in lowered_rows(changes)],
        "sheets": [_sheet(each) for each in changes],
        "count": sum(len(each.rows) for each in changes),
    }


def lowered_shown(one: Lowered) -> ChangeShown:
    """A heavy row that would weigh less, with everything in it that differs."""
    kind = TABLES[one.table]
    row = from_json(kind, one.was)
    was = to_cells(row)
    now = to_cells(from_json(kind, one.becomes)) if one.becomes else None
    after = now or dict.fromkeys(was, "")
    cells = tuple(
        CellShown(
            column_title(name), cell_words(name, text), cell_words(name, after[name]), CHANGED
        )
        for name, text in was.items()
        if after[name] != text and (now or name not in ("code", "kind"))
    )
    sheet = next(
        each.name for each in SHEETS.values() if each.table == one.table and each.holds(row)
    )
    change = LOWERED if now else REMOVED
    title = next((was[name] for name in TITLES if was.get(name) and was[name] != one.row), "")
    return ChangeShown(sheet_title(sheet), one.row, title, change, WORDS[change], cells)


def _sheet(changes: SheetChanges) -> SheetShown:
    counts = [(changes.count(change), word.lower()) for change, word in WORDS.items()]
    summary = ", ".join(f"{number} {word}" for number, word in counts if number)
    rows = tuple(_row(row) for row in changes.rows if not row.is_lowered)
    return SheetShown(sheet_title(changes.sheet), summary, rows)


def _row(row: RowChange) -> ChangeShown:
    cells = tuple(
        CellShown(
            column_title(cell.column),
            cell_words(cell.column, cell.before),
            cell_words(cell.column, cell.now),
            cell.direction,
        )
        for cell in row.cells
    )
    title = row.title if row.title != row.key else ""
    return ChangeShown(sheet_title(row.sheet), row.key, title, row.change, WORDS[row.change], cells)
