"""Turns an answer document into flags. No database, no clock, no decision.

The shapes of document and result are described in `docs/decisions/0004-screening.md`.
"""

from collections.abc import Callable

from intake.screening.answers import Asked, read_answers, read_boundaries
from intake.screening.combinations.reading import read_combinations
from intake.screening.findings import (
    Finding,
    Findings,
    Reading,
    found,
    in_order,
    reason,
    urgency_order,
)
from intake.screening.hazards import read_hazards
from intake.screening.levels import Level, Levels, bounded, highest, named
from intake.screening.measures import read_measures
from intake.screening.medicines.reading import read_medicines
from intake.screening.person import read_age, read_pregnancy
from intake.screening.rule_set import RuleSetData
from intake.screening.suggestion import should_start_with_one, suggest
from intake.screening.text.reading import read_text


def screen(document: dict, rule_set: RuleSetData, *, asked: Asked = None) -> dict:
    """The screening result of a document that `documents.check` accepts, ready for JSON.

    asked: codes the question set asks. A safety code outside it counts as not checked instead of
    unanswered. Without it every safety code without an answer is unanswered.
    """
    reading = _read(document, rule_set, asked)
    treat = tuple(document["answers"].get("treat_regions", ()))
    findings = Findings(finding.in_the_way_of(treat) for finding in reading.findings)
    alone = findings.in_order()
    together = [*read_combinations(document, rule_set, alone), *read_hazards(document, rule_set)]
    findings.add(finding.in_the_way_of(treat) for finding in together)
    if reading.unanswered:
        findings.add([_unknown(reading, rule_set)])
    ordered = findings.in_order()
    levels = bounded(highest(finding.weight for finding in ordered))
    suggestion = suggest(document.get("wants"), levels)
    if suggestion == "combined" and should_start_with_one(ordered):
        because = reason("advice", rule_set.rule("one_at_first_visit").question, "")
        findings.add([found(rule_set.rule("one_at_first_visit"), because)])
        ordered = findings.in_order()
    return _result(document, rule_set, reading, ordered, levels, suggestion)


def unchecked(document: dict, rule_set: RuleSetData, *, asked: Asked = None) -> list[str]:
    """Codes of the rules that `screen` counts as not checked."""
    return sorted(_read(document, rule_set, asked).not_checked)


READERS: dict[str, Callable[..., Reading]] = {
    "answers": read_answers,
    "boundaries": read_boundaries,
    "pregnancy": read_pregnancy,
    "age": read_age,
    "measures": read_measures,
    "medicines": read_medicines,
    "text": read_text,
}
"""Each way of reading a document; none sees what another found."""


def _read(document: dict, rule_set: RuleSetData, asked: Asked) -> Reading:
    reading = Reading()
    for read in READERS.values():
        reading.add(read(document, rule_set, asked))
    return reading


def _unknown(reading: Reading, rule_set: RuleSetData) -> Finding:
    silences = [reading.unanswered[code] for code in sorted(reading.unanswered)]
    return Finding(
        rule=rule_set.rule("answer_unknown"),
        weight=highest(weight for weight, _ in silences),
        because=tuple(because for _, because in silences),
    )


def _result(
    document: dict,
    rule_set: RuleSetData,
    reading: Reading,
    findings: list[Finding],
    levels: Levels,
    suggestion: str,
) -> dict:
    urgency, message = _what_to_say(findings, rule_set)
    return {
        "id": document["id"],
        "rule_set": rule_set.name,
        "levels": named(levels),
        "emergency": Level.EMERGENCY in levels,
        "suggestion": suggestion,
        "flags": [finding.as_flag() for finding in findings],
        "unanswered": sorted(reading.unanswered),
        "conflicts": in_order(reading.conflicts),
        "family": in_order(reading.family),
        "did_you_mean": in_order(reading.did_you_mean),
        "read_yourself": in_order(reading.read_yourself),
        "message": message,
        "urgency": urgency,
        "checked": rule_set.counted - len(reading.not_checked),
        "not_checked": len(reading.not_checked),
    }


def _what_to_say(findings: list[Finding], rule_set: RuleSetData) -> tuple[str | None, str | None]:
    """The most urgent finding that asks for words to the patient: its urgency and its message."""
    urgent = [finding for finding in findings if finding.urgency]
    if not urgent:
        return None, None
    first = min(
        urgent,
        key=lambda one: (urgency_order(one.urgency), rule_set.message_rank.get(one.message, 99)),
    )
    return first.urgency, first.message or None
