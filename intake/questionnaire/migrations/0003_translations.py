"""Translations of a question set. Published words never change and never vanish.

The one thing that may still happen to a published text is that a person checks it, once.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from clinic.protection import raise_refusal, trigger

REFUSE = raise_refusal("translation_is_published", "a published translation never changes")
SAME = ", ".join(
    f"{{row}}.{column}"
    for column in ("id", "translation_id", "address", "original", "text", "is_vital")
)


class Migration(migrations.Migration):

    dependencies = [
        ('questionnaire', '0002_published_sets_never_change'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('number', models.PositiveSmallIntegerField(help_text='Counts up with every correction of one version in one language.')),
                ('digest', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField(blank=True, help_text='From this moment on, no word in it changes.', null=True)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='questionnaire.questionset')),
            ],
            options={
                'ordering': ['-question_set__number', 'language', '-number'],
            },
        ),
        migrations.CreateModel(
            name='TranslatedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=200)),
                ('original', models.TextField(help_text='What it is a translation of.')),
                ('text', models.TextField()),
                ('is_vital', models.BooleanField(help_text='Urgent or signed: must be checked by a person.')),
                ('state', models.CharField(choices=[('draft', 'not checked'), ('checked', 'checked')], default='draft', max_length=10)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='questionnaire.translation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(fields=('question_set', 'language', 'number'), name='translation_number_once'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.CheckConstraint(condition=models.Q(('language', 'en'), _negated=True), name='translation_is_of_another_language'),
        ),
        migrations.AddConstraint(
            model_name='translatedtext',
            constraint=models.UniqueConstraint(fields=('translation', 'address'), name='translated_address_once'),
        ),
        migrations.AddConstraint(
            model_name='translatedtext',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='translated_text_has_words'),
        ),
        migrations.AddConstraint(
            model_name='translatedtext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at', None), ('checked_by', None), ('state', 'draft')), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), ('state', 'checked')), _connector='OR'), name='translated_text_checked_by_someone'),
        ),
        trigger(
            "questionnaire_translation",
            "questionnaire_translation_published",
            on="UPDATE OR DELETE",
            condition="WHEN (OLD.published_at IS NOT NULL)",
            body=REFUSE,
        ),
        trigger(
            "questionnaire_translatedtext",
            "questionnaire_text_of_published_translation",
            on="INSERT OR UPDATE OR DELETE",
            declare="its record;",
            body=f"""
                FOR its IN
                    SELECT published_at FROM questionnaire_translation
                    WHERE (TG_OP <> 'INSERT' AND id = OLD.translation_id)
                       OR (TG_OP <> 'DELETE' AND id = NEW.translation_id)
                    ORDER BY id FOR SHARE
                LOOP
                    CONTINUE WHEN its.published_at IS NULL;
                    IF TG_OP <> 'UPDATE' THEN
                        {REFUSE}
                    ELSIF OLD.state <> 'draft' OR NEW.state <> 'checked'
                        OR ({SAME.format(row="OLD")}) IS DISTINCT FROM ({SAME.format(row="NEW")})
                    THEN
                        {REFUSE}
                    END IF;
                END LOOP;
            """,
        ),
        migrations.RunSQL(
            sql="""ALTER TABLE questionnaire_translation
                ADD CONSTRAINT translation_id_with_its_set UNIQUE (id, question_set_id)""",
            reverse_sql="""ALTER TABLE questionnaire_translation
                DROP CONSTRAINT translation_id_with_its_set""",
        ),
    ]
