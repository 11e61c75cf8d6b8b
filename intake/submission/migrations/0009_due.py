"""What the queue is read by: the heaviest level of a form, and when it is to be looked at."""

from django.db import migrations, models


FORMS_ALREADY_SENT = """
    UPDATE submission_intake i SET
        level = CASE WHEN n.only_asks THEN 'ask' WHEN n.rank >= 3 THEN 'stop'
                     WHEN n.rank = 2 THEN 'check' WHEN n.rank = 1 THEN 'note' ELSE 'none' END,
        due_at = CASE WHEN i.state IN ('submitted', 'in_review', 'asked', 'second_opinion')
                 THEN n.sent_at + CASE WHEN n.only_asks OR n.rank = 2 THEN interval '1 day'
                     WHEN n.rank >= 3 THEN interval '2 hours' ELSE interval '3 days' END END
    FROM (SELECT DISTINCT ON (r.intake_id) r.*,
                 EXISTS (SELECT 1 FROM submission_flag f WHERE f.revision_id = r.id
                         AND f.rank = r.rank AND f.code = 'answer_unknown')
                 AND NOT EXISTS (SELECT 1 FROM submission_flag f WHERE f.revision_id = r.id
                         AND f.rank = r.rank AND f.code <> 'answer_unknown') AS only_asks
          FROM submission_revision r ORDER BY r.intake_id, r.number DESC) n
    WHERE n.intake_id = i.id
"""
# By the clock and not by opening hours: sooner rather than later, this once.


class Migration(migrations.Migration):

    dependencies = [
        ('submission', '0008_closed_without_an_answer'),
    ]

    operations = [
        migrations.AddField(
            model_name='intake',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='intake',
            name='level',
            field=models.CharField(blank=True, choices=[('stop', 'Stop'), ('check', 'Check'), ('ask', 'Ask'), ('note', 'Note'), ('none', 'None')], max_length=5),
        ),
        migrations.AddIndex(
            model_name='intake',
            index=models.Index(models.OrderBy(models.F('due_at'), nulls_first=True), models.F('id'), condition=models.Q(('state__in', ('submitted', 'in_review', 'asked', 'second_opinion'))), name='intake_queue'),
        ),
        migrations.AddIndex(
            model_name='intake',
            index=models.Index(models.F('state'), models.OrderBy(models.F('due_at'), nulls_first=True), models.F('id'), condition=models.Q(('state__in', ('submitted', 'in_review', 'asked', 'second_opinion'))), name='intake_queue_of_a_state'),
        ),
        migrations.AddConstraint(
            model_name='intake',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['', 'stop', 'check', 'ask', 'note', 'none'])), name='intake_known_level'),
        ),
        migrations.RunSQL(FORMS_ALREADY_SENT, migrations.RunSQL.noop),
    ]
