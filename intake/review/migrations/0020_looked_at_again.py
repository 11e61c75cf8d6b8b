"""A practitioner holds what is cleared and decides again: what they heard came by no form."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import clinic.encryption
from clinic.protection import append_only, raise_refusal, trigger

HOLD_REASON = """
    CREATE OR REPLACE FUNCTION review_hold_reason(the_patient bigint, cleared_at timestamptz)
        RETURNS text LANGUAGE sql STABLE AS $body$
        SELECT CASE
            WHEN review_urgent_open(the_patient) THEN 'urgent' {looked_at}
            WHEN EXISTS (
                SELECT 1 FROM submission_intake i
                JOIN submission_revision r ON r.intake_id = i.id
                LEFT JOIN (SELECT max(c.revision_id) AS id FROM review_clearance c
                           WHERE c.patient_id = the_patient AND c.created_at = cleared_at
                           AND c.id = (SELECT max(l.id) FROM review_clearance l
                                       WHERE l.patient_id = the_patient
                                         AND l.created_at = cleared_at)) rests ON true
                LEFT JOIN submission_revision own ON own.id = rests.id
                WHERE i.patient_id = the_patient AND r.moves_safety AND r.id > coalesce(own.id, 0)
                  AND (i.state IN ('submitted', 'in_review', 'asked', 'second_opinion', 'closed')
                       OR (i.state = 'decided' AND i.id <> own.intake_id)))
                THEN 'new_form'
            ELSE coalesce(review_rules_hold(the_patient), '') END
    $body$;
"""
LOOKED_AT = """
            WHEN EXISTS (
                SELECT 1 FROM review_clearance c
                JOIN submission_revision o ON o.id = c.revision_id
                JOIN review_lookagain a ON a.intake_id = o.intake_id
                WHERE c.patient_id = the_patient AND c.created_at = cleared_at
                  AND a.at >= cleared_at)
                THEN 'looked_at_again'"""


def to(model: str, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0019_emergency_flags"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            "LookAgain",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", clinic.encryption.EncryptedTextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("intake", to("submission.intake", "looks_again")),
                ("registration", to("people.registration")),
            ],
            options={"ordering": ["pk"]},
        ),
        append_only("review_lookagain"),
        trigger(
            "review_lookagain",
            "looked_at_again_by_someone_registered",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM people_registration g
                    JOIN people_practitioner p ON p.id = g.practitioner_id
                    JOIN people_user u ON u.id = p.user_id AND u.is_active
                    JOIN submission_intake i ON i.id = NEW.intake_id AND i.state = 'decided'
                    JOIN people_patient s ON s.id = i.patient_id
                    WHERE g.id = NEW.registration_id AND p.user_id = NEW.by_id
                      AND g.valid_until >= clinic_day(now()) AND s.account_id <> NEW.by_id) THEN
                    {raise_refusal("looked_at_again_by_someone_registered",
                                   "a decided form is opened again by someone registered")}
                END IF;
            """,
        ),
        migrations.RunSQL(
            HOLD_REASON.format(looked_at=LOOKED_AT), HOLD_REASON.format(looked_at="")
        ),
    ]
