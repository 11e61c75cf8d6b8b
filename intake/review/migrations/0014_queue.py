"""Who reads a form, who passed it on, who calls; and what the database refuses of it."""

import clinic.encryption
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from clinic.protection import append_only, raise_refusal, trigger

REGISTERED = """
    SELECT 1 FROM people_registration g
    JOIN people_practitioner p ON p.id = g.practitioner_id
    JOIN people_user u ON u.id = p.user_id AND u.is_active
    WHERE g.valid_until >= clinic_day(now()) AND p.user_id =
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_language'),
        ('review', '0013_questions_protection'),
        ('submission', '0009_due'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AlertTaken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', clinic.encryption.EncryptedTextField(blank=True)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PrivateNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', clinic.encryption.EncryptedTextField(blank=True)),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddIndex(
            model_name='clearance',
            index=models.Index(condition=models.Q(('state', 'live')), fields=['valid_until', 'id'], name='clearance_live_until'),
        ),
        migrations.AddField(
            model_name='alerttaken',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='alerttaken',
            name='intake',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts_taken', to='submission.intake'),
        ),
        migrations.AddField(
            model_name='claim',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claim',
            name='intake',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='submission.intake'),
        ),
        migrations.AddField(
            model_name='handover',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handover',
            name='intake',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='submission.intake'),
        ),
        migrations.AddField(
            model_name='handover',
            name='to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='privatenote',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='privatenote',
            name='intake',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='private_notes', to='submission.intake'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['by', 'at'], name='claims_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('intake', 'by'), name='one_claim_per_person'),
        ),
        migrations.AddConstraint(
            model_name='privatenote',
            constraint=models.UniqueConstraint(fields=('intake', 'by'), name='one_private_note_per_person'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(fields=['intake', '-id'], name='last_handover'),
        ),
        append_only("review_handover"),
        append_only("review_alerttaken"),
        trigger(
            "review_handover",
            "handover_to_someone_who_may",
            on="INSERT",
            body=f"""
                IF NOT EXISTS ({REGISTERED} NEW.by_id) OR NEW.to_id = NEW.by_id
                   OR (NEW.to_id IS NOT NULL AND NOT EXISTS (
                       {REGISTERED} NEW.to_id AND EXISTS (
                           SELECT 1 FROM submission_revision r
                           JOIN submission_intake i ON i.id = r.intake_id
                           JOIN people_patient t ON t.id = i.patient_id
                           WHERE i.id = NEW.intake_id AND t.account_id <> NEW.to_id
                             AND NOT EXISTS (SELECT 1 FROM submission_revision l
                                             WHERE l.intake_id = i.id AND l.number > r.number)
                             AND CASE g.therapy WHEN 'acupuncture' THEN r.wants_acupuncture
                                                WHEN 'massage' THEN r.wants_massage END))) THEN
                    {raise_refusal("handover_to_someone_who_may",
                                   "a form goes to a colleague who may decide on it")}
                END IF;
            """,
        ),
        trigger(
            "review_alerttaken",
            "alert_taken_by_someone_registered",
            on="INSERT",
            body=f"""
                IF NOT EXISTS ({REGISTERED} NEW.by_id) THEN
                    {raise_refusal("alert_taken_by_someone_registered",
                                   "someone with a valid registration calls")}
                END IF;
            """,
        ),
    ]
