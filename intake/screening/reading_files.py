"""Reads answer documents from text: one JSON object, an array of them, or one per line."""

import json

from intake.screening.documents import check
from intake.screening.rule_set import RuleSetData
from intake.screening.shapes import BadDocument


class BadInput(ValueError):
    """One line that names the document and the field."""


def read_documents(text: str, rule_set: RuleSetData) -> list[dict]:
    """All documents, checked. Raises BadInput at the first that is not right."""
    documents = _parse(text)
    for number, document in enumerate(documents, start=1):
        try:
            check(document, rule_set)
        except BadDocument as bad:
            name = f"document {number}{_id_of(document)}"
            raise BadInput(one_line(f"{name}, {bad.field}: {bad.sentence}")) from bad
    return documents


def one_line(text: str) -> str:
    """Names that came in with the input must not break the line or the terminal."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return shown if len(shown) <= 300 else f"{shown[:297]}..."


def _parse(text: str) -> list:
    if not text.strip():
        raise BadInput("the input is empty: there is no document in it.")
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and _stands_alone(lines[0][1]):
        return [_load(line, f"document {place}", row) for place, (row, line) in enumerate(lines, 1)]
    whole = _load(text, "document 1", 1)
    return whole if isinstance(whole, list) else [whole]


def _stands_alone(line: str) -> bool:
    """Whether the first line is an object of its own, so that the input is JSON lines."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _load(text: str, name: str, first_line: int) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        place = f"line {first_line + error.lineno - 1}, column {error.colno}"
        raise BadInput(one_line(f"{name}, {place}: not JSON ({error.msg}).")) from error
    except BadDocument as bad:
        raise BadInput(one_line(f"{name}, {bad.field}: {bad.sentence}")) from bad
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name}: a number is too long, or it is nested too deeply.") from error


def _once(pairs: list[tuple[str, object]]) -> dict:
    """Of two equal names the later would silently win, and a yes could be lost."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise BadDocument(next(n for n in names if names.count(n) > 1), "is given twice.")
    return found


def _no_constant(name: str) -> None:
    raise BadDocument(name, "is not a value JSON knows.")


def _id_of(document: object) -> str:
    given = document.get("id") if isinstance(document, dict) else None
    return f" ({given[:60]})" if isinstance(given, str) and given.strip() else ""
