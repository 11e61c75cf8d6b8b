"""What an answer document may look like. Anything else is refused with a sentence about where."""

from collections.abc import Callable
from datetime import date

from intake.screening import shapes
from intake.screening.answers import SELF_HARM, SELF_HARM_URGENCY
from intake.screening.levels import MODALITIES
from intake.screening.regions import CODES as REGION_CODES
from intake.screening.rule_files import load_files
from intake.screening.rule_set import RuleSetData
from intake.screening.shapes import BadDocument

REQUIRED = ("id", "on", "born", "answers")
OPTIONAL = ("wants", "goals", "medicines", "chosen_medicines", "free_text")
GOALS = ("pain", "stress", "circulation", "sleep", "wellbeing")
YES_NO_NOT_SURE = ("yes", "no", "not_sure")
PREGNANCY = ("yes", "no", "maybe", "not_applicable")
REGION_LISTS = ("pain_regions", "treat_regions", "touch_boundaries")
VITALS = {
    "systolic": (20, 350),
    "diastolic": (10, 250),
    "pulse": (10, 350),
    "temperature_c": (25, 45),
    "oxygen": (1, 100),
    "breathing_rate": (1, 120),
    "glucose_mmol": (0, 100),
}
LABS = {
    "inr": (0, 50),
    "platelets": (0, 5000),
    "neutrophils": (0, 500),
    "haemoglobin": (0, 300),
}
LONGEST_LIFE = 130
LONGEST_PREGNANCY = 45


def check(document: object, rule_set: RuleSetData | None = None) -> None:
    """Raises BadDocument at the first thing that is unknown, missing, impossible or of wrong type.

    rule_set: whose codes are known; without it, those of the rules that come with the site.
    """
    parts = shapes.mapping("document", document)
    for name in REQUIRED:
        if name not in parts:
            raise BadDocument(name, "is missing.")
    shapes.only("", parts, REQUIRED + OPTIONAL)
    shapes.text("id", parts["id"], longest=200)
    if not parts["id"].strip():
        raise BadDocument("id", "is empty.")
    on = shapes.day("on", parts["on"])
    born = _born(parts["born"], on)
    shapes.choices("wants", parts.get("wants", []), MODALITIES)
    shapes.choices("goals", parts.get("goals", []), GOALS)
    _check_answers(parts["answers"], rule_set or load_files(), born, on)
    for place, entry in enumerate(shapes.listing("medicines", parts.get("medicines", []))):
        shapes.text(f"medicines[{place}]", entry)
    _check_chosen(parts.get("chosen_medicines", {}), parts.get("medicines", []))
    for name, text in shapes.mapping("free_text", parts.get("free_text", {})).items():
        shapes.text(f"free_text.{name}", text)


def _check_chosen(given: object, medicines: list) -> None:
    """Entry of the list, as typed -> the names the patient chose for it."""
    for number, (entry, names) in enumerate(shapes.mapping("chosen_medicines", given).items()):
        field = f"chosen_medicines[{number}]"
        if entry not in medicines:
            raise BadDocument(field, "is not about an entry of the list of medicines.")
        for place, name in enumerate(shapes.listing(field, names)):
            shapes.text(f"{field}[{place}]", name)


def _check_answers(given: object, rule_set: RuleSetData, born: date, on: date) -> None:
    answers = shapes.mapping("answers", given)
    for key, value in answers.items():
        field = f"answers.{key}"
        rule = rule_set.by_code.get(key)
        if rule is not None and rule.is_answered:
            shapes.choice(field, value, _allowed(key, rule.manner))
        elif key in REGION_LISTS:
            shapes.choices(field, value, REGION_CODES)
        elif key in _SPECIAL:
            _SPECIAL[key](field, value, rule_set, born, on)
        else:
            raise BadDocument(field, "is not a code we know.")


def _allowed(code: str, manner: str) -> tuple[str, ...]:
    if code == SELF_HARM:
        return ("no", *SELF_HARM_URGENCY)
    return ("yes", "no") if manner == "staff" else YES_NO_NOT_SURE


def _pregnancy(field: str, given: object, *_: object) -> None:
    pregnancy = shapes.mapping(field, given)
    shapes.only(field, pregnancy, ("answer", "weeks"))
    if "answer" not in pregnancy:
        raise BadDocument(f"{field}.answer", "is missing.")
    shapes.choice(f"{field}.answer", pregnancy["answer"], PREGNANCY)
    if "weeks" in pregnancy:
        weeks = pregnancy["weeks"]
        whole = isinstance(weeks, int) and not isinstance(weeks, bool)
        if not whole or not 0 <= weeks <= LONGEST_PREGNANCY:
            sentence = f"must be a whole number from 0 to {LONGEST_PREGNANCY}."
            raise BadDocument(f"{field}.weeks", sentence)


def _affected_regions(
    field: str, given: object, rule_set: RuleSetData, born: date, on: date
) -> None:
    for code, places in shapes.mapping(field, given).items():
        _condition(f"{field}.{code}", code, rule_set)
        shapes.choices(f"{field}.{code}", places, REGION_CODES)


def _dates(field: str, given: object, rule_set: RuleSetData, born: date, on: date) -> None:
    for code, day in shapes.mapping(field, given).items():
        _condition(f"{field}.{code}", code, rule_set)
        _day_of_life(f"{field}.{code}", day, born, on)


def _vitals(field: str, given: object, *_: object) -> None:
    vitals = shapes.mapping(field, given)
    shapes.only(field, vitals, VITALS)
    for measure, value in vitals.items():
        shapes.number(f"{field}.{measure}", value, VITALS[measure])


def _labs(field: str, given: object, rule_set: RuleSetData, born: date, on: date) -> None:
    labs = shapes.mapping(field, given)
    shapes.only(field, labs, LABS)
    for measure, lab in labs.items():
        here = f"{field}.{measure}"
        shapes.only(here, shapes.mapping(here, lab), ("value", "on"))
        for name in ("value", "on"):
            if name not in lab:
                raise BadDocument(f"{here}.{name}", "is missing.")
        shapes.number(f"{here}.value", lab["value"], LABS[measure])
        _day_of_life(f"{here}.on", lab["on"], born, on)


_SPECIAL: dict[str, Callable] = {
    "pregnancy": _pregnancy,
    "affected_regions": _affected_regions,
    "dates": _dates,
    "vitals": _vitals,
    "labs": _labs,
}


def _condition(field: str, code: str, rule_set: RuleSetData) -> None:
    rule = rule_set.by_code.get(code)
    if rule is None or not rule.is_answered:
        raise BadDocument(field, "is not a code we know.")


def _born(value: object, on: date) -> date:
    born = shapes.day("born", value)
    if born > on:
        raise BadDocument("born", "is after the date of the document.")
    if on.year - born.year > LONGEST_LIFE:
        raise BadDocument("born", f"is more than {LONGEST_LIFE} years ago.")
    return born


def _day_of_life(field: str, value: object, born: date, on: date) -> None:
    day = shapes.day(field, value)
    if day > on:
        raise BadDocument(field, "is after the date of the document.")
    if day < born:
        raise BadDocument(field, "is before the date of birth.")
