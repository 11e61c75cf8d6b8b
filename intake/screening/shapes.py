"""Plain checks on parsed JSON, each with a sentence that names the place."""

import re
from datetime import date

LONGEST_TEXT = 20_000
MOST_ENTRIES = 500


class BadDocument(ValueError):
    """Carries the field, as a path such as `answers.labs.inr.on`, and a sentence about it."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        self.sentence = sentence
        super().__init__(f"{field}: {sentence}")


def mapping(field: str, value: object) -> dict:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise BadDocument(field, "must be an object with named values.")
    return value


def listing(field: str, value: object) -> list:
    if not isinstance(value, list):
        raise BadDocument(field, "must be a list.")
    if len(value) > MOST_ENTRIES:
        raise BadDocument(field, f"has more than {MOST_ENTRIES} entries.")
    return value


def only(field: str, given: dict, known: object) -> None:
    for key in given:
        if key not in known:
            raise BadDocument(f"{field}.{key}".lstrip("."), "is not a name we know.")


def text(field: str, value: object, longest: int = LONGEST_TEXT) -> None:
    if not isinstance(value, str):
        raise BadDocument(field, "must be text.")
    if len(value) > longest:
        raise BadDocument(field, f"is longer than {longest} characters.")


def choice(field: str, value: object, allowed: object) -> None:
    if not isinstance(value, str) or value not in allowed:
        known = ", ".join(allowed) if len(allowed) <= 8 else "the codes we know"
        raise BadDocument(field, f"must be one of {known}.")


def choices(field: str, value: object, allowed: object) -> None:
    for place, entry in enumerate(listing(field, value)):
        choice(f"{field}[{place}]", entry, allowed)


def number(field: str, value: object, limits: tuple[float, float]) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadDocument(field, "must be a number.")
    if not limits[0] <= value <= limits[1]:
        raise BadDocument(field, f"must be between {limits[0]} and {limits[1]}.")


def day(field: str, value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise BadDocument(field, "must be a date such as 2026-11-24.")
