from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_what_stays")]
    operations = [
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("relation", "self")),
                fields=("account",),
                name="one_account_holder_per_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["self", "child", "cared_for"])),
                name="patient_known_relation",
            ),
        ),
    ]
