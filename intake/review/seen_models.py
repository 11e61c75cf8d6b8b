"""What somebody has read: Check flags, with their decision; parts of a case, for themselves."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from intake.submission.models import Flag, Revision


class FlagSeen(models.Model):
    """A Check flag that was ticked as seen before its therapy was cleared."""

    decision = models.ForeignKey(
        "review.Decision", on_delete=models.PROTECT, related_name="flags_seen"
    )
    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "flag"], name="flag_seen_once"),
        ]

    def __str__(self) -> str:
        return f"seen: {self.flag}"


class SectionMark(models.Model):
    """How far one person is with one part of what was sent. Nobody else sees it."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=12)
    open_at = models.DateTimeField(db_default=Now())
    """When it was last open."""
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "by", "section"], name="one_mark_per_part"),
        ]

    def __str__(self) -> str:
        return self.section
