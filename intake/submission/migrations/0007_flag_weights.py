"""How much a flag weighs for each therapy, in clear: PostgreSQL asks for it when one is cleared."""

from django.db import migrations, models

from intake.screening.weight import weight

OPEN = "ALTER TABLE submission_flag DISABLE TRIGGER submission_flag_append_only"
CLOSED = "ALTER TABLE submission_flag ENABLE ALWAYS TRIGGER submission_flag_append_only"


def weigh(apps, schema_editor) -> None:
    for flag in apps.get_model("submission", "Flag").objects.iterator():
        details = {"code": flag.code} | flag.details
        flag.acupuncture_weight = weight(details, "acupuncture")
        flag.massage_weight = weight(details, "massage")
        flag.save(update_fields=["acupuncture_weight", "massage_weight"])


class Migration(migrations.Migration):
    dependencies = [("submission", "0006_changing_a_sent_form")]
    operations = [
        *(
            migrations.AddField(
                "flag", f"{therapy}_weight", models.PositiveSmallIntegerField(default=0)
            )
            for therapy in ("acupuncture", "massage")
        ),
        migrations.RunSQL(OPEN, CLOSED),
        migrations.RunPython(weigh, migrations.RunPython.noop),
        migrations.RunSQL(CLOSED, OPEN),
        *(
            migrations.AlterField(
                "flag", f"{therapy}_weight", models.PositiveSmallIntegerField()
            )
            for therapy in ("acupuncture", "massage")
        ),
        migrations.AddConstraint(
            "flag",
            models.CheckConstraint(
                condition=models.Q(acupuncture_weight__lte=5, massage_weight__lte=5),
                name="flag_weighs_0_to_5",
            ),
        ),
    ]
