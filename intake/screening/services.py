"""Publishing rules, and finding those in force."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Case, JSONField, When
from django.utils import timezone

from clinic.errors import Refused
from clinic.people.models import User
from intake.screening.checking import BadRules
from intake.screening.editing.lowering_files import read_lowered
from intake.screening.editing.publishing import (
    NotAgreed,
    agree_from_file,
    in_force,
    next_number,
    not_agreed,
    put_in_force,
)
from intake.screening.models import RuleSet
from intake.screening.rule_files import load_files
from intake.screening.rule_set import RuleSetData, digest, from_json, to_json


class NoRulesPublished(Refused):
    sentence = "No screening rules are published yet. Run: python manage.py load_rules"


class RulesChanged(Refused):
    sentence = "The rule files have changed. Give them a new name in rules/name.txt."


_known: dict[str, RuleSetData] = {}
"""Rule sets by digest: published rules never change, so that they are read once per process."""


@transaction.atomic
def load_default(*, by: User | None = None, now: datetime | None = None) -> RuleSet:
    """Publishes the rules that come with the site; changes nothing when that was done before.

    Where the clinic's own version is in force they wait as a draft: what managers decided is not
    replaced behind their backs. Raises RulesChanged when other rules are kept under the same name,
    NotAgreed when heavy rows would be lowered without a line in rules/lowered.csv.
    """
    rules = load_files()
    if RuleSet.objects.filter(name=rules.name).exclude(digest=rules.mark).exists():
        raise RulesChanged
    rule_set, _ = RuleSet.objects.defer("rows").get_or_create(
        digest=rules.mark,
        defaults={"name": rules.name, "number": next_number, "rows": partial(to_json, rules)},
    )
    if not rule_set.is_published and not _is_for_managers(rule_set):
        _put_in_force(rule_set, by=by, now=now or timezone.now())
    return rule_set


def _is_for_managers(rule_set: RuleSet) -> bool:
    current = RuleSet.objects.published().newest_first().only("drafted_by_id").first()
    made_here = current is not None and current.drafted_by_id is not None
    return made_here or rule_set.drafted_by_id is not None


def _put_in_force(rule_set: RuleSet, *, by: User | None, now: datetime) -> None:
    agree_from_file(rule_set, read_lowered())
    if missing := not_agreed(rule_set, in_force()):
        raise NotAgreed(missing)
    put_in_force(rule_set=rule_set, by=by, now=now)


def published() -> tuple[RuleSet, RuleSetData]:
    """The rules in force, in at most one query; the rows travel only once per process.

    The rule set comes without its rows: they are the second part.
    Raises NoRulesPublished.
    """
    rule_set = (
        RuleSet.objects.published()
        .newest_first()
        .defer("rows")
        .annotate(
            unread_rows=Case(
                When(digest__in=list(_known), then=None), default="rows", output_field=JSONField()
            )
        )
        .first()
    )
    if rule_set is None:
        raise NoRulesPublished
    return rule_set, _remembered(rule_set.digest, rule_set.unread_rows)


def data_of(rule_set: RuleSet) -> RuleSetData:
    """The rules of any rule set, for showing a result with the rules it was made with."""
    if rule_set.digest in _known:
        return _known[rule_set.digest]
    return _remembered(rule_set.digest, rule_set.rows)


def forget() -> None:
    """Reads every rule set anew from the database. For measuring."""
    _known.clear()


def _remembered(mark: str, rows: dict | None) -> RuleSetData:
    if mark not in _known:
        if rows is None or digest(rows) != mark:
            raise BadRules("The stored rules are not what was published")
        _known[mark] = from_json(rows)
    return _known[mark]
