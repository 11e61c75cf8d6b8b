"""Rules that are published after a form was sent."""

from copy import deepcopy

from django.utils import timezone

from intake.screening.editing.publishing import next_number, put_in_force
from intake.screening.models import RuleSet
from intake.screening.rule_set import digest
from intake.screening.services import load_default


def weighs(code: str, *levels: str, name: str = "later") -> RuleSet:
    """The rules as they come, but that this one weighs so much for each way of treating."""
    rows = deepcopy(load_default().rows) | {"name": name}
    rule = next(each for each in rows["rules"] if each["code"] == code)
    rule["levels"] = list(levels)
    return published(rows)


def only_named(name: str) -> RuleSet:
    """Other rules in which nothing weighs more."""
    return published(load_default().rows | {"name": name})


def published(rows: dict) -> RuleSet:
    rule_set = RuleSet.objects.create(
        name=rows["name"], number=next_number(), digest=digest(rows), rows=rows
    )
    put_in_force(rule_set=rule_set, by=None, now=timezone.now(), note="The guideline changed.")
    return rule_set


STOP = ("consult_first",) * 4
RULED_OUT = ("contraindicated",) * 4
ONLY_MASSAGE = ("caution", "caution", "caution", "consult_first")
