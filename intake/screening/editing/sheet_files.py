"""A sheet as a file of comma-separated values, as in `rules/`, and back."""

import csv
import io
from typing import Any

from intake.screening.editing.sheets import Cells, Sheet
from intake.screening.rule_set import RuleSetData

LARGEST = 1_000_000
"""Bytes of a file that somebody sends."""
MOST_ROWS = 5_000


class BadSheet(ValueError):
    """The file cannot be used; the sentence says where."""


def to_csv(sheet: Sheet, rules: RuleSetData) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, sheet.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sheet.cells(row) for row in sheet.rows(rules))
    return out.getvalue()


def from_csv(sheet: Sheet, content: bytes) -> list[Any]:
    """All rows of the file. Raises BadSheet at the first thing that is not right."""
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except csv.Error as error:
        raise BadSheet(f"Line {reader.line_num} cannot be read: {error}.") from error
    if not lines:
        raise BadSheet("The file is empty. Its first line names the columns.")
    if len(lines) > MOST_ROWS:
        raise BadSheet(f"The file has more than {MOST_ROWS} rows.")
    header = [name.strip() for name in lines[0][1]]
    _check_header(sheet, header)
    return [_row(sheet, line, header, cells) for line, cells in lines[1:]]


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise BadSheet("The file is larger than 1 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSheet("The file is not UTF-8 text. Save it as “CSV UTF-8”.") from error
    if "\x00" in text:
        raise BadSheet("The file is not plain text.")
    return text


def _check_header(sheet: Sheet, header: list[str]) -> None:
    missing = [name for name in sheet.columns if name not in header]
    if missing:
        raise BadSheet(f"Columns are missing: {_few(missing)}. Cells are separated by commas.")
    unknown = [name for name in header if name not in sheet.columns]
    if unknown:
        raise BadSheet(f"Columns this table does not have: {_few(unknown)}.")
    if len(set(header)) < len(header):
        raise BadSheet("A column is there twice.")


def _row(sheet: Sheet, line: int, header: list[str], given: list[str]) -> Any:
    if len(given) != len(header):
        raise BadSheet(f"Line {line} has {len(given)} cells, and there are {len(header)} columns.")
    cells: Cells = dict(zip(header, given, strict=True))
    try:
        return sheet.row(cells)
    except (KeyError, ValueError) as error:
        raise BadSheet(f"Line {line}: {error}.") from error


def _few(names: list[str]) -> str:
    shown = [name[:40] or "(no name)" for name in names[:5]]
    return ", ".join(shown) + (" and more" if len(names) > 5 else "")
