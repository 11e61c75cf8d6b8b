"""A visit keeps its clearance until that one is revoked; then it may move to the one that took its
place, if that one clears all of its treatments."""

from django.db import migrations

from clinic.protection import raise_refusal, refuse, trigger

NAME = "visit_keeps_its_clearance"
GONE = f"DROP TRIGGER {NAME} ON booking_visit; DROP FUNCTION {NAME}();"
BEFORE = refuse(
    "booking_visit",
    NAME,
    on="UPDATE",
    when="OLD.patient_id <> NEW.patient_id OR OLD.clearance_id <> NEW.clearance_id"
    " OR (OLD.cancelled_at IS NOT NULL AND NEW.cancelled_at IS NULL)",
    sentence="a visit keeps its patient and clearance, and stays cancelled",
)


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0004_one_after_another"),
        ("review", "0006_changed_forms"),
    ]
    operations = [
        migrations.RunSQL(GONE, BEFORE.sql),
        trigger(
            "booking_visit",
            NAME,
            on="UPDATE",
            condition="WHEN (OLD.patient_id <> NEW.patient_id"
            " OR OLD.clearance_id <> NEW.clearance_id"
            " OR (OLD.cancelled_at IS NOT NULL AND NEW.cancelled_at IS NULL))",
            declare="parts int; allowed int; c review_clearance%ROWTYPE;",
            body=f"""
                SELECT * INTO c FROM review_clearance WHERE id = NEW.clearance_id FOR UPDATE;
                SELECT count(*), count(t.id) INTO parts, allowed FROM booking_treatment b
                    LEFT JOIN review_clearedtherapy t
                        ON t.clearance_id = NEW.clearance_id AND t.therapy = b.therapy
                    WHERE b.visit_id = NEW.id AND b.cancelled_at IS NULL;
                IF OLD.patient_id <> NEW.patient_id OR OLD.cancelled_at IS NOT NULL
                   OR NOT EXISTS (SELECT 1 FROM review_clearance o
                                  WHERE o.id = OLD.clearance_id AND o.state = 'revoked')
                   OR allowed < parts OR (parts > 1 AND NOT c.together) THEN
                    {raise_refusal(NAME, "a visit keeps its patient and clearance, and stays cancelled")}
                END IF;
            """,
        ),
    ]
