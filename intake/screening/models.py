"""Rule sets as they are kept: once published, the database refuses to change them."""

from django.conf import settings
from django.db import models

from intake.screening.rule_set import RuleSetData, from_json


class RuleSetQuerySet(models.QuerySet):
    def published(self) -> "RuleSetQuerySet":
        return self.filter(published_at__isnull=False)

    def newest_first(self) -> "RuleSetQuerySet":
        return self.order_by("-number")


class RuleSet(models.Model):
    """One version of the rules, whole. A change of rules is a new row."""

    name = models.CharField(max_length=20, unique=True)
    number = models.PositiveIntegerField(unique=True)
    """Counts versions; the highest published one is in force."""
    digest = models.CharField(max_length=64, unique=True)
    rows = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Nobody for rules that came with the site."""

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rule_set_published_by_needs_a_time",
                condition=models.Q(published_by__isnull=True)
                | models.Q(published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def data(self) -> RuleSetData:
        return from_json(self.rows)
