"""Urgent answers: what was given, whatever is answered afterwards."""

from django.db import models
from django.db.models.functions import Now

from clinic.encryption import EncryptedJSONField


class EmergencyEvent(models.Model):
    """An urgent answer was given. The row stays, whatever the patient changes afterwards."""

    intake = models.ForeignKey(
        "submission.Intake", on_delete=models.PROTECT, related_name="emergencies"
    )
    codes = EncryptedJSONField()
    said = EncryptedJSONField(default=dict)
    """Question code -> the answer as it was at that moment."""
    message = models.CharField(max_length=4)
    happened = models.CharField(
        max_length=12,
        choices=[
            ("shown", "the urgent page was shown"),
            ("not_now", "the patient pressed “not happening now”"),
            ("mistake", "the patient pressed “chosen by mistake”"),
        ],
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.intake} {self.happened}"
