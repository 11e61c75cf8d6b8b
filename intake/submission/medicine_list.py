"""The list of medicines, one step at a time. Every step is saved, so that none can be lost."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from clinic.people.models import User
from intake.screening.medicines.entries import read_entry
from intake.screening.rule_set import RuleSetData
from intake.submission.models import Intake
from intake.submission.services import save_answers

MOST = 30
CHOSEN, AS_TYPED = "chosen", "as_typed"
Row = dict[str, str]


def new_key() -> str:
    """Names one medicine in an address, without saying which."""
    return secrets.token_hex(3)


def rows_of(answers: dict, code: str) -> list[Row]:
    """Rows of before there were keys are named by their place."""
    listed = answers.get(code) or []
    return [{"key": str(place), **row} for place, row in enumerate(listed, 1)]


def row_of(rows: Iterable[Row], key: str) -> Row | None:
    return next((row for row in rows if row["key"] == key), None)


def named(rows: list[Row], key: str, name: str) -> list[Row]:
    """The row of this key gets this name, or is added. A choice made for another name is gone."""
    if row_of(rows, key) is None:
        blank = {"key": key, "name": name, "dose": "", "how_often": "", "matched": "", "how": ""}
        return [*rows, blank] if len(rows) < MOST else rows
    return [
        row | {"name": name, "matched": "", "how": ""}
        if row["key"] == key and row["name"] != name
        else row
        for row in rows
    ]


def described(
    rows: list[Row], key: str, *, dose: str, how_often: str, matched: str, how: str
) -> list[Row]:
    said = {"dose": dose, "how_often": how_often, "matched": matched, "how": how}
    return [row | said if row["key"] == key else row for row in rows]


def without(rows: list[Row], key: str) -> list[Row]:
    return [row for row in rows if row["key"] != key]


@transaction.atomic
def change_list(
    *, intake: Intake, code: str, change: Callable[[list[Row]], list[Row]], by: User
) -> Intake:
    """Reads the list as it is now and keeps what `change` makes of it; [] takes the answer back.

    Raises MoveNotPossible after sending.
    """
    now = Intake.objects.select_for_update().get(pk=intake.pk)
    rows = change(rows_of(now.answers, code))
    return save_answers(intake=intake, answers={code: rows or None}, by=by)


@dataclass(frozen=True)
class Card:
    row: Row
    twin: str
    """Name of an earlier row that is likely the same medicine."""


def cards(rows: list[Row], rules: RuleSetData) -> list[Card]:
    first_with: dict[str, str] = {}
    found = []
    for row in rows:
        meant = _meant(row, rules)
        twin = next((first_with[each] for each in sorted(meant) if each in first_with), "")
        found.append(Card(row, twin))
        for each in meant:
            first_with.setdefault(each, row["name"])
    return found


def _meant(row: Row, rules: RuleSetData) -> set[str]:
    """What a row is about: the medicines in it, or else its words."""
    entry = read_entry(row.get("matched") or row["name"], rules)
    return {taken.medicine.generic for taken in entry.taken} or {row["name"].casefold()}
