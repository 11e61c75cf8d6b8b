"""Findings that together mean more than each alone.

Each combination is a row; none builds on another, so that their order cannot matter.
"""

from intake.screening.combinations.facts import Fact, Facts, fact, facts_of
from intake.screening.combinations.rows import Combination
from intake.screening.findings import ACTIVE, UNCERTAIN, Finding, Reason, reason
from intake.screening.levels import Level, Levels
from intake.screening.rows import Rule
from intake.screening.rule_set import RuleSetData

MARKED = "marked"
GUESSED = "R1"
"""The urgency of a guess where a certainty would be an emergency: the same day."""
MESSAGE_OF_A_GUESS = {"M1": "M2"}
"""Nobody is told to call an ambulance for a guess; other messages stay."""


def read_combinations(
    document: dict, rule_set: RuleSetData, findings: list[Finding]
) -> list[Finding]:
    """findings: one for each code, as `findings.merged` gives them."""
    facts, parts = facts_of(document, rule_set, findings), rule_set.parts
    names = parts.named.intersection(facts)
    possible = {place for name in names for place in parts.begun_by.get(name, ())}
    found = []
    for row, groups in (parts.grouped[place] for place in sorted(possible)):
        if not any(group.isdisjoint(names) for group in groups):
            held = [_part(group & names, facts) for group in groups]
            found.append(_finding(rule_set.rule(row.code), row, held))
    return found


def _part(names: frozenset[str], facts: Facts) -> list[Fact]:
    return [fact(name, facts[name]) for name in sorted(names)]


def _finding(rule: Rule, row: Combination, parts: list[list[Fact]]) -> Finding:
    weight = row.weight or rule.weight
    urgency, message = row.urgency or rule.urgency, row.message or rule.message
    if Level.EMERGENCY in weight and not _each(parts, "may_alarm"):
        weight = _without_alarm(weight)
        urgency, message = GUESSED, MESSAGE_OF_A_GUESS.get(message, message)
    return Finding(
        rule=rule,
        weight=weight,
        because=_because(rule, row, parts),
        local=row.local_weight if any(row.local) else rule.local_weight,
        regions=_places(row, parts),
        state=ACTIVE if _each(parts, "is_sure") else UNCERTAIN,
        urgency=urgency,
        message=message,
    )


def _each(parts: list[list[Fact]], what: str) -> bool:
    """Whether each part rests on at least one fact of which this holds."""
    return all(any(getattr(one, what) for one in part) for part in parts)


def _without_alarm(weight: Levels) -> Levels:
    return tuple(Level.CONSULT_FIRST if level == Level.EMERGENCY else level for level in weight)


def _because(rule: Rule, row: Combination, parts: list[list[Fact]]) -> tuple[Reason, ...]:
    """What the combination is, and all it rests on; a rule of its own has the advice already."""
    text = row.name if rule.kind == "combination" else f"{row.name}. {row.advice}"
    reasons = [reason("combination", text, row.name)]
    reasons += [each for part in parts for one in part for each in one.because]
    return tuple({tuple(each.items()): each for each in reasons}.values())


def _places(row: Combination, parts: list[list[Fact]]) -> tuple[str, ...]:
    marked = {place for part in parts for one in part for place in one.regions}
    given = {place for place in row.regions if place != MARKED}
    return tuple(sorted(given | marked if MARKED in row.regions else given))
