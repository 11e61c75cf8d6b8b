"""Answers of the past under other rules, as of the day they were sent."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from intake.questionnaire.outline import outline
from intake.screening.engine import screen
from intake.screening.levels import BY_CODE, Level
from intake.screening.rows import is_advice
from intake.screening.rule_set import RuleSetData
from intake.screening.weight import WAYS, way_weight
from intake.submission.comparing import NEW, UP, flag_changes
from intake.submission.document import asked_codes, screening_document
from intake.submission.models import Revision

Flags = Mapping[str, dict]
"""Code -> flag, as screening makes them."""


def screened_again(revision: Revision, rules: RuleSetData) -> Flags | None:
    """The flags these rules find; None where the answers cannot be read by them."""
    questions, on = outline(revision.question_set_id), timezone.localdate(revision.sent_at)
    try:
        document = screening_document(
            reference="sent earlier",
            outline=questions,
            answers=revision.answers,
            on=on,
            born=date.fromisoformat(revision.answers["born"]),
        )
        asked = asked_codes(questions, revision.answers, on)
        found = screen(document, rules, asked=asked)["flags"]
    except (KeyError, TypeError, ValueError):
        return None
    return {flag["code"]: flag for flag in found}


def raised(before: Flags, now: Flags) -> list[dict]:
    """What is new or weighs more, from Check on; heaviest first."""
    found = flag_changes(before.values(), now.values())
    codes = [each.code for each in found if each.change in (NEW, UP)]
    pairs = [{"before": before.get(code), "now": now[code]} for code in codes]
    heavy = [pair for pair in pairs if any(raised_for(pair, therapy) for therapy in WAYS)]
    return sorted(heavy, key=lambda pair: -max(raised_for(pair, each) for each in WAYS))


def raised_for(pair: dict, therapy: str) -> int:
    """How much a raised flag weighs for a therapy now; 0 where it is not raised for it."""
    before, now = pair["before"], pair["now"]
    if is_advice(now["code"]):
        return 0
    return max(
        (int(way_weight(now, way, therapy)) for way in WAYS[therapy] if _moved(before, now, way)),
        default=0,
    )


def _moved(before: dict | None, now: dict, way: str) -> bool:
    """In general or in one place; what stays below Check moves nothing."""
    pairs = [(_level(now, way, there=there), there) for there in (True, False)]
    return any(
        level >= Level.CAUTION and (before is None or level > _level(before, way, there=there))
        for level, there in pairs
    )


def _level(flag: dict, way: str, *, there: bool) -> int:
    level = flag.get("local", {}).get(way, {}).get("level") if there else flag["levels"].get(way)
    return int(BY_CODE[level]) if level else 0
