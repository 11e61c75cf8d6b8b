"""What ends a decision without the patient: newer rules, and what people say to them or learn."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from clinic.encryption import EncryptedJSONField, EncryptedTextField
from clinic.people.models import Registration
from clinic.people.therapies import Therapy
from intake.screening.models import RuleSet
from intake.submission.models import Intake, Revision


class Rescreening(models.Model):
    """What a later version of the rules finds in answers that were sent before it. Never changes.

    A level in clear says how much the heaviest raised finding weighs for that therapy, 0 where
    nothing was raised; what was raised is encrypted, because it says what was answered.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="rescreenings")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    acupuncture = models.PositiveSmallIntegerField()
    massage = models.PositiveSmallIntegerField()
    could_read = models.BooleanField(default=True)
    """Without it nobody knows what the rules would find, and it counts as raised."""
    raised = EncryptedJSONField(default=list)
    """Each {"before": flag or null, "now": flag}, as screening makes them; heaviest first."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "rule_set"], name="rescreened_once"),
            models.CheckConstraint(
                condition=models.Q(acupuncture__lte=5, massage__lte=5), name="rescreened_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} under {self.rule_set}"

    def level_for(self, therapy: str) -> int:
        return getattr(self, therapy)


class RescreeningAnswer(models.Model):
    """Someone registered in a therapy has read what was raised for it: it stands, or is decided
    again."""

    rescreening = models.ForeignKey(Rescreening, on_delete=models.PROTECT, related_name="answers")
    therapy = models.CharField(max_length=12, choices=Therapy)
    keeps = models.BooleanField()
    """Whether what was decided stands. Otherwise only a later clearance is off hold."""
    reason = EncryptedTextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.rescreening}, {self.therapy}: {'stands' if self.keeps else 'decide again'}"


class LookAgain(models.Model):
    """Someone has learned what speaks against what was decided. Holds what this form cleared before
    that moment; never changes."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="looks_again")
    reason = EncryptedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.intake}, looked at again"


class Seen(models.Model):
    """The fingerprint of what somebody saw and decided, made in the transaction of the decision.

    It holds what can change afterwards, so that the whole can be built again byte for byte.
    """

    decision = models.OneToOneField(
        "review.Decision", on_delete=models.PROTECT, related_name="seen"
    )
    digest = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    """Of the document it is the digest of."""
    decided_by = models.CharField(max_length=400)
    """Name and registration numbers on that day."""
    rescreening = models.ForeignKey(
        Rescreening, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """What newer rules had found by then, if there were any."""
    beside = EncryptedJSONField(null=True)
    """What stood beside the answers (stood_beside.kept_with); null before version 3."""
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"what was seen: {self.decision}"
