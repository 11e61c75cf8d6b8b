"""Who saw and who changed what. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from clinic.people.models import Patient


class EventQuerySet(models.QuerySet):
    def about(self, patient: Patient) -> "EventQuerySet":
        return self.filter(patient=patient)

    def readings(self) -> "EventQuerySet":
        """Events in which a member of staff read answers, notes or letters."""
        return self.filter(action__startswith="read_")

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-pk")


class Event(models.Model):
    at = models.DateTimeField(db_default=Now())
    action = models.CharField(max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    patient = models.ForeignKey(
        Patient, null=True, on_delete=models.PROTECT, related_name="audit_events"
    )
    reference = models.CharField(max_length=40, blank=True)
    detail = models.CharField(max_length=200, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["patient", "-id"], name="audit_by_patient")]

    def __str__(self) -> str:
        return f"{self.action} {self.reference}"
