"""Changing the rules: always in a draft, whole and valid after every save."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import Refused
from clinic.people import policy
from clinic.people.models import User
from intake.screening.checking import BadRules, check
from intake.screening.editing.publishing import AlreadyPublished, DraftChanged, next_number
from intake.screening.editing.sheets import Sheet
from intake.screening.models import RuleSet
from intake.screening.rule_set import RuleSetData, digest, to_json


class NameTaken(Refused):
    sentence = "There is a version of this name already."


class NotPublished(Refused):
    """Otherwise somebody could publish their own changes out of a copy that a colleague began."""

    sentence = "A draft starts from a published version."


class RowGone(Refused):
    sentence = "This row is no longer in the draft."


class DoesNotFit(Refused):
    """The rules would not fit together; the sentence says what is wrong."""


def proposed_name(base: RuleSet) -> str:
    """The clinic's own count behind the version: 2026.3 gives 2026.3.1, then 2026.3.2.

    Versions that come with the site have two parts, so that theirs and ours never meet.
    """
    year, _, rest = base.name.partition(".")
    stem = f"{year}.{rest.partition('.')[0]}" if rest else year
    taken = set(RuleSet.objects.filter(name__startswith=stem).values_list("name", flat=True))
    count = 1
    while (name := f"{stem}.{count}") in taken:
        count += 1
    return name


@transaction.atomic
def start(*, base: RuleSet, name: str, by: User) -> RuleSet:
    """A draft with the rows of a published version. Raises NameTaken, NotPublished, NotAllowed."""
    policy.require(by, "manager")
    if not base.is_published:
        raise NotPublished
    name = name.strip()
    if RuleSet.objects.filter(name=name).exists():
        raise NameTaken
    rows = to_json(replace(base.data(), name=name))
    draft = RuleSet.objects.create(
        name=name,
        number=next_number(),
        rows=rows,
        digest=digest(rows),
        started_from=base,
        drafted_by=by,
    )
    record(action="rules_draft_started", by=by, reference=name, detail=f"from {base.name}")
    return draft


def save_row(
    *, draft: RuleSet, sheet: Sheet, key: str | None, row: Any, seen: str, by: User
) -> RuleSet:
    """Puts the row in the place of the one called `key`, or at the end when there is no key.

    seen: the digest of the draft they looked at.
    Raises DraftChanged, AlreadyPublished, RowGone, DoesNotFit, NotAllowed.
    """
    rules = draft.data()
    rows = sheet.by_key(rules)
    if key is None:
        return _save(draft, sheet.with_rows(rules, [*rows.values(), row]), sheet, seen, by)
    if key not in rows:
        raise DraftChanged if draft.digest != seen else RowGone
    changed = [row if name == key else other for name, other in rows.items()]
    return _save(draft, sheet.with_rows(rules, changed), sheet, seen, by)


def remove_row(*, draft: RuleSet, sheet: Sheet, key: str, seen: str, by: User) -> RuleSet:
    """Raises as `save_row` does."""
    rules = draft.data()
    rows = sheet.by_key(rules)
    if key not in rows:
        raise DraftChanged if draft.digest != seen else RowGone
    left = [other for name, other in rows.items() if name != key]
    return _save(draft, sheet.with_rows(rules, left), sheet, seen, by)


def replace_sheet(
    *, draft: RuleSet, sheet: Sheet, rows: Iterable[Any], seen: str, by: User
) -> RuleSet:
    """Raises DraftChanged, AlreadyPublished, DoesNotFit, NotAllowed."""
    return _save(draft, sheet.with_rows(draft.data(), list(rows)), sheet, seen, by)


@transaction.atomic
def _save(
    draft: RuleSet,
    rules: RuleSetData,
    sheet: Sheet,
    seen: str,
    by: User,
    now: datetime | None = None,
) -> RuleSet:
    policy.require(by, "manager")
    if draft.is_published:
        raise AlreadyPublished
    if draft.digest != seen:
        raise DraftChanged
    _check(rules)
    rows = to_json(rules)
    mark = digest(rows)
    if mark == seen:
        return draft
    won = RuleSet.objects.drafts().filter(pk=draft.pk, digest=seen)
    if not won.update(rows=rows, digest=mark, changed_by=by, changed_at=now or timezone.now()):
        draft.refresh_from_db()
        raise AlreadyPublished if draft.is_published else DraftChanged
    record(action="rules_draft_changed", by=by, reference=draft.name, detail=sheet.name)
    draft.refresh_from_db()
    return draft


def _check(rules: RuleSetData) -> None:
    try:
        check(rules)
    except BadRules as bad:
        raise DoesNotFit(f"{bad}.") from bad
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise DoesNotFit(f"{error} does not fit with the other rows.") from error
