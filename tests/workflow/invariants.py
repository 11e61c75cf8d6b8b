"""What must hold after every step, whoever did what: each a query that finds the harm.

They read the tables by themselves and share nothing with the services, the triggers or the model.
"""

from besides import BESIDES, STANDING
from traces import Watcher

OVERLAP = """
    SELECT a.id FROM {table} a JOIN {table} b ON a.id < b.id AND a.{who} = b.{who}
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
    WHERE a.cancelled_at IS NULL AND b.cancelled_at IS NULL
"""

CHAIN_HARM = {
    "I1 one practitioner in two places": OVERLAP.format(
        table="booking_treatment", who="practitioner_id"
    ),
    "I1 one room used twice": OVERLAP.format(table="booking_treatment", who="room_id"),
    "I1 one patient in two places": OVERLAP.format(table="booking_visit", who="patient_id"),
    "I2 a visit that no clearance covers": f"""
        SELECT v.id FROM booking_visit v JOIN review_clearance c ON c.id = v.clearance_id
        WHERE v.{STANDING} AND NOT (
            c.patient_id = v.patient_id
            AND clinic_day(v.starts_at) BETWEEN c.valid_from AND c.valid_until
            AND (c.state = 'live' OR (c.state = 'revoked' AND v.booked_at <= c.state_since
                                      AND v.starts_at <= c.state_since)))
    """,
    "I2 more visits than sessions": f"""
        SELECT c.id FROM review_clearance c JOIN booking_visit v ON v.clearance_id = c.id
        WHERE v.{STANDING} GROUP BY c.id HAVING count(*) > c.sessions
    """,
    "I2 a treatment without a positive decision by someone who holds the therapy": f"""
        SELECT t.id FROM booking_treatment t JOIN booking_visit v ON v.id = t.visit_id
        WHERE t.{STANDING} AND NOT EXISTS (
            SELECT 1 FROM review_clearedtherapy x
            JOIN review_verdict w ON w.id = x.verdict_id
            JOIN review_decision d ON d.id = w.decision_id
            JOIN people_registration g ON g.id = w.registration_id
            JOIN people_practitioner p ON p.id = g.practitioner_id
            JOIN submission_revision r ON r.id = d.revision_id
            JOIN submission_intake i ON i.id = r.intake_id
            WHERE x.clearance_id = v.clearance_id AND x.therapy = t.therapy
              AND w.therapy = t.therapy AND w.suitability <> 'not_now' AND g.therapy = t.therapy
              AND p.user_id = d.by_id AND i.patient_id = v.patient_id)
    """,
    "I2 a visit booked while something newer waited": """
        SELECT v.id FROM booking_visit v JOIN review_clearance c ON c.id = v.clearance_id
        WHERE v.id > $1 AND v.cancelled_at IS NULL AND EXISTS (
            SELECT 1 FROM submission_intake i JOIN submission_revision r ON r.intake_id = i.id
            WHERE i.patient_id = v.patient_id AND r.id > c.revision_id AND r.moves_safety
              AND i.state IN ('submitted', 'in_review', 'asked', 'second_opinion', 'closed'))
    """,
    "I2 a decision by someone not registered that day": """
        SELECT w.id FROM review_verdict w JOIN review_decision d ON d.id = w.decision_id
        WHERE w.id > $2 AND NOT EXISTS (
            SELECT 1 FROM people_registration g
            JOIN people_practitioner p ON p.id = g.practitioner_id
            JOIN people_user u ON u.id = p.user_id
            WHERE g.id = w.registration_id AND g.therapy = w.therapy AND p.user_id = d.by_id
              AND u.is_active AND g.valid_until >= clinic_day(d.at))
    """,
    "I2 a therapy cleared past a flag that nobody answered or saw": """
        SELECT x.id FROM review_clearedtherapy x JOIN review_verdict w
            ON w.id IN (x.verdict_id, x.second_id)
        JOIN review_decision d ON d.id = w.decision_id
        JOIN submission_flag f ON f.revision_id = d.revision_id
        WHERE CASE x.therapy WHEN 'massage' THEN f.massage_weight
                             ELSE f.acupuncture_weight END >= 2
          AND NOT EXISTS (SELECT 1 FROM review_flaganswer a
                          WHERE a.decision_id = d.id AND a.flag_id = f.id)
          AND NOT EXISTS (SELECT 1 FROM review_flagseen t
                          WHERE t.decision_id = d.id AND t.flag_id = f.id)
    """,
    "I3 two live clearances of one patient": """
        SELECT min(id) FROM review_clearance WHERE state = 'live'
        GROUP BY patient_id HAVING count(*) > 1
    """,
    "I3 a form is decided and lacks a decision": """
        SELECT i.id FROM submission_intake i WHERE i.state = 'decided' AND NOT EXISTS (
            SELECT 1 FROM submission_revision r JOIN review_decision d ON d.revision_id = r.id
            WHERE r.intake_id = i.id AND r.number = (
                SELECT max(n.number) FROM submission_revision n WHERE n.intake_id = i.id))
    """,
    "I5 a decision on what was not there, or no longer the newest": """
        SELECT d.id FROM review_decision d JOIN submission_revision r ON r.id = d.revision_id
        JOIN screening_ruleset s ON s.id = r.rule_set_id
        WHERE s.published_at IS NULL OR r.sent_at > d.at OR EXISTS (
            SELECT 1 FROM submission_revision n WHERE n.intake_id = r.intake_id
              AND n.number > r.number AND n.sent_at <= d.at)
    """,
    "I9 a clearance of someone else's form": """
        SELECT c.id FROM review_clearance c JOIN submission_revision r ON r.id = c.revision_id
        JOIN submission_intake i ON i.id = r.intake_id WHERE i.patient_id <> c.patient_id
    """,
    "I9 a cleared therapy of another form's decision": """
        SELECT x.id FROM review_clearedtherapy x JOIN review_clearance c ON c.id = x.clearance_id
        JOIN review_verdict w ON w.id = x.verdict_id JOIN review_decision d ON d.id = w.decision_id
        WHERE d.revision_id <> c.revision_id OR w.therapy <> x.therapy
    """,
    "I9 a flag answer, contact or trace about someone else": """
        SELECT a.id FROM review_flaganswer a JOIN submission_flag f ON f.id = a.flag_id
        JOIN review_decision d ON d.id = a.decision_id WHERE f.revision_id <> d.revision_id
        UNION ALL
        SELECT c.id FROM review_contact c JOIN submission_emergencyevent e
            ON e.id = c.newest_event_id WHERE e.intake_id <> c.intake_id
        UNION ALL
        SELECT e.id FROM audit_event e JOIN submission_intake i ON i.reference = e.reference
            WHERE e.patient_id IS DISTINCT FROM i.patient_id
        UNION ALL
        SELECT n.id FROM notices_notice n JOIN booking_visit v ON v.reference = n.reference
            WHERE n.patient_id <> v.patient_id
    """,
    "I9 a working copy of another form": """
        SELECT i.id FROM submission_intake i JOIN submission_revision r ON r.id = i.builds_on_id
        JOIN submission_intake o ON o.id = r.intake_id WHERE o.patient_id <> i.patient_id
    """,
    "I10 a time without end, turned round, past midnight, or outside its visit": f"""
        SELECT id FROM booking_visit WHERE NOT (isfinite(starts_at) AND isfinite(ends_at)
            AND ends_at > starts_at AND ends_at - starts_at < interval '8 hours'
            AND clinic_day(starts_at) = clinic_day(ends_at))
        UNION ALL
        SELECT t.id FROM booking_treatment t JOIN booking_visit v ON v.id = t.visit_id
        WHERE t.{STANDING} AND NOT (t.ends_at > t.starts_at AND t.starts_at >= v.starts_at
            AND t.ends_at <= v.ends_at AND v.cancelled_at IS NULL)
        UNION ALL
        SELECT id FROM review_clearance WHERE NOT (valid_until >= valid_from
            AND valid_until - valid_from <= 26 * 7)
    """,
}

HARM = CHAIN_HARM | BESIDES
ALL = " UNION ALL ".join(
    f"SELECT '{name.replace(chr(39), chr(39) * 2)}', harm.* FROM ({query}) AS harm"
    for name, query in HARM.items()
)


def harm(watcher: Watcher, marks: tuple[int, ...] = (0, 0, 0, 0, 0)) -> list[tuple[str, int]]:
    """(what is wrong, id of a row) for everything that is. marks: the last visit, verdict,
    conclusion, clearance and answer to newer rules that were looked at before, for what can only
    be told on the day it happens."""
    return watcher.rows(ALL, *marks)
