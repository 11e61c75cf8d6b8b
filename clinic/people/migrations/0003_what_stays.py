"""A registration keeps its holder and therapy, a patient keeps their account: records rest on them."""

from django.db import migrations

from clinic.protection import refuse


class Migration(migrations.Migration):
    dependencies = [("people", "0002_plain_addresses")]
    operations = [
        refuse(
            "people_registration",
            "registration_keeps_its_therapy",
            on="UPDATE",
            when="OLD.therapy <> NEW.therapy OR OLD.practitioner_id <> NEW.practitioner_id",
            sentence="a registration keeps its holder and therapy; end it and enter another",
        ),
        refuse(
            "people_patient",
            "patient_keeps_the_account",
            on="UPDATE",
            when="OLD.account_id <> NEW.account_id",
            sentence="a patient keeps the account that may read the record",
        ),
    ]
