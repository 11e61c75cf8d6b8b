"""Whether classes, names and words of medicines fit together."""

from intake.screening.levels import MODALITIES
from intake.screening.medicines.names import PATCH
from intake.screening.medicines.rows import Medicine
from intake.screening.medicines.tokens import together, tokens, without_mark
from intake.screening.refusing import check_levels, refuse, refuse_twice
from intake.screening.rule_set import RuleSetData

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


def check_medicines(rule_set: RuleSetData) -> None:
    refuse_twice([each.code for each in rule_set.medicine_classes])
    refuse_twice([each.generic for each in rule_set.medicines])
    if rule_set.medicines:
        refuse({PATCH} - set(rule_set.class_of), "is missing")
    for each in rule_set.medicine_classes:
        check_levels(each.code, each.levels, (len(MODALITIES),))
        refuse(set(each.opens) - set(rule_set.by_code), f"is opened by {each.code} only")
        refuse({each.two_as} - {"", *rule_set.by_code}, f"is raised by {each.code} only")
        refuse({each.after_stopping} - {"", "same"}, f"says nothing ({each.code})")
        refuse(set(each.sources) - set(rule_set.citations), f"is not a source ({each.code})")
    for medicine in rule_set.medicines:
        _check_medicine(medicine, rule_set)
    _check_medicine_names(rule_set)
    _check_medicine_words(rule_set)


def _check_medicine(medicine: Medicine, rule_set: RuleSetData) -> None:
    here = f"({medicine.generic})"
    refuse({here} if not medicine.classes else set(), "has no class")
    classes = {*medicine.classes, medicine.on_skin, medicine.by_drip} - {""}
    refuse(classes - set(rule_set.class_of), f"is no class {here}")
    refuse(set(medicine.opens) - set(rule_set.by_code), f"is no question {here}")
    marked = {*medicine.patch_brands, *medicine.skin_brands, *medicine.box_only, *medicine.shared}
    refuse(marked - set(medicine.names), f"is not among the names {here}")
    by_generic = rule_set.medicine_names.by_generic
    refuse(set(medicine.ingredients) - set(by_generic), f"is no ingredient we know {here}")
    parts = [by_generic[generic] for generic in medicine.ingredients]
    refuse({part.generic for part in parts if part.ingredients}, f"is itself combined {here}")
    missing = {code for part in parts for code in part.classes} - {*medicine.classes, "no_effect"}
    refuse(missing, f"is a class of an ingredient only {here}")


def _check_medicine_names(rule_set: RuleSetData) -> None:
    """A name that two medicines share is marked as such in both."""
    known = rule_set.medicine_names.known
    refuse({""} & set(known), "A name without letters is no name, so it")
    for several in known.values():
        for one in several if len(several) > 1 else ():
            shared = set(map(without_mark, one.medicine.shared))
            refuse({one.name} - shared, f"is the name of another medicine ({one.order[1]})")
    for each in rule_set.look_alikes:
        names = {name for name in each.names if together(name) not in known}
        refuse(names, "looks like another name but is none")


def _check_medicine_words(rule_set: RuleSetData) -> None:
    refuse_twice([" ".join(tokens(t)) for word in rule_set.medicine_words for t in word.words])
    for word in rule_set.medicine_words:
        here = f"({word.words[0]})" if word.words else "(no words)"
        refuse({word.kind} - set(MEDICINE_WORDS), f"is no kind of word {here}")
        refuse({here for text in word.words or ("",) if not tokens(text)}, "has no letters")
        classes = {*word.classes, *word.said_of}
        refuse(classes - set(rule_set.class_of), f"is no class {here}")
        refuse(set(word.opens) - set(rule_set.by_code), f"is no question {here}")
