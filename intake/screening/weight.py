"""How much one finding weighs for one therapy, when that therapy is to be cleared."""

from collections.abc import Iterable

from intake.screening.levels import BY_CODE, Level
from intake.screening.rows import is_advice

STOP_FROM = Level.CONSULT_FIRST
WAYS = {
    "acupuncture": ("acupuncture", "electroacupuncture", "heat"),
    "massage": ("massage",),
}
"""Therapy -> the ways of treating that whoever is cleared for it may be given: itself, and what can
be left out."""


def weight(finding: dict, therapy: str) -> Level:
    """finding: a flag as screening wrote it, with "code", "levels" and perhaps "local".

    One that counts only in one place asks for an answer too: whether that place is treated, or was
    marked at all, is for the practitioner to say. One that speaks against a technique asks for a
    look: the technique is left out, the therapy is not. Advice about a place weighs nothing.
    """
    if is_advice(finding.get("code", "")):
        return Level.NONE
    return max(way_weight(finding, way, therapy) for way in WAYS[therapy])


def way_weight(finding: dict, way: str, therapy: str) -> Level:
    """What one way of treating adds to the therapy it belongs to."""
    local = finding.get("local", {}).get(way)
    there = min(BY_CODE[local["level"]], STOP_FROM) if local else Level.NONE
    level = max(BY_CODE[finding["levels"].get(way, "none")], there)
    return level if way == therapy else min(level, Level.CAUTION)


def rank(finding: dict, wanted: Iterable[str]) -> Level:
    """How much it weighs on a form that asks for these therapies: as much as the decision makes of
    it. What speaks only against a therapy that nobody asked for is good to know."""
    if is_advice(finding.get("code", "")):
        return Level.NOTE
    asked_for = max((weight(finding, each) for each in wanted), default=Level.NONE)
    other = max(weight(finding, each) for each in WAYS)
    return max(asked_for, min(other, Level.NOTE))
