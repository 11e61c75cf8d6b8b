"""Places of the body that need care in every person."""

from intake.screening.findings import Finding
from intake.screening.rule_set import RuleSetData


def read_hazards(document: dict, rule_set: RuleSetData) -> list[Finding]:
    return []
