"""The diary, who can be booked, and a patient's visits, each in a fixed number of queries."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from clinic.people.models import Patient, User
from intake.booking.days import bounds
from intake.booking.models import Treatment, Visit
from intake.review.models import Clearance
from intake.review.rescreening import rescreen_patient
from intake.submission.models import Intake


def diary(*, user: User, day: date, only_mine: bool = False) -> QuerySet[Visit]:
    """Visits that begin on this day, in time order, cancelled ones too."""
    start, end = bounds(day)
    visits = Visit.objects.visible_to(user).filter(starts_at__gte=start, starts_at__lt=end)
    if only_mine:
        given = Treatment.objects.filter(visit=OuterRef("pk"), practitioner__user=user)
        visits = visits.filter(Exists(given))
    return visits.with_treatments().order_by("starts_at", "pk")


def next_day_with_visits(*, user: User, after: date) -> date | None:
    later = Visit.objects.visible_to(user).standing().filter(starts_at__gte=bounds(after)[1])
    moment = later.order_by("starts_at").values_list("starts_at", flat=True).first()
    return timezone.localdate(moment) if moment else None


def bookable(*, user: User, day: date) -> QuerySet[Clearance]:
    """Clearances that stand on this day, with the number of visits `left` in each."""
    standing = Count("visits", filter=Q(visits__cancelled_at__isnull=True))
    return (
        Clearance.objects.visible_to(user)
        .live_on(day)
        .annotate(left=F("sessions") - standing)
        .select_related("patient")
        .prefetch_related("therapies")
        .order_by("-pk")
    )


def bookable_for(patient: Patient | None, *, user: User, day: date) -> Clearance | None:
    """For one person. Newer rules are read now if they are all that stands in the way, so that
    nobody who wants a time waits for the worker."""
    if patient is None:
        return None
    theirs = bookable(user=user, day=day).filter(patient=patient)
    found = theirs.first()
    return theirs.first() if found is None and rescreen_patient(patient) else found


def waiting(*, user: User, now: datetime) -> QuerySet[Clearance]:
    """Patients who could have a visit and have none ahead of them; longest waiting first.

    `since`: when they were cleared, or when their last visit ended. Times begin tomorrow, so a
    clearance that ends today is of no more use.
    """
    today = timezone.localdate(now)
    visits = Visit.objects.standing().filter(patient=OuterRef("patient"))
    last = visits.filter(clearance=OuterRef("pk")).order_by("-ends_at").values("ends_at")[:1]
    return (
        bookable(user=user, day=today)
        .filter(left__gt=0, valid_until__gte=today + timedelta(days=1))
        .exclude(Exists(visits.filter(ends_at__gt=now)))
        .annotate(since=Greatest("created_at", Subquery(last)))
        .order_by("since", "pk")
    )


def own_visits(*, user: User) -> QuerySet[Visit]:
    return Visit.objects.visible_to(user).with_treatments().order_by("starts_at")


def form_behind(visit: Visit) -> str:
    """Reference of the form whose decision cleared this visit."""
    forms = Intake.objects.filter(revisions__clearances=visit.clearance_id)
    return forms.values_list("reference", flat=True).get()
