"""Rows of a rule set from and to plain cells of text: files, forms and JSON all use this."""

from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

from intake.screening.levels import MODALITIES

LOCAL = tuple(f"{modality}_local" for modality in MODALITIES)
SPREAD = {"levels": MODALITIES, "local": LOCAL}
"""Attributes that take one column for each way of treating."""


def columns(kind: type) -> list[str]:
    """The columns of a table of such rows, in order."""
    return [column for name in _types(kind) for column in SPREAD.get(name, (name,))]


def from_cells(kind: type, cells: dict[str, str]) -> Any:
    """A row from its cells. KeyError: a column is missing. ValueError: a cell does not fit."""
    return kind(**{name: _value(name, type_, cells) for name, type_ in _types(kind).items()})


def to_cells(row: Any) -> dict[str, str]:
    """The inverse of `from_cells`."""
    cells: dict[str, str] = {}
    for name in _types(type(row)):
        value = getattr(row, name)
        if name in SPREAD:
            cells |= dict(zip(SPREAD[name], value or [""] * len(SPREAD[name]), strict=True))
        else:
            cells[name] = _text(value)
    return cells


def from_json(kind: type, values: dict[str, Any]) -> Any:
    return kind(**{n: tuple(v) if isinstance(v, list) else v for n, v in values.items()})


@cache
def _types(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _value(name: str, type_: Any, cells: dict[str, str]) -> Any:
    if name in SPREAD:
        several = tuple(cells[column].strip() for column in SPREAD[name])
        return several if any(several) or name == "local" else ()
    text = cells[name].strip()
    if type_ is str:
        return text
    if type_ is int:
        return int(text)
    if type_ is bool:
        return _yes(name, text)
    if type_ == tuple[str, ...]:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    return float(text) if text else None


def _yes(name: str, text: str) -> bool:
    if text not in ("yes", ""):
        raise ValueError(f"{name} is yes or empty")
    return text == "yes"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return ";".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
