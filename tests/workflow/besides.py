"""What must hold besides: rules change, decisions wait, patients are asked, people leave."""

STANDING = "cancelled_at IS NULL"
IN_FORCE = """(SELECT u.id FROM screening_ruleset u WHERE u.published_at IS NOT NULL
    ORDER BY u.number DESC LIMIT 1)"""
NEWEST = """(SELECT n.id FROM submission_revision own JOIN submission_revision n
    ON n.intake_id = own.intake_id WHERE own.id = c.revision_id ORDER BY n.number DESC LIMIT 1)"""
RAISED = "CASE x.therapy WHEN 'acupuncture' THEN s.acupuncture ELSE s.massage END"

RULES_HARM = {
    "I2 a visit booked past newer rules": f"""
        SELECT v.id FROM booking_visit v JOIN review_clearance c ON c.id = v.clearance_id
        JOIN submission_revision r ON r.id = {NEWEST}
        LEFT JOIN review_rescreening s ON s.revision_id = r.id AND s.rule_set_id = {IN_FORCE}
        WHERE v.id > $1 AND v.{STANDING} AND r.rule_set_id <> {IN_FORCE} AND (
            s.id IS NULL OR EXISTS (
                SELECT 1 FROM review_clearedtherapy x WHERE x.clearance_id = c.id
                  AND {RAISED} >= 2 AND NOT EXISTS (
                    SELECT 1 FROM review_rescreeninganswer a WHERE a.rescreening_id = s.id
                      AND a.therapy = x.therapy AND (a.keeps OR a.at < c.created_at))))
    """,
    "I5 cleared past newer rules": f"""
        SELECT x.id FROM review_clearedtherapy x JOIN review_clearance c ON c.id = x.clearance_id
        JOIN review_verdict w ON w.id = x.verdict_id JOIN review_decision d ON d.id = w.decision_id
        JOIN submission_revision r ON r.id = c.revision_id
        LEFT JOIN review_rescreening s ON s.revision_id = r.id AND s.rule_set_id = {IN_FORCE}
        WHERE c.id > $4 AND r.rule_set_id <> {IN_FORCE} AND (
            s.id IS NULL OR {RAISED} >= 4 OR ({RAISED} >= 2 AND NOT EXISTS (
                SELECT 1 FROM review_rescreeninganswer a WHERE a.rescreening_id = s.id
                  AND a.therapy = x.therapy AND (a.keeps OR a.at < d.at))))
    """,
    "I5 newer rules answered by someone not registered, or kept past what they rule out": f"""
        SELECT x.id FROM review_rescreeninganswer x JOIN review_rescreening s
            ON s.id = x.rescreening_id
        WHERE x.id > $5 AND ((x.keeps AND {RAISED} >= 4) OR NOT EXISTS (
            SELECT 1 FROM people_registration g JOIN people_practitioner p
                ON p.id = g.practitioner_id JOIN people_user u ON u.id = p.user_id
            WHERE g.id = x.registration_id AND g.therapy = x.therapy AND p.user_id = x.by_id
              AND u.is_active AND g.valid_until >= clinic_day(x.at)))
    """,
}
TEN_MINUTES_HARM = {
    "I2 cleared while it could be taken back, or after it was": """
        SELECT x.id FROM review_clearedtherapy x JOIN review_clearance c ON c.id = x.clearance_id
        JOIN review_verdict w ON w.id IN (x.verdict_id, x.second_id)
        JOIN review_decision d ON d.id = w.decision_id
        LEFT JOIN review_takenback b ON b.decision_id = d.id
        WHERE d.effective_at > c.created_at OR b.id IS NOT NULL
    """,
    "I3 gone out while something could be taken back": """
        SELECT k.id FROM review_conclusion k JOIN review_decision d ON d.revision_id = k.revision_id
        JOIN review_verdict w ON w.decision_id = d.id
        JOIN people_registration g ON g.id = w.registration_id
        JOIN people_user u ON u.id = d.by_id
        WHERE k.id > $3 AND d.effective_at > k.at AND u.is_active
          AND g.valid_until >= clinic_day(k.at)
          AND NOT EXISTS (SELECT 1 FROM review_takenback b WHERE b.decision_id = d.id)
          AND NOT EXISTS (
            SELECT 1 FROM review_verdict n JOIN review_decision m ON m.id = n.decision_id
            LEFT JOIN review_takenback b ON b.decision_id = m.id
            WHERE m.revision_id = d.revision_id AND m.by_id = d.by_id AND n.therapy = w.therapy
              AND n.id > w.id AND b.id IS NULL)
    """,
    "I6 told before it went out, or not told": """
        SELECT i.id FROM submission_intake i
        WHERE (SELECT count(*) FROM notices_notice n
               WHERE n.reference = i.reference AND n.kind = 'decided')
           <> (SELECT count(*) FROM review_conclusion k JOIN submission_revision r
               ON r.id = k.revision_id WHERE r.intake_id = i.id)
    """,
    "I2 what rules a therapy out passed by one person": """
        SELECT x.id FROM review_clearedtherapy x
        JOIN review_verdict w ON w.id = x.verdict_id JOIN review_decision d ON d.id = w.decision_id
        JOIN submission_flag f ON f.revision_id = d.revision_id
        LEFT JOIN review_verdict o ON o.id = x.second_id
        LEFT JOIN review_decision e ON e.id = o.decision_id
        WHERE CASE x.therapy WHEN 'acupuncture' THEN f.acupuncture_weight
              ELSE f.massage_weight END = 4
          AND (e.id IS NULL OR e.by_id = d.by_id OR o.suitability = 'not_now')
    """,
}
ASKING_HARM = {
    "I3 a form waits without a question, or a question without a form": """
        SELECT i.id FROM submission_intake i WHERE (i.state IN ('asked', 'closed')) <> EXISTS (
            SELECT 1 FROM review_askround a WHERE a.intake_id = i.id AND a.ended_at IS NULL)
    """,
    "I5 decided while a question was open": """
        SELECT d.id FROM review_decision d JOIN review_askround a ON a.revision_id = d.revision_id
        WHERE d.at > a.asked_at AND d.at < coalesce(a.ended_at, 'infinity')
    """,
    "I9 a reply by someone else, or to another form": """
        SELECT y.id FROM review_reply y JOIN review_askquestion q ON q.id = y.question_id
        JOIN review_askround a ON a.id = q.round_id JOIN submission_intake i ON i.id = a.intake_id
        JOIN people_patient p ON p.id = i.patient_id
        LEFT JOIN submission_revision r ON r.id = a.came_back_id
        WHERE p.account_id <> y.by_id OR r.id IS NULL OR r.intake_id <> i.id
    """,
}
LEFT_HARM = {
    "I2 a visit booked with someone who left": f"""
        SELECT t.id FROM booking_treatment t JOIN people_practitioner p ON p.id = t.practitioner_id
        JOIN people_user u ON u.id = p.user_id
        WHERE t.visit_id > $1 AND t.{STANDING} AND NOT u.is_active
    """,
}

LOOK_HARM = {
    "I2 a visit booked while somebody looked again": f"""
        SELECT v.id FROM booking_visit v JOIN review_clearance c ON c.id = v.clearance_id
        JOIN submission_revision r ON r.id = c.revision_id
        JOIN review_lookagain a ON a.intake_id = r.intake_id
        WHERE v.id > $1 AND v.{STANDING} AND a.at >= c.created_at
    """,
}

BESIDES = LOOK_HARM | RULES_HARM | TEN_MINUTES_HARM | ASKING_HARM | LEFT_HARM
