"""The day it is at the clinic, for every rule of the database that speaks of days."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_zone_is_checked")]
    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION clinic_zone() RETURNS text LANGUAGE sql STABLE AS $body$
                    SELECT coalesce(
                        (SELECT time_zone FROM identity_clinic WHERE id = 1), 'Europe/London')
                $body$;
                CREATE FUNCTION clinic_day(moment timestamptz) RETURNS date
                    LANGUAGE sql STABLE AS $body$
                    SELECT (moment AT TIME ZONE clinic_zone())::date
                $body$;
            """,
            reverse_sql="DROP FUNCTION clinic_day(timestamptz); DROP FUNCTION clinic_zone();",
        )
    ]
