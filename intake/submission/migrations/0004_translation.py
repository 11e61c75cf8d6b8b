"""The words a form was filled in with: one translation of the set it was filled in with.

What protects the rest of a revision (append-only, migration 0002) covers the new column too.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaire", "0003_translations"),
        ("submission", "0003_what_was_said"),
    ]
    operations = [
        migrations.AddField(
            model_name="revision",
            name="translation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="questionnaire.translation",
            ),
        ),
        migrations.RunSQL(
            sql="""
                ALTER TABLE submission_revision
                    ADD CONSTRAINT revision_translation_is_of_its_question_set
                    FOREIGN KEY (translation_id, question_set_id)
                    REFERENCES questionnaire_translation (id, question_set_id)
                    DEFERRABLE INITIALLY DEFERRED;
            """,
            reverse_sql="""
                ALTER TABLE submission_revision
                    DROP CONSTRAINT revision_translation_is_of_its_question_set;
            """,
        ),
    ]
