"""As many forms as one asks for, copied in SQL from a few that really were sent.

In the benchmark's own database only: the refusals of the tables are switched off while it fills.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from intake.review.models import Decision, Verdict

FILLED = (
    "people_user",
    "people_patient",
    "submission_intake",
    "submission_revision",
    "submission_flag",
    "review_decision",
    "review_verdict",
    "review_clearance",
    "review_clearedtherapy",
)
SEALED = (
    (Decision, "note", ""),
    (Decision, "for_patient", ""),
    (Verdict, "reason", ""),
    (Verdict, "precautions", []),
)
"""What a decision holds, empty and encrypted as any other."""
STATES = ("submitted", "in_review", "asked", "second_opinion", *["decided"] * 6)
"""One form in ten stands in each of the first four; the others are decided, half of them lately."""

COPY = """
    CREATE OR REPLACE FUNCTION pg_temp.reference(n bigint) RETURNS text LANGUAGE sql AS
        $body$ SELECT 'T-' || left(x, 4) || '-' || right(x, 4) FROM translate(
               lpad(to_hex(n), 8, '0'), '0123456789abcdef', '23456789ABCDEFGH') x $body$;
    CREATE TEMP TABLE source ON COMMIT DROP AS
        SELECT i.id AS intake_id, i.patient_id, row_number() OVER (ORDER BY i.id) - 1 AS place
        FROM submission_intake i WHERE i.state = 'submitted';
    CREATE TEMP TABLE crowd ON COMMIT DROP AS
        SELECT n, s.intake_id AS from_intake, s.patient_id AS from_patient,
               %(states)s::text[] AS states,
               nextval('people_user_id_seq') AS account,
               nextval('people_patient_id_seq') AS patient,
               nextval('submission_intake_id_seq') AS intake,
               nextval('submission_revision_id_seq') AS revision
        FROM generate_series(1, %(number)s) n
        JOIN source s ON s.place = n %% (SELECT count(*) FROM source);
    ALTER TABLE crowd ADD state text, ADD at timestamptz;
    UPDATE crowd SET
        state = states[1 + n %% array_length(states, 1)],
        at = now() - (n %% 20000) * interval '5 minutes';
    INSERT INTO people_user (id, email, name, password, is_active, is_reception, is_manager,
                             created_at, language)
        SELECT account, 'crowd' || account || '@example.org', '', '', true, false, false,
               now(), '' FROM crowd;
    INSERT INTO people_patient (id, reference, account_id, relation, name, call_me, born, phone,
                                created_at)
        SELECT patient, pg_temp.reference(patient), account, 'self', p.name || ' ' || n,
               p.call_me, p.born, p.phone, now()
        FROM crowd JOIN people_patient p ON p.id = from_patient;
    INSERT INTO submission_intake (id, reference, patient_id, question_set_id, state, state_since,
            answers, form_token, saved_at, created_at, change_reason, change_note, level, due_at)
        SELECT intake, pg_temp.reference(intake), patient, i.question_set_id, c.state, c.at,
               i.answers, gen_random_uuid(), c.at, c.at, '', i.change_note, i.level,
               CASE WHEN c.state <> 'decided' THEN c.at + interval '1 day' END
        FROM crowd c JOIN submission_intake i ON i.id = from_intake;
    INSERT INTO submission_revision (id, intake_id, number, question_set_id, rule_set_id, answers,
            screening, digest, form_token, language, zone, sent_by_id, sent_at, wants_acupuncture,
            wants_massage, rank, change_reason, change_note, moves_safety)
        SELECT c.revision, c.intake, 1, r.question_set_id, r.rule_set_id, r.answers, r.screening,
               r.digest, gen_random_uuid(), r.language, r.zone, c.account, c.at,
               r.wants_acupuncture, r.wants_massage, r.rank, '', r.change_note, true
        FROM crowd c JOIN submission_revision r ON r.intake_id = from_intake AND r.number = 1;
    INSERT INTO submission_flag (revision_id, code, rank, details, acupuncture_weight,
                                 massage_weight)
        SELECT c.revision, f.code, f.rank, f.details, f.acupuncture_weight, f.massage_weight
        FROM crowd c JOIN submission_revision r ON r.intake_id = from_intake AND r.number = 1
        JOIN submission_flag f ON f.revision_id = r.id;
"""
DECIDE = """
    CREATE TEMP TABLE decided ON COMMIT DROP AS
        SELECT c.*, nextval('review_decision_id_seq') AS decision,
               nextval('review_verdict_id_seq') AS verdict,
               nextval('review_clearance_id_seq') AS clearance, n %% 2 = 0 AS lately
        FROM crowd c WHERE c.state = 'decided';
    INSERT INTO review_decision (id, revision_id, by_id, at, note, for_patient, weeks, sessions,
                                 together)
        SELECT decision, revision, %(by)s, at, %(note)s, %(for_patient)s, 6, 6, true FROM decided;
    INSERT INTO review_verdict (id, decision_id, therapy, suitability, registration_id, reason,
                                next_step, precautions)
        SELECT verdict, decision, 'massage', 'suitable', %(registration)s, %(reason)s, '',
               %(precautions)s
        FROM decided;
    INSERT INTO review_clearance (id, patient_id, revision_id, state, state_since, valid_from,
                                  valid_until, sessions, together, created_at)
        SELECT clearance, patient, revision, 'live', at, current_date - 40,
               current_date + CASE WHEN lately THEN n %% 42 ELSE -1 - n %% 30 END, 6, true, at
        FROM decided;
    INSERT INTO review_clearedtherapy (clearance_id, therapy, verdict_id)
        SELECT clearance, 'massage', verdict FROM decided;
"""


def fill(number: int, *, by: int, registration: int) -> None:
    """`number` forms more, in every state; decided by this account with this registration."""
    values = {"number": number, "states": list(STATES), "by": by, "registration": registration}
    for model, name, empty in SEALED:
        column = model._meta.get_field(name)
        values[name] = column.get_db_prep_value(empty, connection)
    with connection.cursor() as cursor, _unguarded(cursor):
        for statement in (COPY + DECIDE).split(";\n    "):
            if statement.strip():
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        for table in FILLED:
            cursor.execute(f"VACUUM ANALYZE {table}")


@contextmanager
def _unguarded(cursor) -> Iterator[None]:
    """One transaction without the tables' own refusals, which are there again afterwards."""
    cursor.execute("BEGIN")
    guards = _guards(cursor)
    for table, name in guards:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, name in guards:
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    cursor.execute("COMMIT")


def _guards(cursor) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgenabled = 'A' AND tgrelid::regclass::text = ANY(%s)",
        [list(FILLED)],
    )
    return cursor.fetchall()
