from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submission", "0004_translation")]
    operations = [
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(
                condition=models.Q(("state", "decided")),
                fields=["state_since"],
                name="intake_decided_lately",
            ),
        ),
    ]
