"""Whether the rows of a rule set fit together."""

from intake.screening.levels import BY_CODE, MODALITIES
from intake.screening.parts import KINDS, codes_in, kinds_in, places_in
from intake.screening.regions import CODES
from intake.screening.rows import HAZARD, Rule
from intake.screening.rows_together import Combination
from intake.screening.rule_set import RuleSetData

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
    "em_suicide",
)
"""Codes the engine names itself; a rule set without one of them is refused."""


class BadRules(ValueError):
    """The rules do not fit together; the sentence says where."""


def check(rule_set: RuleSetData) -> None:
    """Raises BadRules with the first thing that does not fit."""
    _check_codes(rule_set)
    for rule in rule_set.by_code.values():
        _check_rule(rule, rule_set)
    for band in rule_set.bands:
        _check_levels(band.code, band.levels, (0, len(MODALITIES)))
    _check_medicines(rule_set)
    _check_hazards(rule_set)
    _check_combinations(rule_set)


def _check_codes(rule_set: RuleSetData) -> None:
    codes = [rule.code for rule in rule_set.rules]
    _refuse_twice(codes)
    known = set(codes)
    _refuse(set(ENGINE_CODES) - known, "is missing")
    _refuse({code for code in known if not rule_set.has_title(code)}, "has no title")
    _refuse({band.code for band in rule_set.bands} - known, "is raised by a measurement only")
    _refuse(set(rule_set.family_of) - known, "is in a family only")


def _check_rule(rule: Rule, rule_set: RuleSetData) -> None:
    _check_levels(rule.code, rule.levels, (len(MODALITIES),))
    _check_levels(rule.code, [level or "none" for level in rule.local], (len(MODALITIES),))
    _refuse(set(rule.sources) - set(rule_set.citations), f"is not a source ({rule.code})")
    _refuse({rule.message} - {""} - set(rule_set.message_rank), f"is no message ({rule.code})")
    _refuse({rule.urgency} - {"", "R0", "R1"}, f"is no urgency ({rule.code})")


def _check_medicines(rule_set: RuleSetData) -> None:
    _refuse_twice([each.code for each in rule_set.medicine_classes])
    _refuse_twice([each.generic for each in rule_set.medicines])
    for each in rule_set.medicine_classes:
        _check_levels(each.code, each.levels, (len(MODALITIES),))
        _refuse(set(each.opens) - set(rule_set.by_code), f"is opened by {each.code} only")
    for medicine in rule_set.medicines:
        classes = {*medicine.classes, medicine.on_skin} - {""}
        _refuse(classes - set(rule_set.class_of), f"is no class ({medicine.generic})")
        _refuse({medicine.patch} - {"", "also", "only"}, f"says nothing ({medicine.generic})")


def _check_hazards(rule_set: RuleSetData) -> None:
    _refuse_twice([hazard.code for hazard in rule_set.hazards])
    for hazard in rule_set.hazards:
        _check_levels(hazard.code, hazard.levels, (len(MODALITIES),))
        _refuse(set(hazard.regions) - CODES, f"is no place ({hazard.code})")
        if not hazard.code.startswith(HAZARD):
            raise BadRules(f"{hazard.code} does not begin with {HAZARD}")


def _check_combinations(rule_set: RuleSetData) -> None:
    _refuse_twice([row.name for row in rule_set.combinations])
    found_alone = {rule.code for rule in rule_set.by_code.values() if rule.kind != "combination"}
    said: dict[str, tuple] = {}
    for row in rule_set.combinations:
        _check_parts(row, found_alone)
        _check_levels(row.name, row.levels, (0, len(MODALITIES)))
        _check_levels(row.name, [level or "none" for level in row.local], (len(MODALITIES),))
        _refuse(set(row.sources) - set(rule_set.citations), f"is not a source ({row.name})")
        _refuse({row.message} - {""} - set(rule_set.message_rank), f"is no message ({row.name})")
        _refuse({row.urgency} - {"", "R0", "R1"}, f"is no urgency ({row.name})")
        if row.code not in found_alone and said.setdefault(row.code, _said(row)) != _said(row):
            raise BadRules(f"{row.code} is described in two ways")


def _check_parts(row: Combination, found_alone: set[str]) -> None:
    """None may rest on what only another raises: then their order would matter."""
    if not row.groups:
        raise BadRules(f"{row.name} has no parts")
    _refuse(kinds_in(row) - set(KINDS), f"is no kind of part ({row.name})")
    _refuse(codes_in(row) - found_alone, f"is no code to combine ({row.name})")
    _refuse({*places_in(row), *row.regions} - {"marked"} - CODES, f"is no place ({row.name})")


def _said(row: Combination) -> tuple:
    """What all rows that raise one code of their own must agree on."""
    return (row.concern, row.title, row.advice, row.urgency, row.message, row.sources, row.default)


def _check_levels(code: str, levels: tuple | list, lengths: tuple[int, ...]) -> None:
    if len(levels) not in lengths:
        raise BadRules(f"{code} needs one level for each of {', '.join(MODALITIES)}")
    _refuse(set(levels) - set(BY_CODE), f"is not a level ({code})")


def _refuse_twice(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        _refuse({name} & seen, "is there twice")
        seen.add(name)


def _refuse(found: set[str], what: str) -> None:
    if found:
        raise BadRules(f"{min(found)} {what}")
