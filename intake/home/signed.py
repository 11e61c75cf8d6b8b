"""Consents and signatures, read back with the words they were given to."""

from dataclasses import dataclass

from django.utils.translation import override

from intake.submission import words_shown
from intake.submission.models import Intake, Revision
from intake.submission.states import Reason


@dataclass(frozen=True)
class Signed:
    title: str
    answer: str
    """In the words that were chosen, or the name that was typed."""
    statement: str
    text: list[dict]
    """The parts that were on the page: heading and points."""
    language: str


def signed_in(intake: Intake) -> list[tuple[Revision, list[Signed]]]:
    """Each revision, newest first, with what was signed in it. An answer to our question signs
    nothing."""
    revisions = (
        intake.revisions.select_related("question_set")
        .defer("screening")
        .prefetch_related("signatures")
        .order_by("-number")
    )
    return [(each, _signed(each)) for each in revisions if each.change_reason != Reason.ASKED]


def _signed(revision: Revision) -> list[Signed]:
    """In the order of the form, and in the words it was signed in."""
    codes = {each.code for each in revision.signatures.all()}
    questions = words_shown.sent(revision)
    with override(questions.language):
        return [
            Signed(
                title=question.label,
                answer=question.words(revision.answers[question.code]),
                statement=question.extras.get("statement", ""),
                text=question.extras.get("parts", []),
                language=questions.language,
            )
            for question in questions.questions()
            if question.code in codes
        ]
