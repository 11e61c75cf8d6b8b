"""Stops are answered and what rules a therapy out is found by two people before it is cleared;
a decision that was taken back clears nothing; who is asked for an opinion is someone else."""

from django.db import migrations

from clinic.protection import append_only, no_delete, raise_refusal, refuse, trigger

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
              AND g.valid_until >= {day} {standing}
              AND NOT EXISTS (
                  SELECT 1 FROM review_verdict later
                  JOIN review_decision ld ON ld.id = later.decision_id
                  JOIN people_registration lg ON lg.id = later.registration_id
                  WHERE ld.revision_id = d.revision_id
                    AND later.therapy = v.therapy AND later.id > v.id {later}
              )
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation',
                CONSTRAINT = 'cleared_by_a_positive_verdict',
                MESSAGE = 'a therapy is cleared only by the latest positive decision on it';
        END IF;
        RETURN NEW;
    END $body$;
"""
NOT_TAKEN_BACK = "AND NOT EXISTS (SELECT 1 FROM review_takenback b WHERE b.decision_id = {of}.id)"
NOW = CLEARED.format(
    day="clinic_day(now())",
    standing=NOT_TAKEN_BACK.format(of="d"),
    later="AND lg.valid_until >= clinic_day(now()) " + NOT_TAKEN_BACK.format(of="ld"),
)
BEFORE = CLEARED.format(day="current_date", standing="", later="")
WEIGHT = "CASE NEW.therapy WHEN 'acupuncture' THEN f.acupuncture_weight ELSE f.massage_weight END"
ANSWERED = """EXISTS (SELECT 1 FROM review_flaganswer a
    WHERE a.flag_id = f.id AND a.decision_id = {verdict}.decision_id AND a.reason <> '')"""

# Until now a form was closed the moment every wish was decided.
CONCLUDED = """
    INSERT INTO review_conclusion (revision_id, by_id, at)
    SELECT DISTINCT ON (d.revision_id) d.revision_id, d.by_id, d.at
    FROM review_decision d JOIN submission_revision r ON r.id = d.revision_id
    WHERE (NOT r.wants_acupuncture OR EXISTS (
              SELECT 1 FROM review_verdict v JOIN review_decision o ON o.id = v.decision_id
              WHERE o.revision_id = r.id AND v.therapy = 'acupuncture'))
      AND (NOT r.wants_massage OR EXISTS (
              SELECT 1 FROM review_verdict v JOIN review_decision o ON o.id = v.decision_id
              WHERE o.revision_id = r.id AND v.therapy = 'massage'))
    ORDER BY d.revision_id, d.id DESC;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0007_second_opinions")]
    operations = [
        migrations.RunSQL(NOW, BEFORE),
        trigger(
            "review_clearedtherapy",
            "stops_answered_before_clearing",
            on="INSERT",
            body=f"""
                IF EXISTS (
                    SELECT 1 FROM review_verdict v
                    JOIN review_decision d ON d.id = v.decision_id
                    JOIN submission_flag f ON f.revision_id = d.revision_id
                    WHERE v.id = NEW.verdict_id AND {WEIGHT} >= 3
                      AND NOT {ANSWERED.format(verdict="v")}) THEN
                    {raise_refusal("stops_answered_before_clearing",
                                   "each Stop flag has its own answer before a therapy is cleared")}
                END IF;
            """,
        ),
        trigger(
            "review_clearedtherapy",
            "two_people_pass_what_rules_out",
            on="INSERT",
            body=f"""
                IF EXISTS (
                    SELECT 1 FROM review_verdict v
                    JOIN review_decision d ON d.id = v.decision_id
                    JOIN submission_flag f ON f.revision_id = d.revision_id
                    WHERE v.id = NEW.verdict_id AND {WEIGHT} = 4
                      AND NOT EXISTS (
                          SELECT 1 FROM review_verdict s
                          WHERE s.id = NEW.second_id AND {ANSWERED.format(verdict="s")})) THEN
                    {raise_refusal("two_people_pass_what_rules_out",
                                   "what rules a therapy out is passed by two people")}
                END IF;
            """,
        ),
        trigger(
            "review_clearedtherapy",
            "second_is_someone_else_who_found_the_same",
            on="INSERT",
            condition="WHEN (NEW.second_id IS NOT NULL)",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM review_verdict v
                    JOIN review_decision d ON d.id = v.decision_id
                    JOIN review_verdict s ON s.id = NEW.second_id
                    JOIN review_decision sd ON sd.id = s.decision_id
                    JOIN people_registration g ON g.id = s.registration_id
                    JOIN review_clearance c ON c.id = NEW.clearance_id
                    WHERE v.id = NEW.verdict_id AND sd.revision_id = d.revision_id
                      AND sd.by_id <> d.by_id AND s.therapy = NEW.therapy
                      AND s.suitability IN ('suitable', 'suitable_with_changes')
                      AND g.valid_until >= clinic_day(now())
                      {NOT_TAKEN_BACK.format(of="sd")}
                      AND c.sessions <= sd.sessions
                      AND c.valid_until - c.valid_from <= 7 * sd.weeks
                      AND (sd.together OR NOT c.together)) THEN
                    {raise_refusal("second_is_someone_else_who_found_the_same",
                                   "the second person is another one, and found the same")}
                END IF;
            """,
        ),
        migrations.RunSQL(CONCLUDED, migrations.RunSQL.noop),
        append_only("review_conclusion"),
        append_only("review_takenback"),
        trigger(
            "review_takenback",
            "taken_back_by_its_maker_before_it_clears",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM review_decision d
                    JOIN submission_revision r ON r.id = d.revision_id
                    JOIN submission_intake i ON i.id = r.intake_id
                    WHERE d.id = NEW.decision_id AND d.by_id = NEW.by_id
                      AND i.state IN ('in_review', 'second_opinion')
                      AND NOT EXISTS (
                          SELECT 1 FROM review_clearedtherapy t
                          JOIN review_verdict v ON v.id IN (t.verdict_id, t.second_id)
                          WHERE v.decision_id = d.id)) THEN
                    {raise_refusal("taken_back_by_its_maker_before_it_clears",
                                   "only its maker takes a decision back, before it clears")}
                END IF;
            """,
        ),
        no_delete("review_secondopinion"),
        refuse(
            "review_secondopinion",
            "second_opinion_keeps_who_was_asked",
            on="UPDATE",
            when="OLD.revision_id <> NEW.revision_id OR OLD.therapy <> NEW.therapy"
            " OR OLD.role <> NEW.role OR OLD.asked_by_id <> NEW.asked_by_id"
            " OR OLD.colleague_id <> NEW.colleague_id OR OLD.at <> NEW.at"
            " OR OLD.question <> NEW.question OR OLD.called_off_at IS NOT NULL",
            sentence="who was asked for an opinion stays on record",
        ),
        trigger(
            "review_secondopinion",
            "second_opinion_of_someone_registered",
            on="INSERT",
            body=f"""
                IF NOT EXISTS (
                    SELECT 1 FROM people_registration g
                    JOIN people_practitioner p ON p.id = g.practitioner_id
                    JOIN people_user u ON u.id = p.user_id AND u.is_active
                    JOIN submission_revision r ON r.id = NEW.revision_id
                    JOIN submission_intake i ON i.id = r.intake_id
                    JOIN people_patient t ON t.id = i.patient_id
                    WHERE p.user_id = NEW.colleague_id AND g.therapy = NEW.therapy
                      AND g.valid_until >= clinic_day(now())
                      AND t.account_id <> NEW.colleague_id) THEN
                    {raise_refusal("second_opinion_of_someone_registered",
                                   "who is asked is registered, and is not the patient")}
                END IF;
            """,
        ),
    ]
