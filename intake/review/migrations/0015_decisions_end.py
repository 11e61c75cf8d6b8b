"""Newer rules end what was cleared until somebody has read what they raise; what was seen at a
decision is kept as a fingerprint, and nothing is cleared without one."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import clinic.encryption
from clinic.protection import append_only, raise_refusal, trigger

THERAPIES = [("acupuncture", "acupuncture"), ("massage", "massage")]
WEIGHT = "CASE {therapy} WHEN 'acupuncture' THEN s.acupuncture ELSE s.massage END"
IN_FORCE = """(SELECT u.id FROM screening_ruleset u WHERE u.published_at IS NOT NULL
    ORDER BY u.number DESC LIMIT 1)"""
# What the patient sent after the revision a clearance rests on, and nobody has decided on.
NEWER_FORM = """
    FROM submission_intake i
    JOIN submission_revision r ON r.intake_id = i.id
    LEFT JOIN (SELECT min(c.revision_id) AS id FROM review_clearance c
               WHERE c.patient_id = the_patient AND c.created_at = cleared_at) rests ON true
    LEFT JOIN submission_revision own ON own.id = rests.id
    WHERE i.patient_id = the_patient AND r.moves_safety AND r.id > coalesce(own.id, 0)
      AND (i.state IN ('submitted', 'in_review', 'asked', 'second_opinion', 'closed')
           OR (i.state = 'decided' AND i.id <> own.intake_id))
"""

# The newest form of a live clearance against the rules in force: one row by index, or none.
RULES = f"""
    CREATE FUNCTION review_rules_hold(the_patient bigint) RETURNS text
        LANGUAGE sql STABLE AS $body$
        SELECT CASE WHEN s.id IS NULL THEN 'rules_unread' ELSE 'new_rules' END
        FROM review_clearance c
        JOIN submission_revision own ON own.id = c.revision_id
        CROSS JOIN LATERAL (
            SELECT n.id, n.rule_set_id FROM submission_revision n
            WHERE n.intake_id = own.intake_id ORDER BY n.number DESC LIMIT 1) r
        LEFT JOIN review_rescreening s ON s.revision_id = r.id AND s.rule_set_id = {IN_FORCE}
        WHERE c.patient_id = the_patient AND c.state = 'live'
          AND c.valid_until >= clinic_day(now()) AND r.rule_set_id <> {IN_FORCE}
          AND (s.id IS NULL OR EXISTS (
              SELECT 1 FROM review_clearedtherapy t
              WHERE t.clearance_id = c.id AND {WEIGHT.format(therapy="t.therapy")} >= 2
                AND NOT EXISTS (
                    SELECT 1 FROM review_rescreeninganswer a
                    WHERE a.rescreening_id = s.id AND a.therapy = t.therapy
                      AND (a.keeps OR a.at < c.created_at))))
        LIMIT 1
    $body$;
    CREATE FUNCTION review_hold_reason(the_patient bigint, cleared_at timestamptz) RETURNS text
        LANGUAGE sql STABLE AS $body$
        SELECT CASE
            WHEN review_urgent_open(the_patient) THEN 'urgent'
            WHEN EXISTS (
                SELECT 1 {NEWER_FORM})
                THEN 'new_form'
            ELSE coalesce(review_rules_hold(the_patient), '') END
    $body$;
    CREATE OR REPLACE FUNCTION review_on_hold(the_patient bigint, cleared_at timestamptz)
        RETURNS boolean LANGUAGE sql STABLE AS $body$
        SELECT review_hold_reason(the_patient, cleared_at) <> ''
    $body$;
"""
BEFORE = f"""
    CREATE OR REPLACE FUNCTION review_on_hold(the_patient bigint, cleared_at timestamptz)
        RETURNS boolean LANGUAGE sql STABLE AS $body$
        SELECT review_urgent_open(the_patient) OR EXISTS (SELECT 1 {NEWER_FORM})
    $body$;
    DROP FUNCTION review_hold_reason(bigint, timestamptz);
    DROP FUNCTION review_rules_hold(bigint);
"""


def pk() -> tuple[str, models.Field]:
    return "id", models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def to(model: str, related_name: str = "+", **more) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model, **more
    )


def now() -> models.DateTimeField:
    return models.DateTimeField(db_default=django.db.models.functions.datetime.Now())


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0014_queue"),
        ("submission", "0010_going_on"),
        ("screening", "0004_publishing_is_held"),
        ("people", "0005_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            "Rescreening",
            [
                pk(),
                ("at", now()),
                ("acupuncture", models.PositiveSmallIntegerField()),
                ("massage", models.PositiveSmallIntegerField()),
                ("could_read", models.BooleanField(default=True)),
                ("raised", clinic.encryption.EncryptedJSONField(default=list)),
                ("revision", to("submission.revision", "rescreenings")),
                ("rule_set", to("screening.ruleset")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "rule_set"), name="rescreened_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("acupuncture__lte", 5), ("massage__lte", 5)),
                        name="rescreened_in_range",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            "RescreeningAnswer",
            [
                pk(),
                ("therapy", models.CharField(choices=THERAPIES, max_length=12)),
                ("keeps", models.BooleanField()),
                ("reason", clinic.encryption.EncryptedTextField(blank=True)),
                ("at", now()),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("registration", to("people.registration")),
                ("rescreening", to("review.rescreening", "answers")),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            "Seen",
            [
                pk(),
                ("digest", models.CharField(max_length=64)),
                ("decided_by", models.CharField(max_length=400)),
                ("at", now()),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seen",
                        to="review.decision",
                    ),
                ),
                ("rescreening", to("review.rescreening", null=True)),
            ],
        ),
        migrations.RunSQL(RULES, BEFORE),
        append_only("review_rescreening"),
        append_only("review_rescreeninganswer"),
        append_only("review_seen"),
        trigger(
            "review_rescreeninganswer",
            "answered_by_someone_registered",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM people_registration g
                    JOIN people_practitioner p ON p.id = g.practitioner_id
                    JOIN people_user u ON u.id = p.user_id AND u.is_active
                    JOIN review_rescreening s ON s.id = NEW.rescreening_id
                    JOIN submission_revision r ON r.id = s.revision_id
                    JOIN submission_intake i ON i.id = r.intake_id
                    JOIN people_patient t ON t.id = i.patient_id
                    WHERE g.id = NEW.registration_id AND g.therapy = NEW.therapy
                      AND g.valid_until >= clinic_day(now()) AND p.user_id = NEW.by_id
                      AND t.account_id <> NEW.by_id) THEN
                    {raise_refusal("answered_by_someone_registered",
                                   "someone registered in the therapy says it, never on oneself")}
                END IF;
            """,
        ),
        trigger(
            "review_rescreeninganswer",
            "what_newer_rules_rule_out_is_not_kept",
            on="INSERT",
            condition="WHEN (NEW.keeps)",
            body=f"""
                IF EXISTS (SELECT 1 FROM review_rescreening s WHERE s.id = NEW.rescreening_id
                           AND {WEIGHT.format(therapy="NEW.therapy")} >= 4) THEN
                    {raise_refusal("what_newer_rules_rule_out_is_not_kept",
                                   "newer rules rule this therapy out: decide again")}
                END IF;
            """,
        ),
        trigger(
            "review_clearedtherapy",
            "what_newer_rules_rule_out_is_not_cleared",
            on="INSERT",
            body=f"""
                IF EXISTS (
                    SELECT 1 FROM review_clearance c
                    JOIN review_rescreening s ON s.revision_id = c.revision_id
                    WHERE c.id = NEW.clearance_id AND s.rule_set_id = {IN_FORCE}
                      AND {WEIGHT.format(therapy="NEW.therapy")} >= 4) THEN
                    {raise_refusal("what_newer_rules_rule_out_is_not_cleared",
                                   "newer rules rule this therapy out on this form")}
                END IF;
            """,
        ),
        trigger(
            "review_clearedtherapy",
            "cleared_after_newer_rules_were_read",
            on="INSERT",
            body=f"""
                IF EXISTS (
                    SELECT 1 FROM review_clearance c
                    JOIN review_rescreening s ON s.revision_id = c.revision_id
                    JOIN review_verdict v ON v.id = NEW.verdict_id
                    JOIN review_decision d ON d.id = v.decision_id
                    WHERE c.id = NEW.clearance_id AND s.rule_set_id = {IN_FORCE}
                      AND {WEIGHT.format(therapy="NEW.therapy")} >= 2
                      AND NOT EXISTS (
                          SELECT 1 FROM review_rescreeninganswer a
                          WHERE a.rescreening_id = s.id AND a.therapy = NEW.therapy
                            AND (a.keeps OR a.at < d.at))) THEN
                    {raise_refusal("cleared_after_newer_rules_were_read",
                                   "what newer rules raise is read before it is decided")}
                END IF;
            """,
        ),
        trigger(
            "review_clearedtherapy",
            "cleared_from_what_was_seen",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM review_verdict v JOIN review_seen s
                        ON s.decision_id = v.decision_id WHERE v.id = NEW.verdict_id) THEN
                    {raise_refusal("cleared_from_what_was_seen",
                                   "what was seen at a decision is kept before it clears")}
                END IF;
            """,
        ),
    ]
