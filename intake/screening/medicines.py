"""Reads the list of medicines. No name is recognised yet, so that every entry is looked at."""

from intake.screening.findings import Reading, found, reason
from intake.screening.levels import Level, everywhere
from intake.screening.rule_set import RuleSetData


def read_medicines(
    document: dict, rule_set: RuleSetData, asked: frozenset[str] | None = None
) -> Reading:
    """An empty list is an explicit "none"; no list at all is an unanswered question."""
    reading = Reading()
    medicines = document.get("medicines")
    if medicines is None:
        if asked is None or "medicines" in asked:
            because = reason("unanswered", "Which medicines do you take?", "medicines")
            reading.unanswered["medicines"] = (everywhere(Level.CONSULT_FIRST), because)
        reading.not_checked.update(_only_by_medicine(rule_set))
        return reading
    entries = [entry for entry in medicines if entry.strip()]
    if entries:
        because = [reason("medicine", entry, "") for entry in sorted(set(entries))]
        reading.findings.append(found(rule_set.rule("medicine_unrecognised"), *because))
        reading.not_checked.update(_only_by_medicine(rule_set))
    return reading


def _only_by_medicine(rule_set: RuleSetData) -> list[str]:
    return [rule.code for rule in rule_set.conditions if rule.ask_by == ("MED",)]
