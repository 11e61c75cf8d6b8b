"""A form whose patient does not answer is closed, and answering goes on with it. What was signed
before is never signed anew by an answer to a question."""

from django.db import migrations, models

from clinic.protection import raise_refusal, trigger

STATES = [
    "draft", "submitted", "in_review", "asked", "second_opinion", "closed", "decided",
    "withdrawn", "expired",
]
REASONS = [
    ("changed", "something changed"),
    ("forgot", "forgotten before"),
    ("mistake", "a mistake"),
    ("asked", "we asked"),
]
CODES = [code for code, _ in REASONS]
CHANGEABLE = ("submitted", "in_review", "asked", "second_opinion", "closed", "decided")

# Written out again, with the moves to and from "closed". A test compares it with the table.
MOVES_BEFORE = """
    ('draft', 'submitted'), ('submitted', 'in_review'), ('in_review', 'submitted'),
    ('in_review', 'asked'), ('asked', 'submitted'), ('in_review', 'second_opinion'),
    ('second_opinion', 'in_review'), ('second_opinion', 'submitted'), ('in_review', 'decided'),
    ('decided', 'in_review'), ('decided', 'submitted'), ('draft', 'withdrawn'),
    ('submitted', 'withdrawn'), ('in_review', 'withdrawn'), ('asked', 'withdrawn'),
    ('draft', 'expired')
"""
MOVES = f"""{MOVES_BEFORE}, ('asked', 'closed'), ('closed', 'submitted'),
    ('closed', 'in_review'), ('closed', 'withdrawn')
"""


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


def replaced(model: str, constraint: models.CheckConstraint) -> list:
    return [
        migrations.RemoveConstraint(model, constraint.name),
        migrations.AddConstraint(model, constraint),
    ]


class Migration(migrations.Migration):
    dependencies = [("submission", "0007_flag_weights")]
    operations = [
        *replaced(
            "intake",
            models.CheckConstraint(
                condition=models.Q(state__in=STATES), name="intake_known_state"
            ),
        ),
        *replaced(
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
        *replaced(
            "revision",
            models.CheckConstraint(
                condition=models.Q(number=1, change_reason="", moves_safety=True)
                | models.Q(number__gt=1, change_reason__in=CODES),
                name="later_revision_has_its_reason",
            ),
        ),
        migrations.AlterField(
            "intake", "change_reason", models.CharField(blank=True, choices=REASONS, max_length=10)
        ),
        migrations.AlterField(
            "revision",
            "change_reason",
            models.CharField(blank=True, choices=REASONS, max_length=10),
        ),
        migrations.AlterField(
            "intake",
            "state",
            models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("submitted", "sent, not yet opened"),
                    ("in_review", "in review"),
                    ("asked", "waiting for the patient"),
                    ("second_opinion", "second opinion"),
                    ("closed", "closed without an answer"),
                    ("decided", "decided"),
                    ("withdrawn", "withdrawn by the patient"),
                    ("expired", "draft not finished in time"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        migrations.RunSQL(moves(MOVES), moves(MOVES_BEFORE)),
        trigger(
            "submission_signature",
            "an_answer_signs_nothing_anew",
            on="INSERT",
            body=f"""
                IF EXISTS (SELECT 1 FROM submission_revision r
                           WHERE r.id = NEW.revision_id AND r.change_reason = 'asked') THEN
                    {raise_refusal("an_answer_signs_nothing_anew",
                                   "an answer to a question is no new signature")}
                END IF;
            """,
        ),
    ]
