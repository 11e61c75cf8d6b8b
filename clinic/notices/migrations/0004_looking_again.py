from django.db import migrations, models

KINDS = [
    ("draft_waits", "form not finished"),
    ("form_sent", "form received"),
    ("question_asked", "a question for the patient"),
    ("decided", "news for the patient"),
    ("on_hold", "looking at a form again"),
    ("stands", "what was decided stands"),
    ("booked", "visit booked"),
    ("cancelled", "visit cancelled"),
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_opened")]
    operations = [
        migrations.AlterField(
            "notice", "kind", models.CharField(choices=KINDS, max_length=20)
        ),
    ]
