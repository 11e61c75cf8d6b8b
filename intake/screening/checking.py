"""Whether the rows of a rule set fit together."""

from intake.screening.indexing import itself
from intake.screening.levels import BY_CODE, MODALITIES
from intake.screening.rows import Rule
from intake.screening.rule_set import RuleSetData
from intake.screening.text_rows import EFFECTS, KINDS, SIDES

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
    "bp_in_pregnancy",
    "advised_against",
    "family_history",
    "em_suicide",
    "em_pregnancy",
    "em_vitals",
    "em_bp_crisis",
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
    _check_terms(rule_set)


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


def _check_terms(rule_set: RuleSetData) -> None:
    names = {term.term: {name.lower() for name in term.names} for term in rule_set.terms}
    _refuse_twice([term.term for term in rule_set.terms])
    for term in rule_set.terms:
        _refuse({*term.codes, *term.asks} - set(rule_set.by_code), f"is opened by {term.term} only")
        _refuse({term.family} - {"", *BY_CODE}, f"is not a level ({term.term})")
    for case in rule_set.term_cases:
        _refuse({case.term} - set(names), "is in term_cases only")
        _refuse({case.effect} - set(EFFECTS), f"is no effect ({case.term})")
        _refuse({name.lower() for name in case.only} - names[case.term], f"is no {case.term}")
        if case.effect == "means":
            _refuse(set(case.words) & itself(case, rule_set.terms), f"hides {case.term}")
        known = set(BY_CODE) if case.effect == "family" else set(rule_set.by_code)
        _refuse(set(case.codes) - known, f"is opened by {case.term} only")
    for cue in rule_set.cues:
        _refuse({cue.kind} - set(KINDS), "is no kind of cue")
        _refuse({cue.side} - set(SIDES), f"is no side of a cue ({cue.kind})")
    _refuse({row.code for row in rule_set.passing} - set(rule_set.by_code), "is in passing only")


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
