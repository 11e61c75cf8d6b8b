"""What the levels would allow. A practitioner decides."""

from intake.screening.findings import Finding
from intake.screening.levels import MODALITIES, Level, Levels

THERAPIES = ("acupuncture", "massage")
PART_OF = {"electroacupuncture": "acupuncture", "heat": "acupuncture"}
MANY_CAUTIONS = 3
COLUMNS = tuple(MODALITIES.index(therapy) for therapy in THERAPIES)


def suggest(wants: list[str] | None, levels: Levels) -> str:
    if Level.EMERGENCY in levels:
        return "emergency"
    level_of = dict(zip(MODALITIES, levels, strict=True))
    wanted = {therapy: level_of[therapy] for therapy in _wanted(wants)}
    if Level.CONSULT_FIRST in wanted.values():
        return "consult_first"
    possible = [therapy for therapy, level in wanted.items() if level <= Level.CAUTION]
    if len(possible) == len(THERAPIES):
        return "combined"
    return f"{possible[0]}_only" if possible else "neither"


def _wanted(wants: list[str] | None) -> list[str]:
    """The therapies asked for; both, when nothing was asked for."""
    chosen = {PART_OF.get(modality, modality) for modality in wants or THERAPIES}
    return [therapy for therapy in THERAPIES if therapy in chosen]


def should_start_with_one(findings: list[Finding]) -> bool:
    """Frail, or many cautions on both therapies: better one treatment type at the first visit."""
    if any(finding.code == "frailty_older" for finding in findings):
        return True
    return all(
        [finding.weight[column] for finding in findings].count(Level.CAUTION) >= MANY_CAUTIONS
        for column in COLUMNS
    )
