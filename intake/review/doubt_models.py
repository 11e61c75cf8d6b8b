"""A practitioner found that a rule does not fit somebody: its owner should know."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from intake.screening.models import RuleSet


class RuleDoubt(models.Model):
    """Which rule, of which version, by whom and when. Nothing of the patient, who is not named."""

    code = models.CharField("rule", max_length=60)
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="said by"
    )
    at = models.DateTimeField("on", db_default=Now())

    class Meta:
        verbose_name = "rule that did not fit"
        verbose_name_plural = "rules that did not fit"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.code
