"""Letters to other professionals about a patient, and what they answered."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from clinic.encryption import EncryptedTextField
from clinic.people.models import Patient
from clinic.references import new_reference
from intake.referral.states import (
    FOR_THE_PATIENT,
    REPLY_WITHIN,
    Permission,
    Status,
    Urgency,
    Way,
)
from intake.review.models import Decision
from intake.submission.models import Intake

GONE = [Status.SENT, Status.REPLIED]


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user) -> "LetterQuerySet":
        """Practitioners see every letter; patients those about them that left the clinic."""
        if not user.is_authenticated:
            return self.none()
        if user.is_practitioner:
            return self
        if user.is_staff_member:
            return self.none()
        return self.filter(patient__account=user, status__in=GONE)

    def for_list(self) -> "LetterQuerySet":
        """Open ones first, the longest waiting on top; the words stay closed."""
        order = models.Case(
            models.When(status=Status.SENT, then=0), models.When(status=Status.DRAFTED, then=1)
        )
        return (
            self.select_related("patient", "written_by", "intake__patient")
            .defer("body", "reply", "intake__answers")
            .order_by(order.asc(nulls_last=True), "sent_at", "pk")
        )


class Letter(models.Model):
    """One letter. From the moment it is sent its words never change."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="letters")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="letters")
    decision = models.ForeignKey(
        Decision, null=True, on_delete=models.PROTECT, related_name="letters"
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFTED)
    urgency = models.CharField(max_length=2, choices=Urgency, default=Urgency.QUESTION)
    to_name = EncryptedTextField(blank=True)
    to_place = EncryptedTextField(blank=True)
    body = EncryptedTextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(db_default=Now())
    permission = models.CharField(max_length=12, choices=Permission, blank=True)
    way = models.CharField(max_length=12, choices=Way, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    reply = EncryptedTextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    reply_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(urgency__in=Urgency.values), name="letter_known_urgency"
            ),
            models.CheckConstraint(
                condition=Q(
                    status=Status.DRAFTED,
                    sent_at__isnull=True,
                    sent_by__isnull=True,
                    permission="",
                    way="",
                )
                | Q(
                    status__in=GONE,
                    sent_at__isnull=False,
                    sent_by__isnull=False,
                    permission__in=Permission.values,
                    way__in=Way.values,
                ),
                name="letter_sent_says_when_by_whom_why_and_how",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=Status.REPLIED, replied_at__isnull=False, reply_noted_by__isnull=False
                )
                | (
                    ~Q(status=Status.REPLIED)
                    & Q(replied_at__isnull=True, reply_noted_by__isnull=True)
                ),
                name="letter_answered_says_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def for_the_patient(self) -> str:
        return str(FOR_THE_PATIENT[Status(self.status)])

    def is_overdue(self, *, at: datetime) -> bool:
        """Sent, unanswered, and longer ago than its urgency allows."""
        within = REPLY_WITHIN.get(Urgency(self.urgency))
        return self.status == Status.SENT and within is not None and at - self.sent_at > within
