"""One form open on two screens: the later save wins, says what it replaced, and can be undone.

What was replaced is kept sealed in the session of the screen that replaced it, until the next
page is saved there.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from clinic.encryption import seal, unseal
from intake.questionnaire.outline import PageOutline, QuestionOutline, SetOutline
from intake.submission.models import Intake

KEY = "replaced_elsewhere"
BOUND_TO = b"session.replaced"


def stamp(page: PageOutline, answers: dict) -> str:
    """What was saved on this page when it was shown, as a mark that gives no answer away."""
    said = {question.code: answers.get(question.code) for question in page.questions}
    text = json.dumps([page.code, said], sort_keys=True)
    return salted_hmac("intake.submission.page", text, algorithm="sha256").hexdigest()[:32]


def replaced(page: PageOutline, before: dict, changed: dict, seen: str) -> dict:
    """Answers saved elsewhere since the page was shown, that `changed` writes over.

    A consent or signature is never among them: it counts only where it was given.
    """
    if not seen or constant_time_compare(stamp(page, before), seen):
        return {}
    signed = page.whole.signed
    return {
        code: before[code]
        for code, value in changed.items()
        if code not in signed and before.get(code) is not None and before[code] != value
    }


def keep(request: HttpRequest, intake: Intake, answers: dict, *, at: datetime, page: int) -> None:
    """Puts the replaced answers aside, or forgets those of before. at: of the other save."""
    request.session.pop(KEY, None)
    if answers:
        kept = {"form": intake.pk, "at": at.isoformat(), "page": page, "answers": answers}
        request.session[KEY] = seal(json.dumps(kept).encode(), bound_to=BOUND_TO).hex()


@dataclass(frozen=True)
class Replaced:
    at: datetime
    """The last save on the other screen."""
    page: int
    answers: dict
    lines: list[tuple[str, str, str]]
    """question, what it said, what it says now; private questions stay out"""
    private: int
    """How many of the answers are private."""


def find(request: HttpRequest, intake: Intake, questions: SetOutline) -> Replaced | None:
    if KEY not in request.session:
        return None
    kept = json.loads(unseal(bytes.fromhex(request.session[KEY]), bound_to=BOUND_TO))
    if kept["form"] != intake.pk:
        return None
    answers = kept["answers"]
    asked = [question for question in questions.questions() if question.code in answers]
    return Replaced(
        at=datetime.fromisoformat(kept["at"]),
        page=kept["page"],
        answers=answers,
        lines=list(_lines(asked, answers, intake.answers)),
        private=sum(question.private for question in asked),
    )


def _lines(
    asked: Iterable[QuestionOutline], before: dict, now: dict
) -> Iterable[tuple[str, str, str]]:
    for question in asked:
        if not question.private:
            code = question.code
            yield question.short, question.words(before[code]), question.words(now.get(code))
