from django.db import migrations, models

KINDS = [
    ("draft_waits", "form not finished"),
    ("form_sent", "form received"),
    ("question_asked", "a question for the patient"),
    ("question_waits", "questions that wait for the patient"),
    ("question_closed", "closed without an answer"),
    ("decided", "news for the patient"),
    ("on_hold", "looking at a form again"),
    ("stands", "what was decided stands"),
    ("booked", "visit booked"),
    ("cancelled", "visit cancelled"),
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_questions_that_wait")]
    operations = [
        migrations.AlterField(
            "notice", "kind", models.CharField(choices=KINDS, max_length=20)
        ),
    ]
