"""Asking a colleague to look for themselves, and taking a decision back before it is sent."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from clinic.encryption import EncryptedTextField
from clinic.people.therapies import Therapy
from intake.submission.models import Revision


class Role(models.TextChoices):
    SECOND = "second", "second opinion"
    THIRD = "third", "third, where two disagree"


class SecondOpinionQuerySet(models.QuerySet["SecondOpinion"]):
    def standing(self) -> "SecondOpinionQuerySet":
        return self.filter(called_off_at__isnull=True)


class SecondOpinion(models.Model):
    """A named colleague is asked to decide on one therapy before they see what others think."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="second_opinions")
    therapy = models.CharField(max_length=12, choices=Therapy)
    role = models.CharField(max_length=8, choices=Role, default=Role.SECOND)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="second_opinions"
    )
    question = EncryptedTextField(blank=True)
    at = models.DateTimeField(db_default=Now())
    called_off_at = models.DateTimeField(null=True)

    objects = SecondOpinionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="second_opinion_known_role"
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("colleague")),
                name="second_opinion_of_someone_else",
            ),
            models.UniqueConstraint(
                fields=["revision", "therapy", "role"],
                condition=models.Q(called_off_at__isnull=True),
                name="one_colleague_asked_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} on {self.therapy}"


class TakenBack(models.Model):
    """Somebody took their decision back before it cleared anything. The decision stays readable."""

    decision = models.OneToOneField(
        "review.Decision", on_delete=models.PROTECT, related_name="taken_back"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"taken back: {self.decision}"


class Conclusion(models.Model):
    """What was decided on this revision has gone out: it cleared what it clears, and the patient
    was told. Decisions without one were never told to anybody."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="conclusions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"conclusion on {self.revision}"
