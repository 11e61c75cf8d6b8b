"""What was seen also says what stood beside the answers: what was asked and came back, calls about
urgent answers, marked places, and what medicines were matched with."""

from django.db import migrations

import clinic.encryption
from clinic.protection import refuse

NAME = "seen_by_the_document_of_today"


def document_of_today(when: str, sentence: str):
    return refuse("review_seen", NAME, on="INSERT", when=when, sentence=sentence)


BEFORE = document_of_today(
    "NEW.version < 2", "what was seen is kept with the Check flags that were ticked"
)


class Migration(migrations.Migration):
    dependencies = [("review", "0020_looked_at_again")]
    operations = [
        migrations.AddField("seen", "beside", clinic.encryption.EncryptedJSONField(null=True)),
        migrations.RunSQL(sql=BEFORE.reverse_sql, reverse_sql=BEFORE.sql),
        document_of_today(
            "NEW.version < 3 OR NEW.beside IS NULL",
            "what was seen is kept with what stood beside the answers",
        ),
    ]
