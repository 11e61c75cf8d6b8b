"""Questions to the patient, in rounds, and what came back."""

import clinic.encryption
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


def calls_that_wait(apps, schema_editor):
    """Forms that wait for a call from before rounds were kept; who asked is in the audit trail."""
    rounds = apps.get_model("review", "AskRound")
    for intake in apps.get_model("submission", "Intake").objects.filter(state="asked").defer("answers"):
        rounds.objects.create(
            intake=intake,
            revision=intake.revisions.order_by("-number").first(),
            asked_at=intake.state_since,
            by_phone=True,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('review', '0011_urgent_means_one_thing'),
        ('submission', '0008_closed_without_an_answer'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AskRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by_phone', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended', models.CharField(blank=True, choices=[('written', 'answered in writing'), ('phone', 'answered by phone'), ('changed', 'they changed the form instead'), ('withdrawn', 'they took the form back'), ('reopened', 'taken up again without an answer')], max_length=10)),
                ('note', clinic.encryption.EncryptedTextField(blank=True, default='')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('came_back', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_round', to='submission.revision')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ask_rounds', to='submission.intake')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='submission.revision')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='AskQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=60)),
                ('line', clinic.encryption.EncryptedTextField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='review.askround')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('before', clinic.encryption.EncryptedJSONField(null=True)),
                ('answer', clinic.encryption.EncryptedJSONField(null=True)),
                ('words', clinic.encryption.EncryptedTextField(blank=True, default='')),
                ('cannot_say', models.BooleanField(default=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='review.askquestion')),
            ],
        ),
        migrations.CreateModel(
            name='ReplyDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', clinic.encryption.EncryptedJSONField(default=dict)),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='review.askround')),
            ],
        ),
        migrations.AddConstraint(
            model_name='askround',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('intake',), name='one_open_round_per_form'),
        ),
        migrations.AddConstraint(
            model_name='askround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('came_back__isnull', True), ('ended', ''), ('ended_at__isnull', True)), models.Q(('came_back__isnull', False), ('ended', 'written'), ('ended_at__isnull', False), ('ended_by__isnull', False)), models.Q(('came_back__isnull', True), ('ended__in', ['phone', 'changed', 'withdrawn', 'reopened']), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='round_says_how_it_ended'),
        ),
        migrations.AddConstraint(
            model_name='askround',
            constraint=models.CheckConstraint(condition=models.Q(('by_phone', True), ('by__isnull', False), _connector='OR'), name='somebody_asked'),
        ),
        migrations.AddConstraint(
            model_name='askquestion',
            constraint=models.UniqueConstraint(fields=('round', 'code'), name='asked_once_in_a_round'),
        ),
        migrations.RunPython(calls_that_wait, migrations.RunPython.noop),
    ]
