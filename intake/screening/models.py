"""Rule sets as they are kept: once published, the database refuses to change them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from intake.screening.rule_set import RuleSetData, from_json


class RuleSetQuerySet(models.QuerySet):
    def published(self) -> "RuleSetQuerySet":
        return self.filter(published_at__isnull=False)

    def drafts(self) -> "RuleSetQuerySet":
        return self.filter(published_at__isnull=True)

    def newest_first(self) -> "RuleSetQuerySet":
        return self.order_by("-number")

    def for_list(self) -> "RuleSetQuerySet":
        """With the people named, and without the rows, which are large."""
        return self.defer("rows").select_related("drafted_by", "changed_by", "published_by")


class RuleSet(models.Model):
    """One version of the rules, whole. A change of rules is a new row."""

    name = models.CharField("version", max_length=20, unique=True)
    number = models.PositiveIntegerField(unique=True)
    """Counts versions; the highest published one is in force."""
    digest = models.CharField(max_length=64, unique=True)
    rows = models.JSONField()
    note = models.TextField("what changed and why", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Nobody for rules that came with the site."""
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who saved a row last."""
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
                condition=Q(published_by__isnull=True) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rule_set_changed_by_with_a_time",
                condition=Q(changed_by__isnull=True, changed_at__isnull=True)
                | Q(changed_by__isnull=False, changed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rule_set_published_by_a_second_person",
                condition=Q(published_by__isnull=True)
                | (
                    (Q(drafted_by__isnull=True) | ~Q(published_by=F("drafted_by")))
                    & (Q(changed_by__isnull=True) | ~Q(published_by=F("changed_by")))
                ),
            ),
            models.CheckConstraint(
                name="rule_set_published_by_somebody_with_a_reason",
                condition=Q(published_at__isnull=True)
                | Q(drafted_by__isnull=True, changed_by__isnull=True)
                | (Q(published_by__isnull=False) & ~Q(note="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def data(self) -> RuleSetData:
        return from_json(self.rows)


class Lowering(models.Model):
    """The safety owner's word that one heavy row may weigh less in this version. Never changes."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="lowerings")
    table = models.CharField(max_length=40)
    row = models.CharField(max_length=200)
    """The row in words: its code or name."""
    was = models.JSONField()
    """The whole row in the version that is replaced."""
    becomes = models.JSONField(null=True, blank=True)
    """The whole row as it was agreed to; nothing when it is taken out."""
    safety_owner = models.CharField(max_length=200)
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who entered it; nobody for rules that came with the site."""
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="lowering_names_who_and_why",
                condition=~Q(safety_owner="") & ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.row}, {self.safety_owner}"
