"""Patients who owe an answer: reminded of it, and in the end the form is closed, politely."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clinic.notices.models import Kind, Notice
from clinic.notices.services import tell
from intake.review.asking_models import AskRound, AskRoundQuerySet
from intake.submission.models import Intake
from intake.submission.services import move
from intake.submission.states import State

REMIND_AFTER = (timedelta(days=3), timedelta(days=7))
CLOSE_AFTER = timedelta(days=14)
"""Since it was asked."""


def remind_of_questions(*, now: datetime | None = None) -> int:
    """One e-mail for each mark in REMIND_AFTER, and one only where two were missed."""
    now = now or timezone.now()
    return sum(_remind(each, now) for each in _unanswered_for(REMIND_AFTER[0], now))


def close_unanswered(*, now: datetime | None = None) -> int:
    """Closes forms whose patient has not answered; returns how many. Answering opens them again."""
    now = now or timezone.now()
    return sum(_close(each, now) for each in _unanswered_for(CLOSE_AFTER, now))


def _unanswered_for(wait: timedelta, now: datetime) -> AskRoundQuerySet:
    waiting = AskRound.objects.open().in_writing().filter(intake__state=State.ASKED)
    return waiting.filter(asked_at__lte=now - wait).order_by("pk")


def _still_waits(asked: AskRound) -> Intake | None:
    """The form, held until the transaction ends, if the round is still open and not closed."""
    intake = Intake.objects.locked(asked.intake_id)
    still = AskRound.objects.open().filter(pk=asked.pk).exists()
    return intake if still and intake.state == State.ASKED else None


@transaction.atomic
def _remind(asked: AskRound, now: datetime) -> bool:
    intake = _still_waits(asked)
    if intake is None:
        return False
    marks = [asked.asked_at + wait for wait in REMIND_AFTER if asked.asked_at + wait <= now]
    told = Notice.objects.filter(kind=Kind.QUESTION_WAITS, reference=intake.reference)
    if told.filter(created_at__gte=marks[-1]).exists():
        return False
    tell(patient=intake.patient, kind=Kind.QUESTION_WAITS, reference=intake.reference)
    return True


@transaction.atomic
def _close(asked: AskRound, now: datetime) -> bool:
    intake = _still_waits(asked)
    if intake is None:
        return False
    move(intake=intake, name="close", by=None, now=now)
    tell(patient=intake.patient, kind=Kind.QUESTION_CLOSED, reference=intake.reference)
    return True
