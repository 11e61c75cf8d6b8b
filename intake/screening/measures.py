"""Reads measurements and laboratory values."""

from datetime import date, timedelta

from intake.screening.findings import (
    ACTIVE,
    UNCERTAIN,
    Finding,
    Reading,
    Reason,
    found,
    reason,
)
from intake.screening.levels import NOTHING
from intake.screening.person import could_be_pregnant
from intake.screening.rows import Band
from intake.screening.rule_set import RuleSetData

DAYS_VALID = {"inr": 28, "platelets": 92, "neutrophils": 92, "haemoglobin": 92}
DAYS_VALID_ON_CHEMO = 7
DAYS_VALID_ON_CHEMO_AND_LOW = 2

SIGNS_WITH_HIGH_PRESSURE = (
    "em_chest_pain",
    "em_breathless",
    "em_stroke",
    "em_thunderclap",
    "em_headache_fever",
    "em_gca_vision",
    "em_aneurysm",
    "em_sepsis",
    "headache_new_or_changed",
)
SIGNS_WITH_LOW_PRESSURE = ("em_collapse", "bp_low_or_faints", "dizziness_unexplained")


def read_measures(
    document: dict, rule_set: RuleSetData, asked: frozenset[str] | None = None
) -> Reading:
    reading = Reading()
    vitals = document["answers"].get("vitals", {})
    for measure, value in vitals.items():
        reading.findings += _in_bands(rule_set, measure, value, ACTIVE)
    reading.findings += _pressure_with_signs(document, rule_set)
    for measure, lab in document["answers"].get("labs", {}).items():
        state = ACTIVE if _is_current(document, measure, lab["on"]) else UNCERTAIN
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


def _pressure_with_signs(document: dict, rule_set: RuleSetData) -> list[Finding]:
    vitals = document["answers"].get("vitals", {})
    systolic, diastolic = vitals.get("systolic"), vitals.get("diastolic")
    pregnant = could_be_pregnant(document)
    code = None
    if pregnant and _at_least(systolic, 160, diastolic, 110):
        code = "em_pregnancy"
    elif pregnant and _at_least(systolic, 140, diastolic, 90):
        code = "bp_in_pregnancy"
    codes = [code] if code else []
    has_signs = pregnant or _any_yes(document, SIGNS_WITH_HIGH_PRESSURE)
    if has_signs and _at_least(systolic, 180, diastolic, 120):
        codes.append("em_bp_crisis")
    if systolic is not None and systolic <= 90 and _any_yes(document, SIGNS_WITH_LOW_PRESSURE):
        codes.append("em_vitals")
    text = f"{systolic or '?'} over {diastolic or '?'}"
    because = reason("measurement", "blood pressure", text)
    return [found(rule_set.rule(code), because) for code in codes]


def _at_least(systolic: float | None, high: float, diastolic: float | None, low: float) -> bool:
    return (systolic is not None and systolic >= high) or (
        diastolic is not None and diastolic >= low
    )


def _any_yes(document: dict, codes: tuple[str, ...]) -> bool:
    return any(document["answers"].get(code) == "yes" for code in codes)


def _is_current(document: dict, measure: str, taken: str) -> bool:
    """An old value proves nothing, but an old worrying value still counts, as uncertain."""
    answers = document["answers"]
    days = DAYS_VALID[measure]
    if measure != "inr" and answers.get("cancer_treatment_current") == "yes":
        known_low = _any_yes(document, ("low_platelets", "neutropenia"))
        days = DAYS_VALID_ON_CHEMO_AND_LOW if known_low else DAYS_VALID_ON_CHEMO
    age = date.fromisoformat(document["on"]) - date.fromisoformat(taken)
    return age <= timedelta(days=days)
