"""How much one finding weighs for one therapy, when that therapy is to be cleared."""

from intake.screening.levels import BY_CODE, Level
from intake.screening.rows import is_advice

STOP_FROM = Level.CONSULT_FIRST


def weight(finding: dict, modality: str) -> Level:
    """finding: a flag as screening wrote it, with "code", "levels" and perhaps "local".

    One that counts only in one place asks for an answer too: whether that place is treated, or was
    marked at all, is for the practitioner to say. Advice about a place weighs nothing.
    """
    if is_advice(finding.get("code", "")):
        return Level.NONE
    local = finding.get("local", {}).get(modality)
    there = min(BY_CODE[local["level"]], STOP_FROM) if local else Level.NONE
    return max(BY_CODE[finding["levels"][modality]], there)
