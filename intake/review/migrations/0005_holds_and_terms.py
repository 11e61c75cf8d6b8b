"""Urgent answers count for the whole patient; decisions are made on open forms, never on oneself;
a clearance is never better than the decisions it rests on; days are the clinic's."""

from django.db import migrations

from clinic.protection import raise_refusal, trigger

FUNCTIONS = """
    CREATE FUNCTION review_urgent_open(the_patient bigint) RETURNS boolean
        LANGUAGE sql STABLE AS $body$
        SELECT EXISTS (
            SELECT 1 FROM submission_emergencyevent e
            JOIN submission_intake i ON i.id = e.intake_id
            WHERE i.patient_id = the_patient AND e.happened = 'shown' AND NOT EXISTS (
                SELECT 1 FROM review_contact c
                WHERE c.intake_id = e.intake_id AND c.outcome = 'resolved'
                  AND c.newest_event_id >= e.id AND NOT EXISTS (
                      SELECT 1 FROM review_contact k WHERE k.intake_id = c.intake_id
                        AND k.outcome = 'sent_on' AND k.id > c.id)))
    $body$;
    CREATE FUNCTION review_on_hold(the_patient bigint, cleared_at timestamptz) RETURNS boolean
        LANGUAGE sql STABLE AS $body$
        SELECT review_urgent_open(the_patient) OR EXISTS (
            SELECT 1 FROM submission_intake i JOIN submission_revision r ON r.intake_id = i.id
            WHERE i.patient_id = the_patient AND r.sent_at > cleared_at
              AND i.state IN ('submitted', 'in_review', 'asked', 'second_opinion'))
    $body$;
"""
GONE = "DROP FUNCTION review_on_hold(bigint, timestamptz); DROP FUNCTION review_urgent_open(bigint);"


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0004_emergencies_wait_for_contact"),
        ("identity", "0003_clinic_today"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, GONE),
        trigger(
            "review_verdict",
            "nothing_urgent_open_when_clearing",
            on="INSERT",
            condition="WHEN (NEW.suitability IN ('suitable', 'suitable_with_changes'))",
            body=f"""
                IF EXISTS (
                    SELECT 1 FROM review_decision d
                    JOIN submission_revision r ON r.id = d.revision_id
                    JOIN submission_intake i ON i.id = r.intake_id
                    WHERE d.id = NEW.decision_id AND review_urgent_open(i.patient_id)) THEN
                    {raise_refusal("nothing_urgent_open_when_clearing",
                                   "an urgent answer of this patient waits for someone")}
                END IF;
            """,
        ),
        trigger(
            "review_decision",
            "decision_on_an_open_form_of_someone_else",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM submission_revision r
                    JOIN submission_intake i ON i.id = r.intake_id
                    JOIN people_patient p ON p.id = i.patient_id
                    WHERE r.id = NEW.revision_id AND i.state = 'in_review'
                      AND p.account_id <> NEW.by_id) THEN
                    {raise_refusal("decision_on_an_open_form_of_someone_else",
                                   "a decision is on a form in review, never on oneself")}
                END IF;
            """,
        ),
        trigger(
            "review_contact",
            "contact_by_someone_registered",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM people_registration g
                    JOIN people_practitioner p ON p.id = g.practitioner_id
                    WHERE p.user_id = NEW.by_id AND g.valid_until >= clinic_day(now())) THEN
                    {raise_refusal("contact_by_someone_registered",
                                   "someone with a valid registration notes it")}
                END IF;
            """,
        ),
        trigger(
            "review_clearance",
            "clearance_no_better_than_decided",
            timing="AFTER",
            on="INSERT",
            deferred=True,
            body=f"""
                IF EXISTS (
                    SELECT 1 FROM review_clearedtherapy t
                    JOIN review_verdict v ON v.id = t.verdict_id
                    JOIN review_decision d ON d.id = v.decision_id
                    WHERE t.clearance_id = NEW.id AND (
                        NEW.valid_until - NEW.valid_from > 7 * d.weeks
                        OR NEW.valid_from > clinic_day(d.at) + 7 * d.weeks
                        OR NEW.sessions > d.sessions OR (NEW.together AND NOT d.together)
                        OR EXISTS (SELECT 1 FROM submission_revision own
                                   JOIN submission_revision r ON r.intake_id = own.intake_id
                                   WHERE own.id = NEW.revision_id AND r.number > own.number))
                ) THEN
                    {raise_refusal("clearance_no_better_than_decided",
                                   "a clearance keeps to the terms that were decided")}
                END IF;
            """,
        ),
    ]
