"""Booking and cancelling: one service writes visits, and always as one unit."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.audit.services import record
from clinic.errors import MoveNotPossible, NotAllowed, Refused
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people import policy
from clinic.people.models import Practitioner, User
from intake.booking.models import Room, Treatment, Visit
from intake.review.models import Clearance, ClearedTherapy

WORKS_HERE = "treatment_by_someone_who_works_here"


class SlotTaken(Refused):
    sentence = _("Someone took this time a moment ago.")


class NotCleared(Refused):
    sentence = _("This cannot be booked. Ask the clinic if you are not sure why.")


class WorksHereNoLonger(Refused):
    sentence = _("This person does not work here any more. Choose a time with someone else.")


class FormUsed(Refused):
    sentence = _("This page was used for another visit. Choose a time again.")


@dataclass(frozen=True)
class Part:
    """One treatment of a visit to be booked."""

    therapy: str
    practitioner_id: int
    room_id: int
    starts_at: datetime
    ends_at: datetime


def book(
    *, clearance: Clearance, parts: list[Part], token: str, by: User, now: datetime | None = None
) -> Visit:
    """Books all parts or none. The same token gets the same visit back.

    Practitioners and rooms are locked in a fixed order first, so that many people at one slot
    wait in line instead of deadlocking; the exclusion constraints are the backstop.
    Raises SlotTaken, NotCleared, WorksHereNoLonger, FormUsed, NotAllowed.
    """
    now = now or timezone.now()
    _may_book(clearance, by)
    if not parts or min(part.starts_at for part in parts) <= now:
        raise SlotTaken(_("This time has passed."))
    try:
        with transaction.atomic():
            return _book(clearance=clearance, parts=parts, token=token, by=by, now=now)
    except IntegrityError as error:
        return _understood(error, clearance, token)


def _book(*, clearance: Clearance, parts: list[Part], token: str, by: User, now: datetime) -> Visit:
    people = sorted({part.practitioner_id for part in parts})
    rooms = sorted({part.room_id for part in parts})
    list(Practitioner.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))
    list(Room.objects.select_for_update(no_key=True).filter(pk__in=rooms).order_by("pk"))
    if visit := Visit.objects.filter(clearance=clearance, form_token=token).first():
        return visit
    if _taken(parts):
        raise SlotTaken
    visit = Visit.objects.create(
        patient_id=clearance.patient_id,
        clearance=clearance,
        starts_at=min(part.starts_at for part in parts),
        ends_at=max(part.ends_at for part in parts),
        booked_by=by,
        booked_at=now,
        form_token=token,
    )
    Treatment.objects.bulk_create(Treatment(visit=visit, **part.__dict__) for part in parts)
    _record("visit_booked", visit, by, now)
    tell(
        patient=clearance.patient,
        kind=Kind.BOOKED,
        reference=visit.reference,
        when=visit.starts_at,
    )
    return visit


def _record(action: str, visit: Visit, by: User, now: datetime) -> None:
    record(action=action, by=by, patient=visit.patient, reference=visit.reference, at=now)


def _taken(parts: list[Part]) -> bool:
    clash = Q()
    for part in parts:
        same = Q(practitioner=part.practitioner_id) | Q(room=part.room_id)
        clash |= same & Q(starts_at__lt=part.ends_at, ends_at__gt=part.starts_at)
    return Treatment.objects.filter(clash, cancelled_at__isnull=True).exists()


def _understood(error: IntegrityError, clearance: Clearance, token: str) -> Visit:
    """A visit stored by the same form a moment ago, or the refusal in words."""
    if visit := Visit.objects.filter(clearance=clearance, form_token=token).first():
        return visit
    state = getattr(error.__cause__, "sqlstate", "")
    if state == "23P01":
        raise SlotTaken from error
    if state == "23514" and error.__cause__.diag.constraint_name == WORKS_HERE:
        raise WorksHereNoLonger from error
    if state == "23514":
        raise NotCleared from error
    if state == "23505" and Visit.objects.filter(form_token=token).exists():
        raise FormUsed from error
    raise error


def _may_book(clearance: Clearance, by: User) -> None:
    if not (by and by.is_authenticated and by.is_active):
        raise NotAllowed
    if not (by.is_reception or by.is_practitioner or clearance.patient.account_id == by.pk):
        raise NotAllowed


@transaction.atomic
def cancel(*, visit: Visit, by: User, now: datetime | None = None) -> None:
    """Cancels all parts together; the times are free at once.

    Raises MoveNotPossible for a visit that has begun, is over, or was cancelled before.
    """
    now = now or timezone.now()
    _may_book(visit.clearance, by)
    if visit.starts_at <= now:
        raise MoveNotPossible(_("This visit has begun or is over, so it cannot be cancelled."))
    won = Visit.objects.filter(pk=visit.pk, cancelled_at__isnull=True).update(cancelled_at=now)
    if not won:
        raise MoveNotPossible(_("This visit was cancelled before."))
    Treatment.objects.filter(visit=visit, cancelled_at__isnull=True).update(cancelled_at=now)
    _record("visit_cancelled", visit, by, now)
    tell(
        patient=visit.patient,
        kind=Kind.CANCELLED,
        reference=visit.reference,
        when=visit.starts_at,
    )


@transaction.atomic
def read_precautions(*, visit: Visit, by: User) -> dict[str, list[str]]:
    """Therapy -> what to take care of, for practitioners; leaves a trace of the reading."""
    policy.require(by, "practitioner")
    cleared = ClearedTherapy.objects.filter(clearance=visit.clearance_id)
    record(action="read_precautions", by=by, patient=visit.patient, reference=visit.reference)
    rests_on = cleared.select_related("verdict", "second")
    read = rests_on.defer("verdict__reason", "second__reason")
    return {each.therapy: each.precautions for each in read}
