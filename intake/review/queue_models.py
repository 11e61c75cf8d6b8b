"""Who is reading a form, who passed it on to whom, and notes nobody else sees."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from clinic.encryption import EncryptedTextField
from intake.submission.models import Intake


class Claim(models.Model):
    """Somebody has opened a form. It tells others and stops nobody; after a while it counts for
    nothing (holding.COUNTS_FOR)."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="claims")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "by"], name="one_claim_per_person"),
        ]
        indexes = [models.Index(fields=["by", "at"], name="claims_of_a_person")]

    def __str__(self) -> str:
        return f"{self.intake} opened by {self.by}"


class Handover(models.Model):
    """A form put back with a note, or handed over to a colleague. Rows are only ever added; the
    last one says who holds the form."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="handovers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """None: it was put back, for whoever reads it next."""
    note = EncryptedTextField(blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["intake", "-id"], name="last_handover")]

    def __str__(self) -> str:
        return f"{self.intake} passed on"


class AlertTaken(models.Model):
    """Somebody said that they are calling about an urgent answer. The last one owns the alert."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="alerts_taken")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.intake} alert taken"


class PrivateNote(models.Model):
    """What one practitioner jots down while reading. Nobody else sees it."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="private_notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = EncryptedTextField(blank=True)
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "by"], name="one_private_note_per_person"),
        ]

    def __str__(self) -> str:
        return f"note on {self.intake}"
