"""Nobody is booked with somebody whose account has ended. Visits booked before stay: the clinic sees
on them that someone else must give them."""

from django.db import migrations

from clinic.protection import raise_refusal, trigger

NAME = "treatment_by_someone_who_works_here"


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0006_a_held_visit_moves_too"),
        ("people", "0005_language"),
    ]
    operations = [
        trigger(
            "booking_treatment",
            NAME,
            on="INSERT OR UPDATE OF practitioner_id, starts_at, ends_at",
            condition="WHEN (NEW.cancelled_at IS NULL)",
            body=f"""
                PERFORM 1 FROM people_user u JOIN people_practitioner p ON p.user_id = u.id
                    WHERE p.id = NEW.practitioner_id AND u.is_active FOR SHARE OF u;
                IF NOT FOUND THEN
                    {raise_refusal(NAME, "whoever gives a treatment works here")}
                END IF;
            """,
        ),
    ]
