"""Places of the body that need care in every person, among those to be treated."""

from intake.screening.findings import Finding, reason
from intake.screening.levels import NOTHING
from intake.screening.person import age_of
from intake.screening.rows import Hazard
from intake.screening.rule_set import RuleSetData


def read_hazards(document: dict, rule_set: RuleSetData) -> list[Finding]:
    """Advice only: what holds for one place is never a level for the whole."""
    places: dict[str, tuple[Hazard, set[str]]] = {}
    for place in document["answers"].get("treat_regions", ()):
        for hazard in rule_set.hazards_at[place]:
            places.setdefault(hazard.code, (hazard, set()))[1].add(place)
    return [
        _finding(rule_set, hazard, tuple(sorted(where)))
        for hazard, where in places.values()
        if hazard.below_age is None or age_of(document) < hazard.below_age
    ]


def _finding(rule_set: RuleSetData, hazard: Hazard, where: tuple[str, ...]) -> Finding:
    return Finding(
        rule=rule_set.rule(hazard.code),
        weight=NOTHING,
        because=tuple(reason("region", place.replace("_", " "), place) for place in where),
        local=hazard.weight,
        regions=where,
        is_advice=True,
    )
