"""Nothing is booked while something urgent or a newer form of the patient waits; a visit lies within
one day; its treatments fill it, one after another."""

from django.db import migrations

from clinic.protection import raise_refusal, trigger

TOGETHER = f"""
    SELECT * INTO v FROM booking_visit w WHERE w.id = {{visit}};
    SELECT count(*), min(t.starts_at), max(t.ends_at) INTO standing, first, last
        FROM booking_treatment t WHERE t.visit_id = v.id AND t.cancelled_at IS NULL;
    IF (v.cancelled_at IS NOT NULL) <> (standing = 0) OR (standing > 0 AND (
            v.starts_at <> first OR v.ends_at <> last)) THEN
        {raise_refusal("{name}", "a visit stands as long as its treatments, and from first to last")}
    END IF;
"""
DECLARED = "v booking_visit%ROWTYPE; standing int; first timestamptz; last timestamptz;"


def filled(name: str, visit: str) -> str:
    return TOGETHER.replace("{name}", name).replace("{visit}", visit)


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0002_protection"),
        ("review", "0005_holds_and_terms"),
    ]
    operations = [
        # The two triggers at the end say all that this one said, and hold for treatments too.
        migrations.RunSQL(
            "DROP TRIGGER visit_and_its_treatments_stand_together ON booking_visit;"
            "DROP FUNCTION visit_and_its_treatments_stand_together();",
            migrations.RunSQL.noop,
        ),
        trigger(
            "booking_visit",
            "visit_while_nothing_is_on_hold",
            on="INSERT OR UPDATE",
            condition="WHEN (NEW.cancelled_at IS NULL)",
            body=f"""
                IF current_setting('transaction_isolation') = 'repeatable read' THEN
                    {raise_refusal("visit_while_nothing_is_on_hold",
                                   "sessions cannot be counted in a snapshot")}
                ELSIF clinic_day(NEW.starts_at) <> clinic_day(NEW.ends_at - interval '1 us') THEN
                    {raise_refusal("visit_while_nothing_is_on_hold",
                                   "a visit lies within one day")}
                ELSIF EXISTS (SELECT 1 FROM review_clearance c WHERE c.id = NEW.clearance_id
                              AND review_on_hold(c.patient_id, c.created_at)) THEN
                    {raise_refusal("visit_while_nothing_is_on_hold",
                                   "something of this patient waits for a practitioner")}
                END IF;
            """,
        ),
        trigger(
            "booking_visit",
            "visit_filled_by_its_treatments",
            timing="AFTER",
            on="INSERT OR UPDATE",
            deferred=True,
            declare=DECLARED,
            body=filled("visit_filled_by_its_treatments", "NEW.id"),
        ),
        trigger(
            "booking_treatment",
            "treatments_fill_their_visit",
            timing="AFTER",
            on="INSERT OR UPDATE",
            deferred=True,
            declare=DECLARED,
            body=filled("treatments_fill_their_visit", "NEW.visit_id"),
        ),
    ]
