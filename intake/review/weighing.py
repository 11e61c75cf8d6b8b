"""How much a flag weighs when a therapy is cleared, and the terms that follow from it."""

from dataclasses import dataclass

from intake.review.policy import TERMS_BY_CODE
from intake.screening.levels import BY_CODE, Level
from intake.screening.rows import is_advice
from intake.submission.models import Flag

STOP_FROM = Level.CONSULT_FIRST


@dataclass(frozen=True)
class Terms:
    """What one decision allows: 1 to 26 weeks, 1 to 24 sessions, both therapies in one visit."""

    weeks: int = 6
    sessions: int = 6
    together: bool = True


def weight(flag: Flag, therapy: str) -> Level:
    """How much a flag weighs for a therapy when it is cleared.

    A finding that counts only in one place asks for an answer too: whether that place is treated,
    or was marked at all, is for the practitioner to say.
    """
    if is_advice(flag.code):
        return Level.NONE
    local = flag.details.get("local", {}).get(therapy)
    there = min(BY_CODE[local["level"]], STOP_FROM) if local else Level.NONE
    return max(BY_CODE[flag.details["levels"][therapy]], there)


def rules_out(flag: Flag, therapy: str) -> bool:
    return weight(flag, therapy) == Level.CONTRAINDICATED


def needs_answer(flag: Flag, therapy: str) -> bool:
    """Emergencies too: what was resolved by phone is still answered in the decision."""
    return weight(flag, therapy) >= STOP_FROM and not rules_out(flag, therapy)


def propose_terms(flags: list[Flag]) -> Terms:
    """What the form proposes before anyone changes it: the strictest row that fits.

    Weeks and sessions by finding are the project's own default and await a clinician's signature.
    """
    fits = [TERMS_BY_CODE[f.code] for f in flags if f.code in TERMS_BY_CODE]
    worst = max((f.rank for f in flags), default=Level.NONE)
    fits.append((6, 4) if worst >= STOP_FROM else (6, 6) if worst == Level.CAUTION else (12, 6))
    return Terms(min(weeks for weeks, _ in fits), min(sessions for _, sessions in fits))
