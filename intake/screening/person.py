"""Age and pregnancy: findings that rest on who the person is."""

from datetime import date

from intake.screening.findings import Reading, found, reason
from intake.screening.levels import Level, everywhere
from intake.screening.rule_set import RuleSetData

ADULT_FROM = 18
FRAIL_FROM = 80
PREGNANCY_AGES = range(12, 56)
PREGNANCY_ROWS = ("pregnancy_t1", "pregnancy_t2_t3", "pregnancy_term", "pregnancy_possible")
ASKED_OF_THE_PREGNANT = "pregnancy_high_risk"


def age_on(born: date, day: date) -> int:
    """Age in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_of(document: dict) -> int:
    return age_on(date.fromisoformat(document["born"]), date.fromisoformat(document["on"]))


def pregnancy_answer(document: dict) -> str | None:
    """The answer, "not_applicable" for ages that are not asked, None when there is none."""
    given = document["answers"].get("pregnancy")
    if given is not None:
        return given["answer"]
    return None if age_of(document) in PREGNANCY_AGES else "not_applicable"


def could_be_pregnant(document: dict) -> bool:
    return pregnancy_answer(document) in ("yes", "maybe")


def concerns_pregnancy(code: str, answer: str | None) -> bool:
    """Whether a row about pregnancy or birth needs an answer, after this answer on pregnancy."""
    if answer == "not_applicable":
        return False
    return not (code == ASKED_OF_THE_PREGNANT and answer == "no")


def read_age(document: dict, rule_set: RuleSetData, asked: frozenset[str] | None = None) -> Reading:
    age = age_of(document)
    reading = Reading()
    for code, applies in (("age_child", age < ADULT_FROM), ("frailty_older", age >= FRAIL_FROM)):
        if applies:
            because = reason("age", f"{age} years", document["born"])
            reading.findings.append(found(rule_set.rule(code), because))
    return reading


def read_pregnancy(
    document: dict, rule_set: RuleSetData, asked: frozenset[str] | None = None
) -> Reading:
    reading = Reading()
    answer = pregnancy_answer(document)
    if answer is None:
        reading.not_checked.update(PREGNANCY_ROWS)
        if asked is None or "pregnancy" in asked:
            because = reason("unanswered", "Are you pregnant, or could you be?", "pregnancy")
            reading.unanswered["pregnancy"] = (everywhere(Level.CONSULT_FIRST), because)
        return reading
    weeks = document["answers"].get("pregnancy", {}).get("weeks")
    if code := _pregnancy_row(answer, weeks):
        text = f"{answer}, {weeks} weeks" if weeks is not None else answer
        reading.findings.append(found(rule_set.rule(code), reason("pregnancy", text, code)))
    elif weeks is not None:
        text = f"Weeks are given ({weeks}), but the answer is {answer}."
        reading.conflicts.append({"code": "pregnancy", "text": text})
    return reading


def _pregnancy_row(answer: str, weeks: int | None) -> str | None:
    if answer == "maybe":
        return "pregnancy_possible"
    if answer != "yes":
        return None
    if weeks is None or weeks < 13:
        return "pregnancy_t1"
    return "pregnancy_t2_t3" if weeks < 37 else "pregnancy_term"
