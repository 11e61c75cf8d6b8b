"""Invented answer documents of the usual size, no two alike."""

import random

from intake.screening.person import PREGNANCY_ROWS
from intake.screening.rule_set import RuleSetData

DOSES = ("5 mg twice a day", "20mg", "at night", "100 micrograms in the morning", "when needed")
CONDITIONS_SAID_YES = 4
MOST_MEDICINES = 4
MISSPELT_ONE_IN = 10
REGIONS = ("lower_back", "neck_back", "left_knee", "right_shoulder_top", "head_front")
NAMING = (
    "I had a {term} about six years ago and my doctor said it has settled.",
    "No history of {term}, but my mother had high blood pressure for a long time.",
    "The physiotherapist asked about {term} and I was not sure what to say.",
    "I am worried about {term} because I read about it, nobody has found anything.",
)
PLAIN = (
    "My lower back has been sore since I moved house in spring and sitting makes it worse.",
    "I sleep badly and wake up at four most nights, then I cannot get back to sleep.",
    "Walking helps, and so does a warm shower in the morning before work.",
    "My daughter says I should rest more, but I like to be out in the garden.",
)
"""A note has one or two of each."""


def typical_documents(rules: RuleSetData, number: int, seed: int = 1) -> list[dict]:
    """All questions answered, some yes, some medicines, two to four sentences of own words."""
    chance = random.Random(seed)  # noqa: S311
    names = [name for medicine in rules.medicines for name in medicine.names]
    terms = [word for term in rules.terms for word in (term.term, *term.synonyms)]
    return [_document(rules, place, names, terms, chance) for place in range(number)]


def _document(
    rules: RuleSetData, place: int, names: list[str], terms: list[str], chance: random.Random
) -> dict:
    codes = [rule.code for rule in rules.answered if rule.code not in PREGNANCY_ROWS]
    answers: dict[str, object] = dict.fromkeys(codes, "no")
    conditions = [rule.code for rule in rules.conditions if rule.code in answers]
    answers |= dict.fromkeys(chance.sample(conditions, CONDITIONS_SAID_YES), "yes")
    answers[chance.choice(conditions)] = "not_sure"
    answers["pregnancy"] = {"answer": "not_applicable"}
    answers["touch_boundaries"] = []
    answers["treat_regions"] = chance.sample(REGIONS, 2)
    answers["vitals"] = {"systolic": chance.randint(95, 175), "diastolic": chance.randint(60, 105)}
    return {
        "id": f"p-{place}",
        "on": "2026-11-24",
        "born": f"{chance.randint(1938, 2004)}-06-04",
        "wants": ["acupuncture", "massage"],
        "goals": ["pain", "sleep"],
        "answers": answers,
        "medicines": [_medicine(names, chance) for _ in range(chance.randint(0, MOST_MEDICINES))],
        "free_text": {"own_words": _words(terms, chance)},
    }


def _medicine(names: list[str], chance: random.Random) -> str:
    name = chance.choice(names)
    if chance.randrange(MISSPELT_ONE_IN) == 0 and len(name) > 1:
        where = chance.randrange(len(name))
        name = name[:where] + chance.choice("aeiou") + name[where + 1 :]
    return f"{name} {chance.choice(DOSES)}"


def _words(terms: list[str], chance: random.Random) -> str:
    naming = chance.sample(NAMING, chance.randint(1, 2))
    chosen = [each.format(term=chance.choice(terms)) for each in naming]
    chosen += chance.sample(PLAIN, chance.randint(1, 2))
    return " ".join(chance.sample(chosen, len(chosen)))
