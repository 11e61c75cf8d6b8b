"""A sent form can be sent again because nothing has changed and its patient wants to go on."""

from django.db import migrations, models

REASONS = [
    ("changed", "something changed"),
    ("forgot", "forgotten before"),
    ("mistake", "a mistake"),
    ("asked", "we asked"),
    ("renew", "nothing new; wants to go on"),
]
CODES = [code for code, _ in REASONS]
CHANGEABLE = ("submitted", "in_review", "asked", "second_opinion", "closed", "decided")


class Migration(migrations.Migration):
    dependencies = [("submission", "0009_due")]
    operations = [
        migrations.AlterField(
            "intake",
            "change_reason",
            models.CharField(blank=True, choices=REASONS, max_length=10),
        ),
        migrations.AlterField(
            "revision",
            "change_reason",
            models.CharField(blank=True, choices=REASONS, max_length=10),
        ),
        migrations.RemoveConstraint("intake", "change_of_a_sent_form_has_its_reason"),
        migrations.AddConstraint(
            "intake",
            models.CheckConstraint(
                condition=models.Q(changing_since__isnull=True, change_reason="")
                | models.Q(
                    changing_since__isnull=False,
                    change_reason__in=CODES,
                    builds_on__isnull=False,
                    state__in=CHANGEABLE,
                ),
                name="change_of_a_sent_form_has_its_reason",
            ),
        ),
        migrations.RemoveConstraint("revision", "later_revision_has_its_reason"),
        migrations.AddConstraint(
            "revision",
            models.CheckConstraint(
                condition=models.Q(number=1, change_reason="", moves_safety=True)
                | models.Q(number__gt=1, change_reason__in=CODES),
                name="later_revision_has_its_reason",
            ),
        ),
    ]
