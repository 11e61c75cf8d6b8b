"""What was asked and answered stays; only the patient answers, only while a round is open; a form
waits for its patient exactly while a round is open; closed forms hold what is cleared as before."""

from django.db import migrations

from clinic.protection import append_only, no_delete, raise_refusal, trigger

ON_HOLD = """
    CREATE OR REPLACE FUNCTION review_on_hold(the_patient bigint, cleared_at timestamptz)
        RETURNS boolean LANGUAGE sql STABLE AS $body$
        SELECT review_urgent_open(the_patient) OR EXISTS (
            SELECT 1 FROM submission_intake i
            JOIN submission_revision r ON r.intake_id = i.id
            LEFT JOIN (SELECT min(c.revision_id) AS id FROM review_clearance c
                       WHERE c.patient_id = the_patient AND c.created_at = cleared_at) rests ON true
            LEFT JOIN submission_revision own ON own.id = rests.id
            WHERE i.patient_id = the_patient AND r.moves_safety AND r.id > coalesce(own.id, 0)
              AND (i.state IN ('submitted', 'in_review', 'asked', 'second_opinion'{more})
                   OR (i.state = 'decided' AND i.id <> own.intake_id)))
    $body$;
"""
WAITS_WHILE_OPEN = """
    IF EXISTS (SELECT 1 FROM submission_intake i WHERE i.id = {intake}
               AND (i.state IN ('asked', 'closed')) <> EXISTS (
                   SELECT 1 FROM review_askround a
                   WHERE a.intake_id = i.id AND a.ended_at IS NULL)) THEN
        {refusal}
    END IF;
"""
WAITS = "a form waits for its patient exactly while a round of questions is open"


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0012_questions_to_the_patient"),
        ("submission", "0008_closed_without_an_answer"),
    ]
    operations = [
        append_only("review_askquestion"),
        append_only("review_reply"),
        no_delete("review_askround"),
        trigger(
            "review_askround",
            "round_ends_once",
            on="UPDATE",
            body=f"""
                IF OLD.ended_at IS NOT NULL
                   OR (NEW.intake_id, NEW.revision_id, NEW.by_id, NEW.asked_at, NEW.by_phone)
                      IS DISTINCT FROM
                      (OLD.intake_id, OLD.revision_id, OLD.by_id, OLD.asked_at, OLD.by_phone)
                   OR (NEW.ended = 'written' AND (NOT EXISTS (
                           SELECT 1 FROM review_askquestion q WHERE q.round_id = NEW.id)
                       OR EXISTS (
                           SELECT 1 FROM review_askquestion q WHERE q.round_id = NEW.id
                           AND NOT EXISTS (
                               SELECT 1 FROM review_reply p WHERE p.question_id = q.id))
                       OR NOT EXISTS (
                           SELECT 1 FROM submission_revision r WHERE r.id = NEW.came_back_id
                           AND r.intake_id = NEW.intake_id AND r.change_reason = 'asked'))) THEN
                    {raise_refusal("round_ends_once",
                                   "a round of questions stays as it was asked and ends once")}
                END IF;
            """,
        ),
        trigger(
            "review_askround",
            "asked_about_a_form_of_someone_else",
            on="INSERT",
            body=f"""
                IF NEW.ended_at IS NOT NULL OR NOT EXISTS (
                    SELECT 1 FROM submission_revision r
                    JOIN submission_intake i ON i.id = r.intake_id
                    JOIN people_patient p ON p.id = i.patient_id
                    WHERE r.id = NEW.revision_id AND i.id = NEW.intake_id
                      AND p.account_id IS DISTINCT FROM NEW.by_id)
                   OR (NEW.by_id IS NOT NULL AND NOT EXISTS (
                       SELECT 1 FROM people_practitioner p WHERE p.user_id = NEW.by_id)) THEN
                    {raise_refusal("asked_about_a_form_of_someone_else",
                                   "a practitioner asks, about what was sent, never oneself")}
                END IF;
            """,
        ),
        trigger(
            "review_askquestion",
            "question_in_an_open_round",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (SELECT 1 FROM review_askround a WHERE a.id = NEW.round_id
                               AND a.ended_at IS NULL AND NOT a.by_phone)
                   OR EXISTS (SELECT 1 FROM review_reply p JOIN review_askquestion q
                              ON q.id = p.question_id WHERE q.round_id = NEW.round_id) THEN
                    {raise_refusal("question_in_an_open_round",
                                   "a question belongs to a round that nobody has answered")}
                END IF;
            """,
        ),
        trigger(
            "review_reply",
            "reply_by_the_patient_asked",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM review_askquestion q
                    JOIN review_askround a ON a.id = q.round_id AND a.ended_at IS NULL
                    JOIN submission_intake i ON i.id = a.intake_id
                    JOIN people_patient p ON p.id = i.patient_id
                    WHERE q.id = NEW.question_id AND p.account_id = NEW.by_id) THEN
                    {raise_refusal("reply_by_the_patient_asked",
                                   "only the patient who was asked answers, while it is open")}
                END IF;
            """,
        ),
        trigger(
            "submission_intake",
            "waits_while_a_round_is_open",
            timing="AFTER",
            on="UPDATE",
            deferred=True,
            condition="WHEN (OLD.state <> NEW.state AND (OLD.state IN ('asked', 'closed')"
            " OR NEW.state IN ('asked', 'closed')))",
            body=WAITS_WHILE_OPEN.format(
                intake="NEW.id", refusal=raise_refusal("waits_while_a_round_is_open", WAITS)
            ),
        ),
        trigger(
            "review_askround",
            "open_while_the_form_waits",
            timing="AFTER",
            on="INSERT OR UPDATE",
            deferred=True,
            body=WAITS_WHILE_OPEN.format(
                intake="NEW.intake_id", refusal=raise_refusal("open_while_the_form_waits", WAITS)
            ),
        ),
        migrations.RunSQL(ON_HOLD.format(more=", 'closed'"), ON_HOLD.format(more="")),
    ]
