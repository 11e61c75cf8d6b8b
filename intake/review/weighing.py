"""How much a flag weighs when a therapy is cleared, and the terms that follow from it."""

from dataclasses import dataclass

from intake.review.policy import AFTER_CONTACT, REASONS, TERMS_BY_CODE
from intake.screening.levels import Level
from intake.screening.weight import STOP_FROM
from intake.submission.models import Flag


@dataclass(frozen=True)
class Terms:
    """What one decision allows: 1 to 26 weeks, 1 to 24 sessions, both therapies in one visit."""

    weeks: int = 6
    sessions: int = 6
    together: bool = True


def weight(flag: Flag, therapy: str) -> Level:
    """How much a flag weighs for a therapy when it is cleared."""
    return Level(getattr(flag, f"{therapy}_weight"))


def rules_out(flag: Flag, therapy: str) -> bool:
    return weight(flag, therapy) == Level.CONTRAINDICATED


def needs_answer(flag: Flag, therapy: str) -> bool:
    """Emergencies too: what was resolved by phone is still answered in the decision."""
    return weight(flag, therapy) >= STOP_FROM


def reasons_for(flag: Flag) -> dict[str, str]:
    """What can be answered to a flag. The database asks the same (trigger
    emergency_flag_answered_after_contact)."""
    urgent = flag.rank == Level.EMERGENCY
    return {code: said for code, said in REASONS.items() if (code == AFTER_CONTACT) == urgent}


def needs_look(flag: Flag, therapy: str) -> bool:
    """Whether it is ticked as seen before the therapy is cleared, if nothing was answered to it."""
    return weight(flag, therapy) == Level.CAUTION


def propose_terms(flags: list[Flag]) -> Terms:
    """What the form proposes before anyone changes it: the strictest row that fits.

    Weeks and sessions by finding are the project's own default and await a clinician's signature.
    """
    fits = [TERMS_BY_CODE[f.code] for f in flags if f.code in TERMS_BY_CODE]
    worst = max((f.rank for f in flags), default=Level.NONE)
    fits.append((6, 4) if worst >= STOP_FROM else (6, 6) if worst == Level.CAUTION else (12, 6))
    return Terms(min(weeks for weeks, _ in fits), min(sessions for _, sessions in fits))
