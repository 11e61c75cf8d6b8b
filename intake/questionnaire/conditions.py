"""When something is asked: conditions as data, in the shapes

    {"question": "goals", "is": ["pain", "sleep"]}    any of these was answered
    {"question": "medicines", "opens": ["arrhythmia"]}    the answer leads to one of these questions
    {"age_from": 12, "age_to": 55}                    age in whole years, both ends included
    {"all": [...]}, {"any": [...]}

Nothing (None or {}) always holds.
"""

from datetime import date

BORN = "born"
"""Code of the question that ages are reckoned from."""
OPENED = "opened_by_medicines"
"""Beside the answers: codes of the questions that the medicines written down lead to."""

IN_PERSON = "in_person"
"""The answer "I would rather say this in person": an answer, and still unknown."""


def is_open(answer: object) -> bool:
    """Given, and still nothing is known: it rules nothing out."""
    return not chosen(answer).isdisjoint({IN_PERSON, "not_sure"})


def holds(condition: dict | None, answers: dict, today: date) -> bool:
    """An unanswered question is never one of the answers; an unknown age is asked about."""
    if not condition:
        return True
    if "all" in condition:
        return all(holds(part, answers, today) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers, today) for part in condition["any"])
    if "opens" in condition:
        return not chosen(answers.get(OPENED)).isdisjoint(condition["opens"])
    if "question" in condition:
        return not chosen(answers.get(condition["question"])).isdisjoint(condition["is"])
    age = age_on(answers.get(BORN), today)
    return age is None or condition.get("age_from", 0) <= age <= condition.get("age_to", 200)


def mentions(condition: dict | None) -> set[str]:
    """Codes of the questions a condition looks at."""
    if not condition:
        return set()
    if "question" in condition:
        return {condition["question"]}
    parts = condition.get("all", []) + condition.get("any", [])
    return set().union(*map(mentions, parts)) if parts else {BORN}


def chosen(answer: object) -> set[str]:
    """The codes an answer consists of."""
    if isinstance(answer, dict):
        answer = answer.get("answer")
    if isinstance(answer, str):
        return {answer}
    if isinstance(answer, list):
        return {part for part in answer if isinstance(part, str)}
    return set()


def age_on(born: object, day: date) -> int | None:
    """Age in whole years; None when the date of birth is unknown."""
    try:
        birthday = date.fromisoformat(born) if isinstance(born, str) else None
    except ValueError:
        return None
    if birthday is None:
        return None
    return day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))
