"""Two people who were asked about single answers: one has answered, one has not."""

from datetime import timedelta

from django.utils import timezone

from clinic.people.models import Practitioner, User
from intake.demo.patients import answers_on, filled_in
from intake.demo.people import Person
from intake.review.asking import Asked, ask
from intake.review.asking_models import AskRound
from intake.review.asking_replies import Kept, key_of, save_draft, send_replies
from intake.review.services import open_form
from intake.submission.services import send

WAITS = Person(233, yes=frozenset({"diabetes"}), not_sure=frozenset({"osteoporosis"}))
ANSWERED = Person(250, not_sure=frozenset({"bleeding_disorder"}))
STILL_UNSURE = [
    Asked("osteoporosis", "Did anyone measure how strong your bones are? What did they say?"),
    Asked("", "Who looks after your diabetes, and when did you last see them?"),
]
NOT_ANY_MORE = [
    Asked("bleeding_disorder", "What makes you unsure? Has a doctor ever named it?"),
]
WORDS = "My sister has it. I was tested last year, and mine was normal."


def add_asked(practitioner: Practitioner) -> int:
    """How many accounts are new."""
    return _add(WAITS, STILL_UNSURE, practitioner) + _add(ANSWERED, NOT_ANY_MORE, practitioner)


def _add(who: Person, questions: list[Asked], practitioner: Practitioner) -> int:
    if User.objects.filter(email=who.email).exists():
        return 0
    account, at = User.objects.create_user(who.email, name=who.name), timezone.now()
    at -= timedelta(days=2)
    intake = filled_in(answers_on(who, at), account, at=at)
    revision = send(intake=intake, token=str(intake.form_token), by=account, now=at)
    intake.refresh_from_db()
    soon = at + timedelta(hours=3)
    open_form(intake=intake, by=practitioner.user, now=soon)
    asked = ask(revision=revision, questions=questions, by=practitioner.user, now=soon)
    if who is ANSWERED:
        _answer(asked, account)
    return 1


def _answer(asked: AskRound, account: User) -> None:
    question = asked.questions.get()
    kept = Kept(answers={question.code: "no"}, words={key_of(question): WORDS})
    at = asked.asked_at + timedelta(hours=20)
    save_draft(asked=asked, kept=kept, by=account, now=at)
    send_replies(asked=asked, by=account, now=at)
