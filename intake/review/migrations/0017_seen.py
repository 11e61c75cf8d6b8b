"""A therapy is cleared only when each Check flag on it was answered or ticked as seen, by everybody
whose opinion it rests on; and what each person has read of a case, for themselves."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from clinic.protection import append_only, raise_refusal, refuse, trigger

WEIGHT = "CASE NEW.therapy WHEN 'acupuncture' THEN f.acupuncture_weight ELSE f.massage_weight END"
# Decisions whose document is of the first version were made before anyone was asked to tick.
UNSEEN = f"""
    SELECT 1 FROM review_verdict v
    JOIN review_decision d ON d.id = v.decision_id
    JOIN review_seen s ON s.decision_id = d.id AND s.version > 1
    JOIN submission_flag f ON f.revision_id = d.revision_id
    WHERE v.id IN (NEW.verdict_id, NEW.second_id) AND {WEIGHT} = 2
      AND NOT EXISTS (SELECT 1 FROM review_flagseen t
                      WHERE t.flag_id = f.id AND t.decision_id = d.id)
      AND NOT EXISTS (SELECT 1 FROM review_flaganswer a
                      WHERE a.flag_id = f.id AND a.decision_id = d.id AND a.reason <> '')
"""


def pk() -> tuple[str, models.Field]:
    return "id", models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def to(model: str, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0016_a_hold_is_rare"),
        ("submission", "0010_going_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("seen", "version", models.PositiveSmallIntegerField(default=1)),
        refuse(
            "review_seen",
            "seen_by_the_document_of_today",
            on="INSERT",
            when="NEW.version < 2",
            sentence="what was seen is kept with the Check flags that were ticked",
        ),
        migrations.CreateModel(
            "FlagSeen",
            [
                pk(),
                ("decision", to("review.decision", "flags_seen")),
                ("flag", to("submission.flag")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "flag"), name="flag_seen_once")
                ],
            },
        ),
        migrations.CreateModel(
            "SectionMark",
            [
                pk(),
                ("section", models.CharField(max_length=12)),
                (
                    "open_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("seen_at", models.DateTimeField(null=True)),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("revision", to("submission.revision")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "by", "section"), name="one_mark_per_part"
                    )
                ],
            },
        ),
        append_only("review_flagseen"),
        trigger(
            "review_clearedtherapy",
            "checks_seen_before_clearing",
            on="INSERT",
            body=f"""
                IF EXISTS ({UNSEEN}) THEN
                    {raise_refusal("checks_seen_before_clearing",
                                   "each Check flag is seen before a therapy is cleared")}
                END IF;
            """,
        ),
    ]
