"""Visits ahead when a new decision takes the place of an older one: they stand, or are released."""

from datetime import datetime

from django.utils import timezone

from clinic.people.models import Patient, User
from intake.booking.models import Visit
from intake.booking.services import cancel
from intake.review.clearing import after_clearing
from intake.review.models import Clearance


@after_clearing
def settle_visits(
    *, patient: Patient, clearance: Clearance | None, by: User, now: datetime
) -> None:
    """Each visit ahead moves to the new clearance if that allows it; if not, it is cancelled and
    the patient is told. Earliest first, so that these keep the sessions there are."""
    ahead = Visit.objects.standing().filter(patient=patient, starts_at__gt=now)
    ahead = ahead.select_for_update(of=("self",)).select_related("patient", "clearance")
    left = clearance.sessions if clearance else 0
    for visit in ahead.prefetch_related("treatments").order_by("starts_at", "pk"):
        if clearance and left and _allows(clearance, visit):
            left -= 1
            Visit.objects.filter(pk=visit.pk).update(clearance=clearance)
        else:
            cancel(visit=visit, by=by, now=now)


def _allows(clearance: Clearance, visit: Visit) -> bool:
    day = timezone.localdate(visit.starts_at)
    given = {part.therapy for part in visit.treatments.all() if part.cancelled_at is None}
    cleared = {each.therapy for each in clearance.therapies.all()}
    return (
        clearance.valid_from <= day <= clearance.valid_until
        and given <= cleared
        and (clearance.together or len(given) == 1)
    )
