"""Whether the rows of a rule set fit together."""

from intake.screening.levels import BY_CODE, MODALITIES
from intake.screening.medicine_names import PATCH
from intake.screening.medicine_tokens import together, tokens, without_mark
from intake.screening.parts import KINDS, codes_in, kinds_in, places_in
from intake.screening.regions import CODES
from intake.screening.rows import HAZARD, Medicine, Rule
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

MEDICINE_WORDS = {
    "class": "names a kind of medicine without saying which",
    "patch": "worn on the skin",
    "skin": "used on the skin, in eyes or nose, or inhaled",
    "by_mouth": "swallowed or injected",
    "drip": "given by drip or at a hospital",
    "release": "how it is released",
    "salt": "a salt, after the name of a medicine",
    "dose": "how much",
    "how_often": "how often",
    "when": "a month or a season",
    "everyday": "words without bearing",
    "reason_word": "what it is for",
    "reason": "says that what follows is what it is for",
    "past": "no longer taken",
    "until": "no longer taken, with a year that is over",
    "present": "still taken, or not yet stopped",
    "allergy": "not tolerated",
    "separator": "parts one medicine from the next",
}
"""The kinds of words beside the names of medicines."""


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
    if rule_set.medicines:
        _refuse({PATCH} - set(rule_set.class_of), "is missing")
    for each in rule_set.medicine_classes:
        _check_levels(each.code, each.levels, (len(MODALITIES),))
        _refuse(set(each.opens) - set(rule_set.by_code), f"is opened by {each.code} only")
        _refuse({each.two_as} - {"", *rule_set.by_code}, f"is raised by {each.code} only")
        _refuse({each.after_stopping} - {"", "same"}, f"says nothing ({each.code})")
        _refuse(set(each.sources) - set(rule_set.citations), f"is not a source ({each.code})")
    for medicine in rule_set.medicines:
        _check_medicine(medicine, rule_set)
    _check_medicine_names(rule_set)
    _check_medicine_words(rule_set)


def _check_medicine(medicine: Medicine, rule_set: RuleSetData) -> None:
    here = f"({medicine.generic})"
    _refuse({here} if not medicine.classes else set(), "has no class")
    classes = {*medicine.classes, medicine.on_skin, medicine.by_drip} - {""}
    _refuse(classes - set(rule_set.class_of), f"is no class {here}")
    _refuse(set(medicine.opens) - set(rule_set.by_code), f"is no question {here}")
    marked = {*medicine.patch_brands, *medicine.skin_brands, *medicine.box_only, *medicine.shared}
    _refuse(marked - set(medicine.names), f"is not among the names {here}")
    by_generic = rule_set.medicine_names.by_generic
    _refuse(set(medicine.ingredients) - set(by_generic), f"is no ingredient we know {here}")
    parts = [by_generic[generic] for generic in medicine.ingredients]
    _refuse({part.generic for part in parts if part.ingredients}, f"is itself combined {here}")
    missing = {code for part in parts for code in part.classes} - {*medicine.classes, "no_effect"}
    _refuse(missing, f"is a class of an ingredient only {here}")


def _check_medicine_names(rule_set: RuleSetData) -> None:
    """A name that two medicines share is marked as such in both."""
    known = rule_set.medicine_names.known
    _refuse({""} & set(known), "A name without letters is no name, so it")
    for several in known.values():
        for one in several if len(several) > 1 else ():
            shared = set(map(without_mark, one.medicine.shared))
            _refuse({one.name} - shared, f"is the name of another medicine ({one.order[1]})")
    for each in rule_set.look_alikes:
        names = {name for name in each.names if together(name) not in known}
        _refuse(names, "looks like another name but is none")


def _check_medicine_words(rule_set: RuleSetData) -> None:
    _refuse_twice([" ".join(tokens(t)) for word in rule_set.medicine_words for t in word.words])
    for word in rule_set.medicine_words:
        here = f"({word.words[0]})" if word.words else "(no words)"
        _refuse({word.kind} - set(MEDICINE_WORDS), f"is no kind of word {here}")
        _refuse({here for text in word.words or ("",) if not tokens(text)}, "has no letters")
        classes = {*word.classes, *word.said_of}
        _refuse(classes - set(rule_set.class_of), f"is no class {here}")
        _refuse(set(word.opens) - set(rule_set.by_code), f"is no question {here}")


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
