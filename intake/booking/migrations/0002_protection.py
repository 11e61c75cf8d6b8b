"""No visit without a live clearance for its patient, its therapies and its day.

The clearance row is locked before it is read. Without the lock two transactions can each see one
session left, or a visit can slip in beside a withdrawal.
"""

from django.db import migrations

from clinic.protection import no_delete, raise_refusal, refuse, trigger

CLINIC_DAY = """
    (NEW.starts_at AT TIME ZONE coalesce(
        (SELECT time_zone FROM identity_clinic WHERE id = 1), 'Europe/London'))::date
"""


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0001_initial"),
        ("review", "0002_protection"),
        ("identity", "0001_initial"),
    ]
    operations = [
        no_delete("booking_visit"),
        no_delete("booking_treatment"),
        refuse(
            "booking_visit",
            "visit_keeps_its_clearance",
            on="UPDATE",
            when="OLD.patient_id <> NEW.patient_id OR OLD.clearance_id <> NEW.clearance_id"
            " OR (OLD.cancelled_at IS NOT NULL AND NEW.cancelled_at IS NULL)",
            sentence="a visit keeps its patient and clearance, and stays cancelled",
        ),
        refuse(
            "booking_treatment",
            "treatment_keeps_its_visit",
            on="UPDATE",
            when="OLD.visit_id <> NEW.visit_id OR OLD.therapy <> NEW.therapy"
            " OR (OLD.cancelled_at IS NOT NULL AND NEW.cancelled_at IS NULL)",
            sentence="a treatment keeps its visit and therapy, and stays cancelled",
        ),
        trigger(
            "booking_visit",
            "visit_inside_a_live_clearance",
            on="INSERT OR UPDATE",
            condition="WHEN (NEW.cancelled_at IS NULL)",
            declare="c review_clearance%ROWTYPE; visit_day date; taken int;",
            body=f"""
                SELECT * INTO c FROM review_clearance WHERE id = NEW.clearance_id FOR UPDATE;
                visit_day := {CLINIC_DAY};
                SELECT count(*) INTO taken FROM booking_visit v
                    WHERE v.clearance_id = c.id AND v.cancelled_at IS NULL AND v.id <> NEW.id;
                IF c.patient_id <> NEW.patient_id THEN
                    {raise_refusal("visit_inside_a_live_clearance",
                                   "the clearance is for another patient")}
                ELSIF c.state <> 'live' THEN
                    {raise_refusal("visit_inside_a_live_clearance", "the clearance is not live")}
                ELSIF visit_day < c.valid_from OR visit_day > c.valid_until THEN
                    {raise_refusal("visit_inside_a_live_clearance",
                                   "the clearance does not cover this day")}
                ELSIF taken >= c.sessions THEN
                    {raise_refusal("visit_inside_a_live_clearance", "no sessions are left")}
                END IF;
            """,
        ),
        trigger(
            "booking_treatment",
            "treatment_of_a_cleared_therapy",
            on="INSERT OR UPDATE",
            condition="WHEN (NEW.cancelled_at IS NULL)",
            declare="v booking_visit%ROWTYPE; c review_clearance%ROWTYPE;",
            body=f"""
                SELECT * INTO v FROM booking_visit WHERE id = NEW.visit_id FOR UPDATE;
                SELECT * INTO c FROM review_clearance WHERE id = v.clearance_id FOR UPDATE;
                IF NOT EXISTS (SELECT 1 FROM review_clearedtherapy t
                               WHERE t.clearance_id = c.id AND t.therapy = NEW.therapy) THEN
                    {raise_refusal("treatment_of_a_cleared_therapy",
                                   "this therapy is not cleared")}
                ELSIF c.state <> 'live' OR v.cancelled_at IS NOT NULL THEN
                    {raise_refusal("treatment_of_a_cleared_therapy",
                                   "the visit or its clearance no longer stands")}
                ELSIF NEW.starts_at < v.starts_at OR NEW.ends_at > v.ends_at THEN
                    {raise_refusal("treatment_of_a_cleared_therapy",
                                   "a treatment lies inside its visit")}
                ELSIF NOT c.together AND EXISTS (
                    SELECT 1 FROM booking_treatment o WHERE o.visit_id = v.id AND o.id <> NEW.id
                      AND o.cancelled_at IS NULL) THEN
                    {raise_refusal("treatment_of_a_cleared_therapy",
                                   "these therapies may not share a visit")}
                ELSIF NOT EXISTS (
                    SELECT 1 FROM people_registration g
                    WHERE g.practitioner_id = NEW.practitioner_id AND g.therapy = NEW.therapy
                      AND g.valid_until >= {CLINIC_DAY}) THEN
                    {raise_refusal("treatment_of_a_cleared_therapy",
                                   "the practitioner is not registered in this therapy on that day")}
                END IF;
            """,
        ),
        trigger(
            "booking_visit",
            "visit_and_its_treatments_stand_together",
            timing="AFTER",
            on="INSERT OR UPDATE",
            deferred=True,
            declare="standing int; cancelled boolean;",
            body=f"""
                SELECT v.cancelled_at IS NOT NULL INTO cancelled FROM booking_visit v
                    WHERE v.id = NEW.id;
                SELECT count(*) INTO standing FROM booking_treatment t
                    WHERE t.visit_id = NEW.id AND t.cancelled_at IS NULL;
                IF cancelled <> (standing = 0) THEN
                    {raise_refusal("visit_and_its_treatments_stand_together",
                                   "a visit stands exactly as long as its treatments")}
                END IF;
            """,
        ),
    ]
