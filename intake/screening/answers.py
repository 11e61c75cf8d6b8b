"""Reads the patient's yes, no and not sure."""

from datetime import date

from intake.screening.dates import months_before
from intake.screening.findings import Finding, Reading, found, reason
from intake.screening.levels import Level, Levels, everywhere
from intake.screening.person import concerns_pregnancy, pregnancy_answer
from intake.screening.rows import Rule
from intake.screening.rule_set import RuleSetData

SELF_HARM = "em_suicide"
SELF_HARM_URGENCY = {"thoughts": "R1", "rather_talk": "R1", "plan_or_acted": "R0"}
"""Every answer but "no" stops everything; only the urgency differs."""

Asked = frozenset[str] | None
"""Codes a question set asks at all; None when the document could answer everything."""


def read_answers(document: dict, rule_set: RuleSetData, asked: Asked = None) -> Reading:
    reading = Reading()
    answers = document["answers"]
    pregnancy = pregnancy_answer(document)
    spoken_of = {*answers.get("affected_regions", ()), *answers.get("dates", ())}
    for code, rule in rule_set.answered_by_code.items():
        value = answers.get(code)
        if value == "no":
            if code in spoken_of:
                _note_contradiction(reading, document, rule)
        elif value == "yes":
            reading.findings.append(_yes(document, rule_set, rule))
        elif rule.code == SELF_HARM and value in SELF_HARM_URGENCY:
            reading.findings += _self_harm(rule_set, rule, value)
        elif rule.manner == "staff" or (value is None and _is_beside_the_point(rule, pregnancy)):
            continue
        else:
            _note_silence(reading, rule, value, asked)
    return reading


def read_boundaries(document: dict, rule_set: RuleSetData, asked: Asked = None) -> Reading:
    """Places the patient does not want touched; an empty list says there are none."""
    reading = Reading()
    rule = rule_set.rule("touch_boundaries")
    places = document["answers"].get(rule.code)
    if places is None:
        _note_silence(reading, rule, None, asked)
    elif places:
        because = reason("answer", rule.question, "yes")
        reading.findings.append(found(rule, because, regions=places))
    return reading


def _yes(document: dict, rule_set: RuleSetData, rule: Rule) -> Finding:
    answers = document["answers"]
    because = [reason("answer", rule.question, "yes")]
    code = rule.code
    happened = answers.get("dates", {}).get(rule.code)
    if happened is not None and (family := rule_set.family_of.get(rule.code)):
        since = months_before(date.fromisoformat(document["on"]), family.months)
        is_recent = date.fromisoformat(happened) >= since
        code = family.recent if is_recent else family.past
        because.append(reason("date", happened, code))
    regions = answers.get("affected_regions", {}).get(rule.code, ())
    return found(rule_set.rule(code), *because, regions=regions)


def _self_harm(rule_set: RuleSetData, rule: Rule, value: str) -> list[Finding]:
    because = reason("answer", rule.question, value)
    urgency = SELF_HARM_URGENCY[value]
    findings = [Finding(rule, rule.weight, (because,), urgency=urgency, message=rule.message)]
    if value == "thoughts":
        findings.append(found(rule_set.rule("low_mood_thoughts"), because))
    return findings


def _is_beside_the_point(rule: Rule, pregnancy: str | None) -> bool:
    return "PREG" in rule.ask_by and not concerns_pregnancy(rule.code, pregnancy)


def _note_silence(reading: Reading, rule: Rule, value: str | None, asked: Asked) -> None:
    """Blank and not sure are never read as no; only an optional question may stay blank."""
    if value is None:
        reading.not_checked.add(rule.code)
        if rule.is_optional or (asked is not None and rule.code not in asked):
            return
    because = reason("unanswered", rule.question, rule.code)
    reading.unanswered[rule.code] = (_silence(rule), because)


def _silence(rule: Rule) -> Levels:
    if rule.is_optional:
        return rule.weight
    if rule.kind == "emergency":
        return everywhere(Level.CONSULT_FIRST)
    return tuple(Level.CONSULT_FIRST if affected else Level.NONE for affected in rule.affects)


def _note_contradiction(reading: Reading, document: dict, rule: Rule) -> None:
    answers = document["answers"]
    if answers.get("affected_regions", {}).get(rule.code):
        text = "Answered no, but places are marked."
        reading.conflicts.append({"code": rule.code, "text": text})
    if happened := answers.get("dates", {}).get(rule.code):
        text = f"Answered no, but a date is given: {happened}."
        reading.conflicts.append({"code": rule.code, "text": text})
