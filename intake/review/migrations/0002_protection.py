"""Only registered practitioners decide; decisions never change; clearances rest on them."""

from django.db import migrations

from clinic.protection import append_only, no_delete, raise_refusal, refuse, trigger

SAME_CLEARANCE = """
    OLD.patient_id <> NEW.patient_id OR OLD.revision_id <> NEW.revision_id
    OR OLD.valid_from <> NEW.valid_from OR OLD.valid_until <> NEW.valid_until
    OR OLD.sessions <> NEW.sessions OR OLD.together <> NEW.together
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial"), ("submission", "0002_protection")]
    operations = [
        append_only("review_decision"),
        append_only("review_verdict"),
        append_only("review_flaganswer"),
        append_only("review_clearedtherapy"),
        no_delete("review_clearance"),
        trigger(
            "review_decision",
            "decision_on_what_was_sent_last",
            on="INSERT",
            declare="the_intake bigint; the_number int;",
            body=f"""
                SELECT r.intake_id, r.number INTO the_intake, the_number
                    FROM submission_revision r WHERE r.id = NEW.revision_id;
                PERFORM 1 FROM submission_intake i WHERE i.id = the_intake FOR UPDATE;
                IF EXISTS (SELECT 1 FROM submission_revision r
                           WHERE r.intake_id = the_intake AND r.number > the_number) THEN
                    {raise_refusal("decision_on_what_was_sent_last",
                                   "the patient has sent something newer")}
                END IF;
            """,
        ),
        trigger(
            "review_verdict",
            "verdict_by_someone_registered",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM people_registration g
                    JOIN people_practitioner p ON p.id = g.practitioner_id
                    JOIN people_user u ON u.id = p.user_id AND u.is_active
                    JOIN review_decision d ON d.by_id = p.user_id
                    WHERE g.id = NEW.registration_id AND d.id = NEW.decision_id
                      AND g.therapy = NEW.therapy AND g.valid_until >= current_date
                ) THEN
                    {raise_refusal("verdict_by_someone_registered",
                                   "only someone registered in this therapy decides on it")}
                END IF;
            """,
        ),
        refuse(
            "review_clearance",
            "clearance_begins_live",
            on="INSERT",
            when="NEW.state <> 'live'",
            sentence="a clearance begins live",
        ),
        refuse(
            "review_clearance",
            "clearance_keeps_its_terms",
            on="UPDATE",
            when=SAME_CLEARANCE,
            sentence="the terms of a clearance never change",
        ),
        refuse(
            "review_clearance",
            "clearance_moves",
            on="UPDATE",
            when="OLD.state = 'revoked' AND NEW.state <> 'revoked'",
            sentence="a revoked clearance stays revoked",
        ),
        trigger(
            "review_clearance",
            "clearance_of_the_same_patient",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM submission_revision r
                    JOIN submission_intake i ON i.id = r.intake_id
                    WHERE r.id = NEW.revision_id AND i.patient_id = NEW.patient_id
                ) THEN
                    {raise_refusal("clearance_of_the_same_patient",
                                   "a clearance is for the patient whose form was decided on")}
                END IF;
            """,
        ),
        trigger(
            "review_clearedtherapy",
            "cleared_by_a_positive_verdict",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM review_verdict v
                    JOIN review_decision d ON d.id = v.decision_id
                    JOIN review_clearance c ON c.revision_id = d.revision_id
                    JOIN people_registration g ON g.id = v.registration_id
                    WHERE v.id = NEW.verdict_id AND c.id = NEW.clearance_id
                      AND v.therapy = NEW.therapy
                      AND v.suitability IN ('suitable', 'suitable_with_changes')
                      AND g.valid_until >= current_date
                      AND NOT EXISTS (
                          SELECT 1 FROM review_verdict later
                          JOIN review_decision ld ON ld.id = later.decision_id
                          WHERE ld.revision_id = d.revision_id
                            AND later.therapy = v.therapy AND later.id > v.id
                      )
                ) THEN
                    {raise_refusal("cleared_by_a_positive_verdict",
                                   "a therapy is cleared only by the latest positive decision on it")}
                END IF;
            """,
        ),
        trigger(
            "review_clearance",
            "clearance_covers_a_therapy",
            timing="AFTER",
            on="INSERT",
            deferred=True,
            declare="covered int;",
            body=f"""
                SELECT count(*) INTO covered FROM review_clearedtherapy t
                    WHERE t.clearance_id = NEW.id;
                IF covered = 0 OR (NEW.together AND covered < 2) THEN
                    {raise_refusal("clearance_covers_a_therapy",
                                   "a clearance covers what it allows")}
                END IF;
            """,
        ),
    ]
