"""What a change that touches safety holds, and what must not follow from a form taken back."""

import django.db.models.deletion
from django.db import migrations, models

from clinic.protection import raise_refusal, trigger

ON_HOLD = """
    CREATE OR REPLACE FUNCTION review_on_hold(the_patient bigint, cleared_at timestamptz)
        RETURNS boolean LANGUAGE sql STABLE AS $body$
        SELECT review_urgent_open(the_patient) OR EXISTS (
            SELECT 1 FROM submission_intake i JOIN submission_revision r ON r.intake_id = i.id
            WHERE i.patient_id = the_patient AND r.sent_at > cleared_at {moved}
              AND i.state IN ('submitted', 'in_review', 'asked', 'second_opinion'))
    $body$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0005_holds_and_terms"),
        ("submission", "0006_changing_a_sent_form"),
    ]
    operations = [
        migrations.AddField(
            "decision",
            "keeps",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="review.decision",
            ),
        ),
        # A change in which no safety answer moved holds nothing; a first revision always does.
        migrations.RunSQL(
            ON_HOLD.format(moved="AND r.moves_safety"), ON_HOLD.format(moved="")
        ),
        trigger(
            "submission_intake",
            "taken_back_only_while_nothing_is_cleared",
            on="UPDATE",
            condition="WHEN (NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn'"
            " AND OLD.state <> 'draft')",
            body=f"""
                IF EXISTS (SELECT 1 FROM review_clearance c
                           WHERE c.patient_id = NEW.patient_id AND c.state <> 'revoked'
                             AND c.valid_until >= clinic_day(now())) THEN
                    {raise_refusal("taken_back_only_while_nothing_is_cleared",
                                   "what a cleared patient has told us cannot be taken back unread")}
                END IF;
            """,
        ),
        trigger(
            "submission_intake",
            "nothing_refused_stays_cleared",
            timing="AFTER",
            on="UPDATE",
            deferred=True,
            condition="WHEN (NEW.state = 'decided' AND OLD.state <> 'decided')",
            body=f"""
                IF EXISTS (
                    SELECT 1 FROM review_clearance c
                    JOIN review_clearedtherapy t ON t.clearance_id = c.id
                    JOIN review_verdict v ON v.therapy = t.therapy
                    WHERE c.patient_id = NEW.patient_id AND c.state = 'live'
                      AND v.id = (
                          SELECT max(w.id) FROM review_verdict w
                          JOIN review_decision d ON d.id = w.decision_id
                          JOIN submission_revision r ON r.id = d.revision_id
                          WHERE r.intake_id = NEW.id AND w.therapy = t.therapy)
                      AND v.suitability = 'not_now') THEN
                    {raise_refusal("nothing_refused_stays_cleared",
                                   "a therapy that was refused does not stay cleared")}
                END IF;
            """,
        ),
    ]
