"""Reads what the patient wrote in their own words."""

from intake.screening.findings import Reading
from intake.screening.rule_set import RuleSetData


def read_text(
    document: dict, rule_set: RuleSetData, asked: frozenset[str] | None = None
) -> Reading:
    """Not searched yet: all of it is for the practitioner to read."""
    reading = Reading()
    for name, text in document.get("free_text", {}).items():
        if text.strip():
            reading.read_yourself.append({"field": name, "text": text})
    return reading
