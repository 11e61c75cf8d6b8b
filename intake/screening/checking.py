"""Whether the rows of a rule set fit together."""

from intake.screening.combinations.checking import check_combinations, check_hazards
from intake.screening.levels import MODALITIES
from intake.screening.medicines.checking import check_medicines
from intake.screening.refusing import BadRules, check_levels, refuse, refuse_twice
from intake.screening.rows import Rule
from intake.screening.rule_set import RuleSetData
from intake.screening.text.checking import check_terms

__all__ = ["ENGINE_CODES", "BadRules", "check"]

ENGINE_CODES = (
    "answer_unknown",
    "medicine_unrecognised",
    "medicine_unconfirmed",
    "one_at_first_visit",
    "low_mood_thoughts",
    "pregnancy_t1",
    "pregnancy_t2_t3",
    "pregnancy_term",
    "pregnancy_possible",
    "touch_boundaries",
    "age_child",
    "frailty_older",
    "advised_against",
    "family_history",
    "em_suicide",
)
"""Codes the engine names itself; a rule set without one of them is refused."""


def check(rule_set: RuleSetData) -> None:
    """Raises BadRules with the first thing that does not fit."""
    _check_codes(rule_set)
    for rule in rule_set.by_code.values():
        _check_rule(rule, rule_set)
    for band in rule_set.bands:
        check_levels(band.code, band.levels, (0, len(MODALITIES)))
    check_medicines(rule_set)
    check_hazards(rule_set)
    check_combinations(rule_set)
    check_terms(rule_set)


def _check_codes(rule_set: RuleSetData) -> None:
    codes = [rule.code for rule in rule_set.rules]
    refuse_twice(codes)
    known = set(codes)
    refuse(set(ENGINE_CODES) - known, "is missing")
    refuse({code for code in known if not rule_set.has_title(code)}, "has no title")
    refuse({band.code for band in rule_set.bands} - known, "is raised by a measurement only")
    refuse(set(rule_set.family_of) - known, "is in a family only")


def _check_rule(rule: Rule, rule_set: RuleSetData) -> None:
    check_levels(rule.code, rule.levels, (len(MODALITIES),))
    check_levels(rule.code, [level or "none" for level in rule.local], (len(MODALITIES),))
    refuse(set(rule.sources) - set(rule_set.citations), f"is not a source ({rule.code})")
    refuse({rule.message} - {""} - set(rule_set.message_rank), f"is no message ({rule.code})")
    refuse({rule.urgency} - {"", "R0", "R1"}, f"is no urgency ({rule.code})")
