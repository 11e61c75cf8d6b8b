"""Consents and signatures, read back with the words they were given to."""

from dataclasses import dataclass

from django.utils.translation import override

from intake.questionnaire.outline import SetOutline
from intake.submission.models import Intake, Revision
from intake.submission.words_shown import sent


@dataclass(frozen=True)
class Signed:
    title: str
    answer: str
    """In the words that were chosen, or the name that was typed."""
    statement: str
    text: list[dict]
    """The parts that were on the page: heading and points."""


@dataclass(frozen=True)
class SignedForm:
    revision: Revision
    language: str
    """Of the words that were signed."""
    signed: list[Signed]


def signed_in(intake: Intake) -> list[SignedForm]:
    """Each revision, newest first, with what was signed in it."""
    revisions = (
        intake.revisions.select_related("question_set")
        .defer("screening")
        .prefetch_related("signatures")
        .order_by("-number")
    )
    return [_signed_form(each) for each in revisions]


def _signed_form(revision: Revision) -> SignedForm:
    questions = sent(revision)
    with override(questions.language):
        return SignedForm(revision, questions.language, _signed(revision, questions))


def _signed(revision: Revision, questions: SetOutline) -> list[Signed]:
    """In the order of the form."""
    codes = {each.code for each in revision.signatures.all()}
    return [
        Signed(
            title=question.label,
            answer=question.words(revision.answers[question.code]),
            statement=question.extras.get("statement", ""),
            text=question.extras.get("parts", []),
        )
        for question in questions.questions()
        if question.code in codes
    ]
