"""A letter stays: its words from the moment it is sent, its reply from the moment it is noted."""

from django.db import migrations

from clinic.protection import no_delete, raise_refusal, refuse, trigger

SAME_WORDS = """
    OLD.to_name <> NEW.to_name OR OLD.to_place <> NEW.to_place OR OLD.body <> NEW.body
    OR OLD.urgency <> NEW.urgency OR OLD.permission <> NEW.permission OR OLD.way <> NEW.way
    OR OLD.sent_at IS DISTINCT FROM NEW.sent_at OR OLD.sent_by_id IS DISTINCT FROM NEW.sent_by_id
"""
SAME_REPLY = """
    OLD.reply <> NEW.reply OR OLD.replied_at IS DISTINCT FROM NEW.replied_at
    OR OLD.reply_noted_by_id IS DISTINCT FROM NEW.reply_noted_by_id
"""


class Migration(migrations.Migration):
    dependencies = [("referral", "0001_initial"), ("review", "0002_protection")]
    operations = [
        no_delete("referral_letter"),
        refuse(
            "referral_letter",
            "letter_begins_as_draft",
            on="INSERT",
            when="NEW.status <> 'drafted'",
            sentence="a letter begins as a draft",
        ),
        refuse(
            "referral_letter",
            "letter_moves",
            on="UPDATE",
            when="OLD.status <> NEW.status AND (OLD.status, NEW.status)"
            " NOT IN (('drafted', 'sent'), ('sent', 'replied'))",
            sentence="a letter cannot move like this",
        ),
        refuse(
            "referral_letter",
            "letter_keeps_what_it_is_about",
            on="UPDATE",
            when="OLD.patient_id <> NEW.patient_id OR OLD.intake_id <> NEW.intake_id"
            " OR OLD.decision_id IS DISTINCT FROM NEW.decision_id"
            " OR OLD.written_by_id <> NEW.written_by_id OR OLD.reference <> NEW.reference",
            sentence="a letter keeps its patient, form, decision and writer",
        ),
        refuse(
            "referral_letter",
            "letter_sent_keeps_its_words",
            on="UPDATE",
            when=f"OLD.status <> 'drafted' AND ({SAME_WORDS})",
            sentence="a sent letter keeps its words",
        ),
        refuse(
            "referral_letter",
            "letter_keeps_its_reply",
            on="UPDATE",
            when=f"OLD.status = 'replied' AND ({SAME_REPLY})",
            sentence="a noted reply stays as it was noted",
        ),
        trigger(
            "referral_letter",
            "letter_about_one_patient",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM submission_intake i
                    WHERE i.id = NEW.intake_id AND i.patient_id = NEW.patient_id
                ) OR (NEW.decision_id IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM review_decision d
                    JOIN submission_revision r ON r.id = d.revision_id
                    WHERE d.id = NEW.decision_id AND r.intake_id = NEW.intake_id
                )) THEN
                    {raise_refusal("letter_about_one_patient",
                                   "a letter, its form and its decision are about one patient")}
                END IF;
            """,
        ),
    ]
