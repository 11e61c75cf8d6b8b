"""Findings that together mean more than each alone."""

from intake.screening.findings import Finding
from intake.screening.rule_set import RuleSetData


def read_combinations(
    document: dict, rule_set: RuleSetData, findings: list[Finding]
) -> list[Finding]:
    return []
