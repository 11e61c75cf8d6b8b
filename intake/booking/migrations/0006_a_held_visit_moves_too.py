"""A visit that stands moves to the newest clearance also while something waits: it stays held there.
Only a new time needs that nothing waits."""

from django.db import migrations

from clinic.protection import raise_refusal

NAME = "visit_while_nothing_is_on_hold"
HELD = f"""
    CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF current_setting('transaction_isolation') = 'repeatable read' THEN
            {raise_refusal(NAME, "sessions cannot be counted in a snapshot")}
        ELSIF clinic_day(NEW.starts_at) <> clinic_day(NEW.ends_at - interval '1 us') THEN
            {raise_refusal(NAME, "a visit lies within one day")}
        ELSIF {{when}} EXISTS (SELECT 1 FROM review_clearance c WHERE c.id = NEW.clearance_id
                      AND review_on_hold(c.patient_id, c.created_at)) THEN
            {raise_refusal(NAME, "something of this patient waits for a practitioner")}
        END IF;
        RETURN NEW;
    END $body$;
"""
NEW_TIME = """(TG_OP = 'INSERT' OR OLD.starts_at <> NEW.starts_at OR OLD.ends_at <> NEW.ends_at
            OR OLD.cancelled_at IS NOT NULL) AND"""


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0005_visits_move_to_the_newest_clearance"),
        ("review", "0010_newer_by_order_of_sending"),
    ]
    operations = [migrations.RunSQL(HELD.format(when=NEW_TIME), HELD.format(when=""))]
