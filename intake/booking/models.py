"""When it happens: rooms, services, weekly hours, visits and their treatments."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from clinic.people.models import Patient, Practitioner, Registration
from clinic.people.therapies import Therapy
from clinic.references import new_reference
from intake.booking.ranges import same, time
from intake.booking.words import Said, in_words, initials, minutes_between
from intake.review.holds import OnHoldMixin
from intake.review.models import Clearance, ClearanceState, HoldReason

STANDS = Q(cancelled_at__isnull=True)


def never_two_at_once(field: str, name: str) -> ExclusionConstraint:
    return ExclusionConstraint(
        name=name,
        index_type="gist",
        expressions=[(same(field), RangeOperators.OVERLAPS), (time(), RangeOperators.OVERLAPS)],
        condition=STANDS,
    )


class Room(models.Model):
    name = models.CharField(max_length=80, unique=True)
    for_acupuncture = models.BooleanField(default=True)
    for_massage = models.BooleanField(default=True)
    in_use = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """How long a treatment takes, and the pause after it before the next part of a visit."""

    therapy = models.CharField(max_length=12, choices=Therapy, unique=True)
    minutes = models.PositiveSmallIntegerField(help_text="Acupuncture 30 to 45, massage 45 to 60.")
    pause = models.PositiveSmallIntegerField(
        default=10, help_text="Minutes of rest before the second part of a combined visit."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=15, minutes__lte=120, pause__lte=60),
                name="service_sensible_length",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_therapy_display()}, {self.minutes} minutes"


class WeeklyHours(models.Model):
    """When a practitioner works, in clinic time."""

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(
        choices=list(
            enumerate(
                ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
            )
        )
    )
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        verbose_name_plural = "weekly hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens"), weekday__lte=6), name="hours_open_before_closing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


def _given_without_registration() -> models.QuerySet["Treatment"]:
    """Treatments whose practitioner has left, or is not registered in them on that day any more."""
    held = Registration.objects.filter(
        practitioner=OuterRef("practitioner"),
        practitioner__user__is_active=True,
        therapy=OuterRef("therapy"),
        valid_until__gte=ClinicDay(OuterRef("starts_at")),
    )
    standing = Treatment.objects.filter(visit=OuterRef("pk"), cancelled_at__isnull=True)
    return standing.filter(~Exists(held))


class ClinicDay(models.Func):
    """The day of the clinic in which a moment lies, as the database's protections count it."""

    function = "clinic_day"
    output_field = models.DateField()


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user) -> "VisitQuerySet":
        if not user.is_authenticated:
            return self.none()
        if user.is_practitioner or user.is_reception:
            return self
        return self.filter(patient__account=user)

    def standing(self) -> "VisitQuerySet":
        return self.filter(cancelled_at__isnull=True)

    def with_treatments(self) -> "VisitQuerySet":
        """All that a page says about a visit, in two more queries."""
        return (
            self.select_related("patient", "clearance")
            .prefetch_related("treatments__practitioner__user", "treatments__room")
            .annotate(by_someone_unregistered=Exists(_given_without_registration()))
            .annotate(hold=HoldReason("patient_id", "clearance__created_at"))
        )


class Visit(OnHoldMixin, models.Model):
    """One booked visit inside a clearance. The database refuses it without a live one."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="visits")
    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="visits")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    booked_at = models.DateTimeField(db_default=Now())
    form_token = models.UUIDField(default=uuid.uuid4, unique=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="visit_ends_after_it_starts"
            ),
            never_two_at_once("patient", "patient_in_one_place"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def words(self) -> str:
        return in_words(
            Said(each.get_therapy_display(), each.practitioner.title, each.starts_at, each.ends_at)
            for each in self.treatments.all()
        )

    @property
    def patient_initials(self) -> str:
        return initials(self.patient.name) or self.patient.reference

    @property
    def still_cleared(self) -> bool:
        """Whether it may take place as things stand; asked only of visits read `with_treatments`.

        A later decision may have ended the clearance, or something may wait for a practitioner.
        """
        return self.clearance.state == ClearanceState.LIVE and not self.on_hold

    @property
    def is_held(self) -> bool:
        """Its clearance stands, but something newer waits for a practitioner."""
        return self.clearance.state == ClearanceState.LIVE and self.on_hold

    def can_be_cancelled(self, *, at: datetime) -> bool:
        return self.cancelled_at is None and self.starts_at > at


class Treatment(models.Model):
    """One part of a visit: a therapy, by one practitioner, in one room."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="treatments")
    therapy = models.CharField(max_length=12, choices=Therapy)
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, related_name="treatments"
    )
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="treatments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="treatment_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["visit", "therapy"], name="each_therapy_once_a_visit"),
            never_two_at_once("practitioner", "practitioner_in_one_place"),
            never_two_at_once("visit", "treatments_one_after_another"),
            never_two_at_once("room", "room_used_once"),
        ]

    def __str__(self) -> str:
        return f"{self.therapy} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts_at, self.ends_at)
