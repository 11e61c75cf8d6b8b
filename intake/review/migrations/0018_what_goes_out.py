"""Nothing is cleared, and nobody told, while a decision can still be taken back; what was taken back,
and what a third person has settled, no longer stands in the way of what is cleared."""

from django.db import migrations

from clinic.protection import raise_refusal, trigger

STANDS = "NOT EXISTS (SELECT 1 FROM review_takenback b WHERE b.decision_id = {of}.id)"
# Where two disagree the third decides, whoever says something after that.
SETTLED = """EXISTS (
    SELECT 1 FROM review_secondopinion o WHERE o.revision_id = d.revision_id
      AND o.therapy = v.therapy AND o.role = 'third' AND o.called_off_at IS NULL
      AND o.colleague_id IN (d.by_id, (
          SELECT sd.by_id FROM review_verdict s JOIN review_decision sd ON sd.id = s.decision_id
          WHERE s.id = NEW.second_id)))"""
CLEARED = """
    CREATE OR REPLACE FUNCTION cleared_by_a_positive_verdict() RETURNS trigger
        LANGUAGE plpgsql AS $body$
    BEGIN
        IF NOT EXISTS (
            SELECT 1 FROM review_verdict v
            JOIN review_decision d ON d.id = v.decision_id
            JOIN review_clearance c ON c.revision_id = d.revision_id
            JOIN people_registration g ON g.id = v.registration_id
            WHERE v.id = NEW.verdict_id AND c.id = NEW.clearance_id
              AND v.therapy = NEW.therapy
              AND v.suitability IN ('suitable', 'suitable_with_changes')
              AND g.valid_until >= clinic_day(now()) AND {d_stands}
              AND NOT EXISTS (
                  SELECT 1 FROM review_verdict later
                  JOIN review_decision ld ON ld.id = later.decision_id
                  JOIN people_registration lg ON lg.id = later.registration_id
                  {of_people}
                  WHERE ld.revision_id = d.revision_id
                    AND later.therapy = v.therapy AND later.id > v.id
                    AND lg.valid_until >= clinic_day(now()) AND {ld_stands} {settled}
              )
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                CONSTRAINT = 'cleared_by_a_positive_verdict',
                MESSAGE = 'a therapy is cleared only by the latest positive decision on it';
        END IF;
        RETURN NEW;
    END $body$;
"""
BOTH = {"d_stands": STANDS.format(of="d"), "ld_stands": STANDS.format(of="ld")}
HERE = "JOIN people_user lu ON lu.id = ld.by_id AND lu.is_active"
REFUSED = """
    CREATE OR REPLACE FUNCTION nothing_refused_stays_cleared() RETURNS trigger
        LANGUAGE plpgsql AS $body$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM review_clearance c
            JOIN review_clearedtherapy t ON t.clearance_id = c.id
            JOIN review_verdict v ON v.therapy = t.therapy
            WHERE c.patient_id = NEW.patient_id AND c.state = 'live' {older}
              AND v.id = (
                  SELECT max(w.id) FROM review_verdict w
                  JOIN review_decision d ON d.id = w.decision_id
                  JOIN submission_revision r ON r.id = d.revision_id
                  WHERE r.intake_id = NEW.id AND w.therapy = t.therapy {stands})
              AND v.suitability = 'not_now') THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                CONSTRAINT = 'nothing_refused_stays_cleared',
                MESSAGE = 'a therapy that was refused does not stay cleared';
        END IF;
        RETURN NEW;
    END $body$;
"""
# Forms of one patient that go out together are cleared at one moment: the last one issued counts.
HOLD_REASON = """
    CREATE OR REPLACE FUNCTION review_hold_reason(the_patient bigint, cleared_at timestamptz)
        RETURNS text LANGUAGE sql STABLE AS $body$
        SELECT CASE
            WHEN review_urgent_open(the_patient) THEN 'urgent'
            WHEN EXISTS (
                SELECT 1 FROM submission_intake i
                JOIN submission_revision r ON r.intake_id = i.id
                LEFT JOIN (SELECT {last}(c.revision_id) AS id FROM review_clearance c
                           WHERE c.patient_id = the_patient AND c.created_at = cleared_at
                           {issued}) rests ON true
                LEFT JOIN submission_revision own ON own.id = rests.id
                WHERE i.patient_id = the_patient AND r.moves_safety AND r.id > coalesce(own.id, 0)
                  AND (i.state IN ('submitted', 'in_review', 'asked', 'second_opinion', 'closed')
                       OR (i.state = 'decided' AND i.id <> own.intake_id)))
                THEN 'new_form'
            ELSE coalesce(review_rules_hold(the_patient), '') END
    $body$;
"""
ISSUED = """AND c.id = (SELECT max(l.id) FROM review_clearance l
    WHERE l.patient_id = the_patient AND l.created_at = cleared_at)"""
# What is cleared anew on what was sent last was weighed just now.
OLDER = """AND c.revision_id <> (SELECT n.id FROM submission_revision n
    WHERE n.intake_id = NEW.id ORDER BY n.number DESC LIMIT 1)"""


class Migration(migrations.Migration):
    dependencies = [("review", "0017_seen"), ("people", "0005_language")]
    operations = [
        migrations.RunSQL(
            CLEARED.format(of_people=HERE, settled=f"AND (ld.by_id = d.by_id OR NOT {SETTLED})", **BOTH),
            CLEARED.format(of_people="", settled="", **BOTH),
        ),
        migrations.RunSQL(
            REFUSED.format(older=OLDER, stands="AND " + STANDS.format(of="d")),
            REFUSED.format(older="", stands=""),
        ),
        migrations.RunSQL(
            HOLD_REASON.format(last="max", issued=ISSUED), HOLD_REASON.format(last="min", issued="")
        ),
        trigger(
            "review_clearedtherapy",
            "cleared_once_nothing_can_be_taken_back",
            on="INSERT",
            body=f"""
                IF EXISTS (
                    SELECT 1 FROM review_clearance c
                    JOIN review_verdict v ON v.id IN (NEW.verdict_id, NEW.second_id)
                    JOIN review_decision d ON d.id = v.decision_id
                    WHERE c.id = NEW.clearance_id AND d.effective_at > c.created_at) THEN
                    {raise_refusal("cleared_once_nothing_can_be_taken_back",
                                   "nothing is cleared while a decision can be taken back")}
                END IF;
            """,
        ),
        trigger(
            "review_conclusion",
            "told_once_nothing_can_be_taken_back",
            on="INSERT",
            body=f"""
                IF EXISTS (
                    SELECT 1 FROM review_decision d
                    JOIN review_verdict v ON v.decision_id = d.id
                    JOIN people_registration g ON g.id = v.registration_id
                    JOIN people_user u ON u.id = d.by_id AND u.is_active
                    WHERE d.revision_id = NEW.revision_id AND d.effective_at > NEW.at
                      AND g.valid_until >= clinic_day(NEW.at)
                      AND {STANDS.format(of="d")} AND NOT EXISTS (
                          SELECT 1 FROM review_verdict n
                          JOIN review_decision nd ON nd.id = n.decision_id
                          WHERE nd.revision_id = d.revision_id AND nd.by_id = d.by_id
                            AND n.therapy = v.therapy AND n.id > v.id
                            AND {STANDS.format(of="nd")})) THEN
                    {raise_refusal("told_once_nothing_can_be_taken_back",
                                   "nobody is told while a decision can be taken back")}
                END IF;
            """,
        ),
    ]
