"""Forms and changes that were begun and not sent: reminded of, and in the end deleted."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clinic.errors import MoveNotPossible
from clinic.notices.models import Kind, Notice
from clinic.notices.services import tell
from clinic.people.models import User
from intake.submission.changing import drop_change
from intake.submission.models import Intake
from intake.submission.reading import KEPT_FOR
from intake.submission.services import move

REMIND_AFTER = (timedelta(days=7), timedelta(days=25))
"""Since the form was last saved."""


@transaction.atomic
def expire(*, intake: Intake, by: User | None = None, now: datetime | None = None) -> None:
    """Ends a draft that was not finished in time; its answers are deleted."""
    move(intake=intake, name="expire", by=by, now=now)
    Intake.objects.filter(pk=intake.pk).update(answers={})


def expire_old_drafts(*, now: datetime | None = None) -> int:
    """Ends every draft and drops every change that nobody saved for KEPT_FOR; returns how many."""
    now = now or timezone.now()
    ended = 0
    for intake in _not_saved_for(KEPT_FOR, now):
        with suppress(MoveNotPossible):  # sent or ended meanwhile
            end = drop_change if intake.is_changing else expire
            end(intake=intake, by=None, now=now)
            ended += 1
    return ended


def remind_of_drafts(*, now: datetime | None = None) -> int:
    """One e-mail for each mark in REMIND_AFTER, and one only where two were missed."""
    now = now or timezone.now()
    return sum(
        _remind(intake=intake, now=now)
        for intake in _not_saved_for(REMIND_AFTER[0], now)
        if intake.saved_at >= now - KEPT_FOR
    )


@transaction.atomic
def _remind(*, intake: Intake, now: datetime) -> bool:
    locked = Intake.objects.select_for_update().defer("answers").get(pk=intake.pk)
    if not locked.is_open:
        return False
    marks = [locked.saved_at + wait for wait in REMIND_AFTER if locked.saved_at + wait <= now]
    told = Notice.objects.filter(kind=Kind.DRAFT_WAITS, reference=locked.reference)
    if not marks or told.filter(created_at__gte=marks[-1]).exists():
        return False
    until = locked.saved_at + KEPT_FOR
    tell(patient=intake.patient, kind=Kind.DRAFT_WAITS, reference=locked.reference, when=until)
    return True


def _not_saved_for(wait: timedelta, now: datetime) -> Iterator[Intake]:
    drafts = Intake.objects.being_filled_in().filter(saved_at__lt=now - wait)
    return drafts.defer("answers").select_related("patient").iterator()
