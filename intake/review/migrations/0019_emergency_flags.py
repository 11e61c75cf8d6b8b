"""An emergency flag is answered by somebody who has spoken to the patient, whatever is decided."""

from django.db import migrations

from clinic.protection import raise_refusal, trigger

NAME = "emergency_flag_answered_after_contact"


class Migration(migrations.Migration):
    dependencies = [("review", "0018_what_goes_out")]
    operations = [
        trigger(
            "review_flaganswer",
            NAME,
            on="INSERT",
            declare="f submission_flag%ROWTYPE; r submission_revision%ROWTYPE; "
            "c review_contact%ROWTYPE;",
            body=f"""
                SELECT * INTO f FROM submission_flag WHERE id = NEW.flag_id;
                IF (f.rank = 5) <> (NEW.reason = 'resolved_after_contact') THEN
                    {raise_refusal(NAME, "an emergency flag is answered after contact, no other is")}
                END IF;
                IF f.rank = 5 THEN
                    SELECT * INTO r FROM submission_revision WHERE id = f.revision_id;
                    SELECT * INTO c FROM review_contact k
                        WHERE k.intake_id = r.intake_id AND k.outcome <> 'no_answer'
                        ORDER BY k.id DESC LIMIT 1;
                    IF NOT coalesce(c.outcome = 'resolved' AND (
                            c.newest_event_id IS NOT NULL OR c.at >= r.sent_at), false)
                       OR review_urgent_open((SELECT i.patient_id FROM submission_intake i
                                              WHERE i.id = r.intake_id)) THEN
                        {raise_refusal(NAME, "an emergency flag waits for somebody to call")}
                    END IF;
                END IF;
            """,
        ),
    ]
