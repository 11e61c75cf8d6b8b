"""Are you sure: what is unusual but possible. It is saved either way, and asked about once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.questionnaire.kinds import kind
from intake.questionnaire.question import QuestionOutline

SURE = "sure_of"
"""Beside the answers: question code -> the unusual answer that the person said is right."""


@dataclass(frozen=True)
class Doubt:
    code: str
    answer: object
    sentence: str
    """Names what was typed."""


def doubts(questions: Iterable[QuestionOutline], answers: dict, today: date) -> list[Doubt]:
    """What is unusual about these answers, without what was already said to be right."""
    sure = answers.get(SURE, {})
    found = []
    for question in questions:
        answer, code = answers.get(question.code), question.code
        if not question.is_answered(answer) or (code in sure and sure[code] == answer):
            continue
        if sentence := kind(question.kind).unusual(question, answer, answers, today):
            found.append(Doubt(code, answer, sentence))
    return found


def said_right(doubts: Iterable[Doubt], answers: dict) -> dict:
    """What to save so that these do not come back."""
    return {SURE: answers.get(SURE, {}) | {doubt.code: doubt.answer for doubt in doubts}}
