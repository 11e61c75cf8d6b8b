"""A form in review, questions about it, and what its patient types to answer them."""

from intake.review.asking import Asked, ask
from intake.review.asking_models import AskRound
from intake.review.asking_replies import Kept, key_of, save_draft, send_replies
from intake.review.services import open_form
from intake.submission.models import Intake, Revision
from tests.review.changed_forms import first_sent, of

LINE = "Which kind of osteoporosis, and since when?"


def in_review(complete: Intake, by) -> Revision:
    revision = first_sent(complete)
    open_form(intake=of(revision), by=by)
    return revision


def asked_about(revision: Revision, by, *codes: str, **more) -> AskRound:
    questions = [Asked(code, LINE) for code in codes or ("osteoporosis",)]
    return ask(revision=revision, questions=questions, by=by, **more)


def typed(asked: AskRound, **answers: object) -> dict[str, object]:
    """What a browser sends: every block of the page was shown; words and cannot_say by position."""
    return {f"{key_of(each)}-shown": "1" for each in asked.questions.all()} | answers


def key(asked: AskRound, code: str) -> str:
    return key_of(asked.questions.get(code=code))


def replied(asked: AskRound, *, words: str = "", cannot: bool = False, **answers) -> Revision:
    """Kept as a draft and sent, through the services."""
    account = asked.intake.patient.account
    keys = [key_of(each) for each in asked.questions.all()]
    kept = Kept(
        answers=answers,
        words={each: words for each in keys if words},
        cannot=keys if cannot else [],
    )
    save_draft(asked=asked, kept=kept, by=account)
    return send_replies(asked=asked, by=account)
