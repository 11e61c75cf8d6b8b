"""A sheet as a manager reads it: rows with their levels in words, searched and counted."""

from dataclasses import dataclass
from typing import Any

from intake.screening.editing.comparison import TITLES
from intake.screening.editing.rule_words import (
    cell_words,
    column_title,
    level_words,
    sheet_purpose,
    sheet_title,
)
from intake.screening.editing.sheets import SHEETS, Cells, Sheet
from intake.screening.levels import BY_CODE, MODALITIES, Level
from intake.screening.rule_set import RuleSetData
from intake.screening.tables import LOCAL

OUR_DEFAULT, SOURCED = "default", "sourced"


@dataclass(frozen=True)
class LevelShown:
    modality: str
    general: str
    local: str
    """Nothing where the affected area weighs no more."""
    is_heavy: bool
    is_local_heavy: bool


@dataclass(frozen=True)
class RowShown:
    key: str
    title: str
    levels: tuple[LevelShown, ...]
    more: tuple[tuple[str, str], ...]
    """Column and content of everything else that is not empty."""
    rests_on: str
    """OUR_DEFAULT, SOURCED, or nothing for rows that carry no level."""


@dataclass(frozen=True)
class SheetCount:
    name: str
    title: str
    purpose: str
    rows: int
    defaults: int | None
    """Rows that rest only on this project's own default; None where rows carry no level."""

    @property
    def sourced(self) -> int | None:
        return None if self.defaults is None else self.rows - self.defaults


def counts(rules: RuleSetData) -> list[SheetCount]:
    return [_count(sheet, rules) for sheet in SHEETS.values()]


def _count(sheet: Sheet, rules: RuleSetData) -> SheetCount:
    rows = sheet.rows(rules)
    defaults = sum(row.default for row in rows) if "default" in sheet.columns else None
    title, purpose = sheet_title(sheet.name), sheet_purpose(sheet.name)
    return SheetCount(sheet.name, title, purpose, len(rows), defaults)


def found(sheet: Sheet, rules: RuleSetData, words: str = "", rests_on: str = "") -> list[RowShown]:
    """Rows in which every word stands somewhere, whatever the letters' size."""
    wanted = words.casefold().split()
    rows = [_shown(key, row, sheet) for key, row in sheet.by_key(rules).items()
            if _has(sheet.cells(row), wanted)]  # fmt: skip
    return [row for row in rows if rests_on in ("", row.rests_on)]


def _has(cells: Cells, wanted: list[str]) -> bool:
    text = " ".join(cells.values()).casefold()
    return all(word in text for word in wanted)


def _shown(key: str, row: Any, sheet: Sheet) -> RowShown:
    cells = sheet.cells(row)
    title = next((name for name in TITLES if cells.get(name) and cells[name] != key), "")
    beside = {*MODALITIES, *LOCAL, title, "default", *sheet.key_columns}
    return RowShown(
        key=key,
        title=cells.get(title, ""),
        levels=tuple(_level(name, cells) for name in MODALITIES if name in cells),
        more=tuple(
            (column_title(name), cell_words(name, text))
            for name, text in cells.items()
            if text and name not in beside
        ),
        rests_on=_rests_on(cells),
    )


def _level(modality: str, cells: Cells) -> LevelShown:
    local = cells.get(f"{modality}_local", "")
    return LevelShown(
        modality,
        level_words(cells[modality]) if cells[modality] else "As the rule",
        level_words(local) if local else "",
        _is_heavy(cells[modality]),
        _is_heavy(local),
    )


def _is_heavy(level: str) -> bool:
    return BY_CODE.get(level, Level.NONE) >= Level.CONTRAINDICATED


def _rests_on(cells: Cells) -> str:
    if "default" not in cells:
        return ""
    return OUR_DEFAULT if cells["default"] else SOURCED
