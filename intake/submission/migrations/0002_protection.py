"""What the patient sent stays as it was sent; forms move only as the table of moves says."""

from django.db import migrations

from clinic.protection import append_only, no_delete, raise_refusal, refuse, trigger

# Written out, not read from states.py: a migration says what it did on its day.
# A test compares the two.
MOVES = """
    ('draft', 'submitted'), ('submitted', 'in_review'), ('in_review', 'submitted'),
    ('in_review', 'asked'), ('asked', 'submitted'), ('in_review', 'second_opinion'),
    ('second_opinion', 'in_review'), ('in_review', 'decided'), ('decided', 'in_review'),
    ('decided', 'submitted'), ('draft', 'withdrawn'), ('submitted', 'withdrawn'),
    ('in_review', 'withdrawn'), ('asked', 'withdrawn'), ('draft', 'expired')
"""


class Migration(migrations.Migration):
    dependencies = [("submission", "0001_initial")]
    operations = [
        append_only("submission_revision"),
        append_only("submission_flag"),
        append_only("submission_goal"),
        append_only("submission_signature"),
        append_only("submission_emergencyevent"),
        no_delete("submission_intake"),
        refuse(
            "submission_intake",
            "intake_keeps_its_patient_and_questions",
            on="UPDATE",
            when="OLD.patient_id <> NEW.patient_id OR OLD.question_set_id <> NEW.question_set_id"
            " OR OLD.reference <> NEW.reference",
            sentence="an intake form keeps its patient, question set and reference",
        ),
        refuse(
            "submission_intake",
            "intake_begins_as_draft",
            on="INSERT",
            when="NEW.state <> 'draft'",
            sentence="an intake form begins as a draft",
        ),
        trigger(
            "submission_intake",
            "intake_moves",
            on="UPDATE",
            condition="WHEN (OLD.state <> NEW.state)",
            body=f"""
                IF (OLD.state, NEW.state) NOT IN ({MOVES}) THEN
                    {raise_refusal("intake_moves", "an intake form cannot move like this")}
                END IF;
            """,
        ),
        trigger(
            "submission_intake",
            "intake_sent_has_a_revision",
            on="UPDATE",
            condition="WHEN (OLD.state = 'draft' AND NEW.state = 'submitted')",
            body=f"""
                IF NOT EXISTS (SELECT 1 FROM submission_revision r WHERE r.intake_id = NEW.id) THEN
                    {raise_refusal("intake_sent_has_a_revision", "nothing was sent yet")}
                END IF;
            """,
        ),
    ]
