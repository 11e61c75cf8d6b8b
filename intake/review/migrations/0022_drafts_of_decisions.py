"""What somebody has begun to write of a decision is kept for them."""

import clinic.encryption
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('review', '0021_what_stood_beside'),
        ('submission', '0010_going_on'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DecisionDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('typed', clinic.encryption.EncryptedJSONField(default=dict)),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='review.decision')),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decision_drafts', to='submission.intake')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='submission.revision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('intake', 'by'), name='one_decision_draft_per_person')],
            },
        ),
    ]
