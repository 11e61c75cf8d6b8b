"""Reads the list of medicines. No name is recognised yet, so that every entry is looked at."""

from intake.screening.findings import ACTIVE, Finding, Reading, Reason, found, reason
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


def class_finding(
    rule_set: RuleSetData, code: str, because: Reason, state: str = ACTIVE
) -> list[Finding]:
    """What a class of medicines raises, with its own levels; nothing where it has no bearing."""
    each = rule_set.class_of[code]
    if not each.reported_as:
        return []
    rule = rule_set.rule(each.reported_as)
    return [Finding(rule=rule, weight=each.weight, because=(because,), state=state)]


def _only_by_medicine(rule_set: RuleSetData) -> list[str]:
    return [rule.code for rule in rule_set.conditions if rule.ask_by == ("MED",)]


def opened_questions(medicines: list[str], rule_set: RuleSetData) -> frozenset[str]:
    """Codes the recognised medicines lead to."""
    names = {
        name.casefold(): medicine for medicine in rule_set.medicines for name in medicine.names
    }
    found = [names[entry.casefold()] for entry in medicines if entry.casefold() in names]
    return frozenset(
        code for each in found for c in each.classes for code in rule_set.class_of[c].opens
    )
