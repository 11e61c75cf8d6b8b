"""Nobody is cleared past an urgent answer before a practitioner has spoken to them and noted it."""

from django.db import migrations

from clinic.protection import append_only, raise_refusal, trigger


class Migration(migrations.Migration):
    dependencies = [("review", "0003_next_steps_terms_and_contacts")]
    operations = [
        append_only("review_contact"),
        trigger(
            "review_contact",
            "contact_by_a_practitioner",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (SELECT 1 FROM people_practitioner p
                               JOIN people_user u ON u.id = p.user_id AND u.is_active
                               WHERE p.user_id = NEW.by_id)
                   OR (NEW.newest_event_id IS NOT NULL AND NOT EXISTS (
                       SELECT 1 FROM submission_emergencyevent e
                       WHERE e.id = NEW.newest_event_id AND e.intake_id = NEW.intake_id)) THEN
                    {raise_refusal("contact_by_a_practitioner",
                                   "a practitioner notes it, on the events of this form")}
                END IF;
            """,
        ),
        trigger(
            "review_verdict",
            "emergency_resolved_before_clearing",
            on="INSERT",
            condition="WHEN (NEW.suitability IN ('suitable', 'suitable_with_changes'))",
            declare="r submission_revision%ROWTYPE; newest bigint; c review_contact%ROWTYPE;",
            body=f"""
                SELECT s.* INTO r FROM submission_revision s
                    JOIN review_decision d ON d.revision_id = s.id WHERE d.id = NEW.decision_id;
                SELECT max(e.id) INTO newest FROM submission_emergencyevent e
                    WHERE e.intake_id = r.intake_id;
                SELECT * INTO c FROM review_contact k
                    WHERE k.intake_id = r.intake_id AND k.outcome <> 'no_answer'
                    ORDER BY k.id DESC LIMIT 1;
                IF (newest IS NOT NULL OR EXISTS (SELECT 1 FROM submission_flag f
                                                  WHERE f.revision_id = r.id AND f.rank = 5))
                   AND NOT coalesce(
                       c.outcome = 'resolved' AND CASE WHEN newest IS NULL
                           THEN c.at >= r.sent_at ELSE c.newest_event_id >= newest END,
                       false) THEN
                    {raise_refusal("emergency_resolved_before_clearing",
                                   "an urgent answer waits for someone to speak to the patient")}
                END IF;
            """,
        ),
    ]
