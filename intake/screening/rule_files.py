"""Reads the rules from the files in `rules/`, the form in which clinicians read and diff them."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from intake.screening.checking import BadRules, check
from intake.screening.levels import MODALITIES
from intake.screening.rows import Rule
from intake.screening.rule_set import TABLES, RuleSetData
from intake.screening.tables import LOCAL, from_cells

FOLDER = Path(__file__).parent / "rules"

EMERGENCY = (
    {"kind": "emergency", "priority": "1", "ask_by": "YN"}
    | dict.fromkeys(MODALITIES, "emergency")
    | dict.fromkeys(LOCAL, "")
)
RULES = {
    "conditions": {"kind": "condition"},
    "emergencies": EMERGENCY,
    "findings": {"kind": "finding"},
}
"""The files of rules, and what holds for every row of each."""


@cache
def load_files(folder: Path = FOLDER) -> RuleSetData:
    """Raises BadRules when the files do not fit together."""
    rules = [row for name, fixed in RULES.items() for row in _read(folder, name, Rule, fixed)]
    others = {name: _read(folder, name, kind) for name, kind in TABLES.items() if name != "rules"}
    name = (folder / "name.txt").read_text(encoding="utf-8").strip()
    rule_set = RuleSetData(name=name, rules=tuple(rules), **others)
    check(rule_set)
    return rule_set


def _read(folder: Path, name: str, kind: type, fixed: dict[str, str] | None = None) -> tuple:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    fixed = fixed or {}
    return tuple(_row(name, line, kind, row | fixed) for line, row in enumerate(rows, 2))


def _row(name: str, line: int, kind: type, cells: dict[str, str]) -> Any:
    try:
        return from_cells(kind, cells)
    except (KeyError, ValueError, AttributeError, TypeError) as error:
        raise BadRules(f"{name}.csv, line {line}: {error}") from error
