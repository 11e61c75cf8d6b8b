"""Reads measurements and laboratory values."""

from datetime import date, timedelta

from intake.screening.findings import (
    ACTIVE,
    UNCERTAIN,
    Finding,
    Reading,
    Reason,
    reason,
)
from intake.screening.levels import NOTHING
from intake.screening.rows import Band, Validity
from intake.screening.rule_set import RuleSetData

KNOWN_LOW = ("low_platelets", "neutropenia")


def read_measures(
    document: dict, rule_set: RuleSetData, asked: frozenset[str] | None = None
) -> Reading:
    reading = Reading()
    vitals = document["answers"].get("vitals", {})
    for measure, value in vitals.items():
        reading.findings += _in_bands(rule_set, measure, value, ACTIVE)
    for measure, lab in document["answers"].get("labs", {}).items():
        is_current = _is_current(document, rule_set.validity_of.get(measure), lab["on"])
        state = ACTIVE if is_current else UNCERTAIN
        reading.findings += _in_bands(rule_set, measure, lab["value"], state)
    reading.conflicts += [
        {"code": finding.code, "text": "Answered no, but a measurement says otherwise."}
        for finding in reading.findings
        if document["answers"].get(finding.code) == "no"
    ]
    return reading


def _in_bands(rule_set: RuleSetData, measure: str, value: float, state: str) -> list[Finding]:
    bands = rule_set.by_measure.get(measure, ())
    because = reason("measurement", measure, f"{value:g}")
    return [_from_band(rule_set, band, because, state) for band in bands if band.holds(value)]


def _from_band(rule_set: RuleSetData, band: Band, because: Reason, state: str) -> Finding:
    rule = rule_set.rule(band.code)
    return Finding(
        rule=rule,
        weight=band.weight or rule.weight,
        because=(because,),
        local=NOTHING if band.weight else rule.local_weight,
        state=state,
        urgency=band.urgency or rule.urgency,
        message=band.message or rule.message,
    )


def _is_current(document: dict, validity: Validity | None, taken: str) -> bool:
    """An old value proves nothing, but an old worrying value still counts, as uncertain."""
    if validity is None:
        return False
    answers, days = document["answers"], validity.days
    if answers.get("cancer_treatment_current") == "yes":
        known_low = any(answers.get(code) == "yes" for code in KNOWN_LOW)
        days = validity.days_when_known_low if known_low else validity.days_on_cancer_treatment
    age = date.fromisoformat(document["on"]) - date.fromisoformat(taken)
    return age <= timedelta(days=days)
