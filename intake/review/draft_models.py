"""A decision that somebody has begun to write. Nobody else sees it, and it decides nothing."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from clinic.encryption import EncryptedJSONField
from intake.submission.models import Intake, Revision


class DecisionDraft(models.Model):
    """What one practitioner has typed and chosen on the page of one form so far."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="decision_drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    """The one they were reading."""
    typed = EncryptedJSONField(default=dict)
    """Field -> list of values, as the page sent them."""
    saved_at = models.DateTimeField(db_default=Now())
    decision = models.ForeignKey(
        "review.Decision", null=True, on_delete=models.PROTECT, related_name="drafts"
    )
    """What it became. Taken back, its words are there again; gone out, the draft is deleted."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "by"], name="one_decision_draft_per_person"),
        ]

    def __str__(self) -> str:
        return f"draft of a decision on {self.intake}"
