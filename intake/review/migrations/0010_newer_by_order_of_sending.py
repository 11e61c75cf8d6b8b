"""What is newer than a clearance is told by the order of sending, not by two clocks.

Two moments, one read by the patient's request and one by the practitioner's, can be the wrong way
round: a form on its way while another one is decided on carries the earlier moment and would hold
nothing. So would a form that was sent before a decision on an older one. A clearance rests on one
revision; whatever the same patient sent after that one holds it until it is decided on, and what was
decided on a newer form is never overtaken by a decision on an older one.
"""

from django.db import migrations

ON_HOLD = """
    CREATE OR REPLACE FUNCTION review_on_hold(the_patient bigint, cleared_at timestamptz)
        RETURNS boolean LANGUAGE sql STABLE AS $body$
        SELECT review_urgent_open(the_patient) OR EXISTS (
            SELECT 1 FROM submission_intake i
            JOIN submission_revision r ON r.intake_id = i.id
            LEFT JOIN (SELECT min(c.revision_id) AS id FROM review_clearance c
                       WHERE c.patient_id = the_patient AND c.created_at = cleared_at) rests ON true
            LEFT JOIN submission_revision own ON own.id = rests.id
            WHERE i.patient_id = the_patient AND r.moves_safety AND r.id > coalesce(own.id, 0)
              AND (i.state IN ('submitted', 'in_review', 'asked', 'second_opinion')
                   OR (i.state = 'decided' AND i.id <> own.intake_id)))
    $body$;
"""
BEFORE = """
    CREATE OR REPLACE FUNCTION review_on_hold(the_patient bigint, cleared_at timestamptz)
        RETURNS boolean LANGUAGE sql STABLE AS $body$
        SELECT review_urgent_open(the_patient) OR EXISTS (
            SELECT 1 FROM submission_intake i JOIN submission_revision r ON r.intake_id = i.id
            WHERE i.patient_id = the_patient AND r.sent_at > cleared_at AND r.moves_safety
              AND i.state IN ('submitted', 'in_review', 'asked', 'second_opinion'))
    $body$;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0009_rules_that_did_not_fit")]
    operations = [migrations.RunSQL(ON_HOLD, BEFORE)]
