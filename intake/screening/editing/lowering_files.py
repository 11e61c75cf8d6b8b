"""What the safety owner agreed to lower in the rules that come with the site."""

import csv
from pathlib import Path

from intake.screening.checking import BadRules
from intake.screening.rule_files import FOLDER

COLUMNS = ["table", "row", "safety_owner", "reason"]


def read_lowered(folder: Path = FOLDER) -> dict[tuple[str, str], tuple[str, str]]:
    """(table, row) -> (safety owner, reason). Raises BadRules."""
    path = folder / "lowered.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    for line, row in enumerate(rows, 2):
        if list(row) != COLUMNS or not all((row[name] or "").strip() for name in COLUMNS):
            raise BadRules(f"lowered.csv, line {line}: needs {', '.join(COLUMNS)}")
    return {(row["table"], row["row"]): (row["safety_owner"], row["reason"]) for row in rows}
