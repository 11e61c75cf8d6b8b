"""Whether hazards of places and combinations of findings fit together."""

from intake.screening.combinations.parts import KINDS, codes_in, kinds_in, places_in
from intake.screening.combinations.rows import Combination
from intake.screening.levels import MODALITIES
from intake.screening.refusing import BadRules, check_levels, refuse, refuse_twice
from intake.screening.regions import CODES
from intake.screening.rows import HAZARD
from intake.screening.rule_set import RuleSetData


def check_hazards(rule_set: RuleSetData) -> None:
    refuse_twice([hazard.code for hazard in rule_set.hazards])
    for hazard in rule_set.hazards:
        check_levels(hazard.code, hazard.levels, (len(MODALITIES),))
        refuse(set(hazard.regions) - CODES, f"is no place ({hazard.code})")
        if not hazard.code.startswith(HAZARD):
            raise BadRules(f"{hazard.code} does not begin with {HAZARD}")


def check_combinations(rule_set: RuleSetData) -> None:
    refuse_twice([row.name for row in rule_set.combinations])
    found_alone = {rule.code for rule in rule_set.by_code.values() if rule.kind != "combination"}
    said: dict[str, tuple] = {}
    for row in rule_set.combinations:
        _check_parts(row, found_alone)
        check_levels(row.name, row.levels, (0, len(MODALITIES)))
        check_levels(row.name, [level or "none" for level in row.local], (len(MODALITIES),))
        refuse(set(row.sources) - set(rule_set.citations), f"is not a source ({row.name})")
        refuse({row.message} - {""} - set(rule_set.message_rank), f"is no message ({row.name})")
        refuse({row.urgency} - {"", "R0", "R1"}, f"is no urgency ({row.name})")
        if row.code not in found_alone and said.setdefault(row.code, _said(row)) != _said(row):
            raise BadRules(f"{row.code} is described in two ways")


def _check_parts(row: Combination, found_alone: set[str]) -> None:
    """None may rest on what only another raises: then their order would matter."""
    if not row.groups:
        raise BadRules(f"{row.name} has no parts")
    refuse(kinds_in(row) - set(KINDS), f"is no kind of part ({row.name})")
    refuse(codes_in(row) - found_alone, f"is no code to combine ({row.name})")
    refuse({*places_in(row), *row.regions} - {"marked"} - CODES, f"is no place ({row.name})")


def _said(row: Combination) -> tuple:
    """What all rows that raise one code of their own must agree on."""
    return (row.concern, row.title, row.advice, row.urgency, row.message, row.sources, row.default)
