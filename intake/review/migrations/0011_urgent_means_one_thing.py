"""Whether an urgent answer of a form is resolved is asked in the same way everywhere.

Until now the trigger looked at the newest event of any kind and the last talk only. “Chosen by
mistake”, pressed after a talk, or an older page noted after a newer one, let a decision fail
without a word, though every urgent answer had been resolved.
"""

from django.db import migrations

from clinic.protection import raise_refusal

NAME = "emergency_resolved_before_clearing"
REFUSAL = raise_refusal(NAME, "an urgent answer waits for someone to speak to the patient")
HEAD = f"""
    CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $body$
    DECLARE r submission_revision%ROWTYPE; newest bigint; c review_contact%ROWTYPE;
    BEGIN
        SELECT s.* INTO r FROM submission_revision s
            JOIN review_decision d ON d.revision_id = s.id WHERE d.id = NEW.decision_id;
        SELECT * INTO c FROM review_contact k
            WHERE k.intake_id = r.intake_id AND k.outcome <> 'no_answer'
            ORDER BY k.id DESC LIMIT 1;
"""
NOW = f"""{HEAD}
        IF EXISTS (
            SELECT 1 FROM submission_emergencyevent e
            WHERE e.intake_id = r.intake_id AND e.happened = 'shown' AND NOT EXISTS (
                SELECT 1 FROM review_contact k
                WHERE k.intake_id = e.intake_id AND k.outcome = 'resolved'
                  AND k.newest_event_id >= e.id AND NOT EXISTS (
                      SELECT 1 FROM review_contact s WHERE s.intake_id = k.intake_id
                        AND s.outcome = 'sent_on' AND s.id > k.id)))
           OR (EXISTS (SELECT 1 FROM submission_flag f WHERE f.revision_id = r.id AND f.rank = 5)
               AND NOT coalesce(c.outcome = 'resolved' AND (
                   c.newest_event_id IS NOT NULL OR c.at >= r.sent_at), false)) THEN
            {REFUSAL}
        END IF;
        RETURN NEW;
    END $body$;
"""
BEFORE = f"""{HEAD}
        SELECT max(e.id) INTO newest FROM submission_emergencyevent e
            WHERE e.intake_id = r.intake_id;
        IF (newest IS NOT NULL OR EXISTS (SELECT 1 FROM submission_flag f
                                          WHERE f.revision_id = r.id AND f.rank = 5))
           AND NOT coalesce(
               c.outcome = 'resolved' AND CASE WHEN newest IS NULL
                   THEN c.at >= r.sent_at ELSE c.newest_event_id >= newest END,
               false) THEN
            {REFUSAL}
        END IF;
        RETURN NEW;
    END $body$;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0010_newer_by_order_of_sending")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
