"""A sent form can be changed: one working copy at a time, and revisions that follow each other."""

import django.db.models.deletion
from django.db import migrations, models

import clinic.encryption
from clinic.protection import raise_refusal, trigger

REASONS = [("changed", "something changed"), ("forgot", "forgotten before"), ("mistake", "a mistake")]
CODES = [code for code, _ in REASONS]
CHANGEABLE = ("submitted", "in_review", "asked", "second_opinion", "decided")

# Written out again with one move more: second opinion to submitted. A test compares it with the
# table of moves.
MOVES = """
    ('draft', 'submitted'), ('submitted', 'in_review'), ('in_review', 'submitted'),
    ('in_review', 'asked'), ('asked', 'submitted'), ('in_review', 'second_opinion'),
    ('second_opinion', 'in_review'), ('second_opinion', 'submitted'), ('in_review', 'decided'),
    ('decided', 'in_review'), ('decided', 'submitted'), ('draft', 'withdrawn'),
    ('submitted', 'withdrawn'), ('in_review', 'withdrawn'), ('asked', 'withdrawn'),
    ('draft', 'expired')
"""
MOVES_BEFORE = MOVES.replace("('second_opinion', 'submitted'), ", "")


def moves(pairs: str) -> str:
    return f"""
        CREATE OR REPLACE FUNCTION intake_moves() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF (OLD.state, NEW.state) NOT IN ({pairs}) THEN
                {raise_refusal("intake_moves", "an intake form cannot move like this")}
            END IF;
            RETURN NEW;
        END $body$;
    """


class Migration(migrations.Migration):
    dependencies = [("submission", "0005_decided_lately")]
    operations = [
        migrations.AddField(
            "intake",
            "builds_on",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="submission.revision",
            ),
        ),
        migrations.AddField(
            "intake", "changing_since", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "intake",
            "change_reason",
            models.CharField(blank=True, choices=REASONS, default="", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            "intake",
            "change_note",
            clinic.encryption.EncryptedTextField(blank=True, default=""),
        ),
        migrations.AddField(
            "revision",
            "change_reason",
            models.CharField(blank=True, choices=REASONS, default="", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            "revision",
            "change_note",
            clinic.encryption.EncryptedTextField(blank=True, default=""),
        ),
        migrations.AddField("revision", "moves_safety", models.BooleanField(default=True)),
        migrations.AddConstraint(
            "intake",
            models.UniqueConstraint(
                fields=["patient"],
                condition=models.Q(changing_since__isnull=False),
                name="one_change_per_patient",
            ),
        ),
        migrations.AddConstraint(
            "intake",
            models.CheckConstraint(
                condition=models.Q(changing_since__isnull=True, change_reason="")
                | models.Q(
                    changing_since__isnull=False,
                    change_reason__in=CODES,
                    builds_on__isnull=False,
                    state__in=CHANGEABLE,
                ),
                name="change_of_a_sent_form_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            "revision",
            models.CheckConstraint(
                condition=models.Q(number=1, change_reason="", moves_safety=True)
                | models.Q(number__gt=1, change_reason__in=CODES),
                name="later_revision_has_its_reason",
            ),
        ),
        migrations.RunSQL(moves(MOVES), moves(MOVES_BEFORE)),
        trigger(
            "submission_intake",
            "one_change_at_a_time",
            on="UPDATE",
            condition="WHEN (NEW.changing_since IS NOT NULL"
            " AND OLD.changing_since IS DISTINCT FROM NEW.changing_since)",
            body=f"""
                IF OLD.changing_since IS NOT NULL OR NOT EXISTS (
                    SELECT 1 FROM submission_revision r
                    WHERE r.id = NEW.builds_on_id AND r.intake_id = NEW.id AND r.number = (
                        SELECT max(n.number) FROM submission_revision n
                        WHERE n.intake_id = NEW.id)) THEN
                    {raise_refusal("one_change_at_a_time",
                                   "one change at a time, of what was sent last")}
                END IF;
            """,
        ),
        trigger(
            "submission_revision",
            "revisions_follow_each_other",
            on="INSERT",
            declare="the_state text; newest int;",
            body=f"""
                SELECT i.state INTO the_state FROM submission_intake i
                    WHERE i.id = NEW.intake_id FOR UPDATE;
                SELECT coalesce(max(r.number), 0) INTO newest FROM submission_revision r
                    WHERE r.intake_id = NEW.intake_id;
                IF NEW.number <> newest + 1 OR the_state IN ('withdrawn', 'expired') THEN
                    {raise_refusal("revisions_follow_each_other",
                                   "revisions of an open form follow each other without a gap")}
                END IF;
            """,
        ),
    ]
