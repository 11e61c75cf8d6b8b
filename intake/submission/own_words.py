"""Words that ask for help, met at once wherever they are written."""

from collections.abc import Iterable
from datetime import date

from intake.questionnaire.outline import Alarm, QuestionOutline
from intake.screening.services import published
from intake.screening.text.reading import speaks_of_self_harm
from intake.submission.document import is_about_health

MESSAGE, URGENCY = "M4", "R1"


def alarms(questions: Iterable[QuestionOutline], answers: dict, on: date) -> list[Alarm]:
    """One for each text that speaks of ending one's life or of hurting oneself."""
    written = {q.code: answers.get(q.code) for q in questions if is_about_health(q)}
    written = {code: text for code, text in written.items() if text}
    if not written:
        return []
    _, rules = published()
    return [
        Alarm(code, MESSAGE, URGENCY)
        for code, text in written.items()
        if speaks_of_self_harm(text, rules, on)
    ]
