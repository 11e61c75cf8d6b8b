"""Putting a version of the rules in force, and what must be agreed to before."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import NotAllowed, Refused
from clinic.people import policy
from clinic.people.models import User
from intake.screening.checking import check
from intake.screening.editing.lowering import Lowered, lowered
from intake.screening.models import Lowering, RuleSet
from intake.screening.rule_set import digest as digest_of

SHOWN = 10


class AlreadyPublished(Refused):
    sentence = "This version is already published. Start a draft from it to change something."


class DraftChanged(Refused):
    sentence = "Somebody else saved this draft while you were reading it."


class SecondPersonNeeded(Refused):
    sentence = (
        "A second person publishes: not the one who started this draft, "
        "and not the one who changed it last."
    )


class ReasonNeeded(Refused):
    sentence = "Write what changed and why. It is kept with this version."


class NotAgreed(Refused):
    """Carries the rows that the safety owner has not agreed to lower."""

    def __init__(self, missing: list[Lowered]) -> None:
        self.missing = missing
        names = ", ".join(f"{one.row} ({one.table})" for one in missing[:SHOWN])
        more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
        super().__init__(
            f"These rows would weigh less, and no safety owner is named for them: {names}{more}."
        )


def in_force() -> RuleSet | None:
    """The highest published version, with its rows."""
    return RuleSet.objects.published().newest_first().first()


def not_agreed(rule_set: RuleSet, replaced: RuleSet | None) -> list[Lowered]:
    """What the rule set lowers without a word of the safety owner. The database asks the same."""
    found = lowered(replaced.rows, rule_set.rows) if replaced else []
    agreed = list(rule_set.lowerings.all()) if found else []
    return [one for one in found if not any(_agrees(each, one, rule_set) for each in agreed)]


def _agrees(agreed: Lowering, one: Lowered, rule_set: RuleSet) -> bool:
    """Only to what it was agreed to: a row changed again afterwards needs a new word."""
    if (agreed.table, agreed.was) != (one.table, one.was):
        return False
    return agreed.becomes is None or agreed.becomes in rule_set.rows[one.table]


@transaction.atomic
def agree(
    *,
    draft: RuleSet,
    words: dict[tuple[str, str], tuple[str, str]],
    seen: str,
    by: User,
    now: datetime | None = None,
) -> list[Lowering]:
    """Keeps the safety owner's word for rows of the draft.

    words: (table, row) -> (safety owner, reason). seen: the digest of the draft they looked at.
    Raises DraftChanged, AlreadyPublished, NotAllowed.
    """
    policy.require(by, "manager")
    _lock(draft, seen)
    made = _keep(draft, words, by=by, now=now or timezone.now())
    for lowering in made:
        record(
            action="rules_lowering_agreed",
            by=by,
            reference=draft.name,
            detail=f"{lowering.table}, lowering {lowering.pk}",
        )
    return made


def agree_from_file(rule_set: RuleSet, words: dict[tuple[str, str], tuple[str, str]]) -> None:
    """The same for rules that come with the site, from the file that comes with them."""
    _keep(rule_set, words, by=None, now=timezone.now())


def _keep(
    draft: RuleSet, words: dict[tuple[str, str], tuple[str, str]], *, by: User | None, now: datetime
) -> list[Lowering]:
    return [
        Lowering.objects.create(
            rule_set=draft,
            table=one.table,
            row=one.row[:200],
            was=one.was,
            becomes=one.becomes,
            safety_owner=words[one.table, one.row][0].strip(),
            reason=words[one.table, one.row][1].strip(),
            by=by,
            at=now,
        )
        for one in not_agreed(draft, in_force())
        if (one.table, one.row) in words
    ]


@transaction.atomic
def publish(
    *, draft: RuleSet, note: str, seen: str, by: User, now: datetime | None = None
) -> RuleSet:
    """From here on this version is in force and never changes.

    seen: the digest of the draft whose differences were shown.
    Raises NotAllowed, AlreadyPublished, DraftChanged, SecondPersonNeeded, ReasonNeeded, NotAgreed.
    """
    policy.require(by, "manager")
    _lock(draft, seen)
    if not may_publish(draft, by):
        raise SecondPersonNeeded
    if not note.strip():
        raise ReasonNeeded
    if digest_of(draft.rows) != draft.digest or draft.rows["name"] != draft.name:
        raise NotAllowed("The stored draft is not what was saved.")
    check(draft.data())
    if missing := not_agreed(draft, in_force()):
        raise NotAgreed(missing)
    put_in_force(rule_set=draft, by=by, now=now or timezone.now(), note=note.strip())
    return draft


def may_publish(draft: RuleSet, by: User) -> bool:
    """Whether this is a second person."""
    return by.pk not in (draft.drafted_by_id, draft.changed_by_id)


def put_in_force(*, rule_set: RuleSet, by: User | None, now: datetime, note: str = "") -> None:
    """Publishes once, as the newest; does nothing when it is published already."""
    replaced = RuleSet.objects.published().aggregate(last=Max("number"))["last"] or 0
    number = rule_set.number if rule_set.number > replaced else next_number()
    waiting = RuleSet.objects.drafts().filter(pk=rule_set.pk, digest=rule_set.digest)
    if waiting.update(published_at=now, published_by=by, note=note, number=number):
        record(action="rules_published", by=by, detail=rule_set.name)
        rule_set.refresh_from_db(fields=["published_at", "published_by", "note", "number"])


def next_number() -> int:
    return (RuleSet.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _lock(draft: RuleSet, seen: str) -> None:
    """Holds the draft as it was seen, with its rows of this moment."""
    stored = RuleSet.objects.select_for_update().get(pk=draft.pk)
    if stored.is_published:
        raise AlreadyPublished
    if stored.digest != seen:
        raise DraftChanged
    draft.refresh_from_db()
