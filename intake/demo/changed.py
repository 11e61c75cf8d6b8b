"""Someone with a visit ahead who has changed their form: a blood thinner is new."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from clinic.people.models import Practitioner, User
from intake.demo.patients import answers_on, booked, decided, filled_in
from intake.demo.people import Person
from intake.review.services import open_form
from intake.submission.changing import begin_change
from intake.submission.models import Intake
from intake.submission.services import save_answers, send

BEFORE = Person(217)
NOW = Person(217, yes=frozenset({"anticoagulant_use"}))
NOTE = "I take a blood thinner since last week."


def add_changed(practitioner: Practitioner) -> int:
    """How many accounts are new."""
    if User.objects.filter(email=BEFORE.email).exists():
        return 0
    account = User.objects.create_user(BEFORE.email, name=BEFORE.name)
    at = timezone.now() - timedelta(days=4)
    intake = filled_in(answers_on(BEFORE, at), account, at=at)
    revision = send(intake=intake, token=str(intake.form_token), by=account, now=at)
    open_form(intake=_fresh(intake), by=practitioner.user, now=at + timedelta(hours=3))
    decided(BEFORE, revision, "cleared", practitioner, at + timedelta(hours=5))
    booked(revision, BEFORE.wants, at=timezone.now() - timedelta(hours=6))
    _as_a_commit_would()
    _change(_fresh(intake), account)
    return 1


def _change(intake: Intake, account: User) -> None:
    at = timezone.now() - timedelta(hours=2)
    copy = begin_change(intake=intake, reason="changed", note=NOTE, by=account, now=at)
    copy = save_answers(intake=copy, answers=answers_on(NOW, at), by=account, now=at)
    send(intake=copy, token=str(copy.form_token), by=account, now=at + timedelta(minutes=12))


def _fresh(intake: Intake) -> Intake:
    return Intake.objects.select_related("patient").get(pk=intake.pk)


def _as_a_commit_would() -> None:
    """A clearance is compared with what was sent last when its transaction ends. The whole clinic
    is filled in one, and this patient goes on."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
