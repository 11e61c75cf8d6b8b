"""What we send: the outbox. A row is written in the transaction of the change it tells about."""

from django.db import models
from django.db.models.functions import Now

from clinic.people.models import Patient


class Kind(models.TextChoices):
    DRAFT_WAITS = "draft_waits", "form not finished"
    FORM_SENT = "form_sent", "form received"
    QUESTION_ASKED = "question_asked", "a question for the patient"
    QUESTION_WAITS = "question_waits", "questions that wait for the patient"
    QUESTION_CLOSED = "question_closed", "closed without an answer"
    DECIDED = "decided", "news for the patient"
    BOOKED = "booked", "visit booked"
    CANCELLED = "cancelled", "visit cancelled"


class NoticeQuerySet(models.QuerySet):
    def due(self, *, now) -> "NoticeQuerySet":
        """Those not sent, not given up, and not held by a worker at work."""
        free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=now)
        return self.filter(free, sent_at__isnull=True, failed_at__isnull=True, not_before__lte=now)


class Notice(models.Model):
    """One e-mail due. Only these fields may reach the text: kind, first name, reference, time."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    reference = models.CharField(max_length=12, blank=True)
    when = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    not_before = models.DateTimeField(db_default=Now())
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=120, blank=True)

    objects = NoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"


class Opened(models.Model):
    """When a patient last opened what we wrote about one form, or one letter.

    It tells new from read on their own pages, and is for nothing else.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="opened")
    reference = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "reference"], name="opened_once"),
        ]

    def __str__(self) -> str:
        return self.reference
