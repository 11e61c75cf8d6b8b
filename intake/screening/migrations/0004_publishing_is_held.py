"""Publishing: by a second person, newest last, with nothing else changed on the way, and with the
safety owner named for every heavy row that the new version lowers. Drafts cannot change hands."""

from django.db import migrations

from clinic.protection import append_only, raise_refusal, refuse, trigger

TABLE = "screening_ruleset"

FUNCTIONS = """
    CREATE FUNCTION screening_rank(the_level text) RETURNS int
        LANGUAGE sql IMMUTABLE AS $body$
        SELECT coalesce(array_position(
            ARRAY['note', 'caution', 'consult_first', 'contraindicated', 'emergency'], the_level), 0)
    $body$;

    CREATE FUNCTION screening_items(the_value jsonb) RETURNS SETOF text
        LANGUAGE sql IMMUTABLE AS $body$
        SELECT jsonb_array_elements_text(CASE WHEN jsonb_typeof(the_value) = 'array'
            THEN the_value ELSE jsonb_build_array(the_value) END)
    $body$;

    CREATE FUNCTION screening_rows(the_table jsonb) RETURNS SETOF jsonb
        LANGUAGE sql IMMUTABLE AS $body$
        SELECT jsonb_array_elements(CASE WHEN jsonb_typeof(the_table) = 'array'
            THEN the_table ELSE '[]' END)
    $body$;

    CREATE FUNCTION screening_weighs(the_row jsonb) RETURNS boolean
        LANGUAGE sql IMMUTABLE AS $body$
        SELECT coalesce(the_row ->> 'urgency' = 'R0', false) OR EXISTS (
            SELECT 1 FROM screening_items(coalesce(the_row -> 'levels', '[]')) AS level
                WHERE screening_rank(level) >= 4
            UNION ALL
            SELECT 1 FROM screening_items(coalesce(the_row -> 'local', '[]')) AS level
                WHERE screening_rank(level) >= 4)
    $body$;

    -- Whether the other row fires whenever this one does, with heavy levels at least as high.
    CREATE FUNCTION screening_covers(other jsonb, the_row jsonb) RETURNS boolean
        LANGUAGE sql IMMUTABLE AS $body$
        SELECT NOT EXISTS (
            SELECT 1 FROM jsonb_each(the_row) AS cell(name, value)
            WHERE cell.name NOT IN (
                'advice', 'care', 'checked', 'citation', 'concern', 'default', 'group',
                'massage_advice', 'name', 'needling', 'note', 'priority', 'question', 'sources',
                'text', 'title')
            AND NOT coalesce(CASE
                WHEN cell.name = 'levels' AND cell.value = '[]' THEN
                    coalesce(other -> 'levels', '[]') = '[]'
                WHEN cell.name = 'levels' THEN
                    jsonb_array_length(other -> 'levels') = jsonb_array_length(cell.value)
                    AND NOT EXISTS (
                        SELECT 1 FROM jsonb_array_elements_text(cell.value)
                            WITH ORDINALITY AS old(level, place)
                        WHERE screening_rank(old.level) >= 4 AND screening_rank(
                            other -> 'levels' ->> (old.place - 1)::int) < screening_rank(old.level))
                WHEN cell.name = 'local' THEN NOT EXISTS (
                    SELECT 1 FROM jsonb_array_elements_text(cell.value)
                        WITH ORDINALITY AS old(level, place)
                    WHERE screening_rank(old.level) >= 4 AND greatest(
                        screening_rank(other -> 'local' ->> (old.place - 1)::int),
                        screening_rank(other -> 'levels' ->> (old.place - 1)::int)
                    ) < screening_rank(old.level))
                WHEN cell.name = 'urgency' THEN
                    array_position(ARRAY['', 'R1', 'R0'], coalesce(other ->> 'urgency', ''))
                    >= array_position(ARRAY['', 'R1', 'R0'], cell.value #>> '{}')
                WHEN cell.name IN ('box_only', 'needs', 'said_of', 'shared', 'unless') THEN
                    (other -> cell.name) <@ cell.value
                WHEN cell.name IN ('and_also', 'and_any', 'regions') THEN
                    (other -> cell.name) @> cell.value
                    AND (other -> cell.name = '[]') = (cell.value = '[]')
                WHEN jsonb_typeof(cell.value) = 'array' THEN (other -> cell.name) @> cell.value
                ELSE (other -> cell.name) = cell.value
            END, false))
    $body$;

    CREATE FUNCTION screening_lowered(before jsonb, after jsonb)
        RETURNS TABLE(of_table text, was jsonb)
        LANGUAGE sql IMMUTABLE AS $body$
        WITH heavy_names AS (
            SELECT each_row ->> 'code' AS code
            FROM (SELECT screening_rows(before -> 'rules')
                  UNION ALL SELECT screening_rows(before -> 'medicine_classes')) AS r(each_row)
            WHERE screening_weighs(each_row)
        ), old_rows AS (
            SELECT t.key AS of_table, each_row
            FROM jsonb_each(before) AS t, LATERAL screening_rows(t.value) AS each_row
            WHERE t.key NOT IN ('messages', 'sources', 'concerns')
        ), new_rows AS (
            SELECT t.key AS of_table, each_row
            FROM jsonb_each(after) AS t, LATERAL screening_rows(t.value) AS each_row
        ), gone AS MATERIALIZED (
            SELECT of_table, each_row FROM old_rows EXCEPT SELECT of_table, each_row FROM new_rows
        ), heavy AS MATERIALIZED (
            SELECT of_table, each_row FROM gone
            WHERE screening_weighs(each_row) OR (
                coalesce(each_row -> 'levels', '[]') = '[]' AND EXISTS (
                      SELECT 1 FROM jsonb_each(each_row) AS cell,
                        LATERAL screening_items(cell.value) AS said
                    WHERE said IN (SELECT code FROM heavy_names)
                      AND (cell.key = 'code' OR coalesce(each_row ->> 'code', '') = '')))
        )
        SELECT h.of_table, h.each_row FROM heavy AS h
        WHERE NOT EXISTS (
            SELECT 1 FROM screening_rows(after -> h.of_table) AS n
            WHERE screening_covers(n, h.each_row))
    $body$;
"""
GONE = """
    DROP FUNCTION screening_lowered(jsonb, jsonb);
    DROP FUNCTION screening_covers(jsonb, jsonb);
    DROP FUNCTION screening_weighs(jsonb);
    DROP FUNCTION screening_rows(jsonb);
    DROP FUNCTION screening_items(jsonb);
    DROP FUNCTION screening_rank(text);
"""
# One after the other, so that each is compared with what is in force when it is published.
REPLACED = """
    PERFORM pg_advisory_xact_lock(hashtext('screening_ruleset'));
    SELECT r.id, r.number, r.rows INTO replaced FROM screening_ruleset r
        WHERE r.published_at IS NOT NULL AND r.id <> NEW.id ORDER BY r.number DESC LIMIT 1;
"""
PUBLISHED_NOW = """
    IF NEW.published_at IS NULL OR (TG_OP = 'UPDATE' AND OLD.published_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
"""

UNSIGNED = """
    SELECT 1 FROM screening_lowered(replaced.rows, NEW.rows) AS low
    WHERE NOT EXISTS (
        SELECT 1 FROM screening_lowering s
        WHERE s.rule_set_id = NEW.id AND s."table" = low.of_table AND s.was = low.was
          AND (s.becomes IS NULL OR EXISTS (
              SELECT 1 FROM screening_rows(NEW.rows -> low.of_table) AS n
              WHERE n = s.becomes)))
"""

SAME_HANDS = """
    OLD.drafted_by_id IS DISTINCT FROM NEW.drafted_by_id
    OR OLD.started_from_id IS DISTINCT FROM NEW.started_from_id
    OR OLD.created_at <> NEW.created_at
"""
NOTHING_ELSE = """
    OLD.published_at IS NULL AND NEW.published_at IS NOT NULL AND (
        OLD.rows <> NEW.rows OR OLD.digest <> NEW.digest OR OLD.name <> NEW.name
        OR OLD.changed_by_id IS DISTINCT FROM NEW.changed_by_id
        OR OLD.changed_at IS DISTINCT FROM NEW.changed_at)
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_drafts_and_lowerings")]
    operations = [
        migrations.RunSQL(FUNCTIONS, GONE),
        append_only("screening_lowering"),
        trigger(
            "screening_lowering",
            "lowering_is_signed_before_publishing",
            on="INSERT",
            declare="published timestamptz;",
            body=f"""
                SELECT r.published_at INTO published FROM screening_ruleset r
                    WHERE r.id = NEW.rule_set_id FOR SHARE;
                IF published IS NOT NULL THEN
                    {raise_refusal("lowering_is_signed_before_publishing",
                                   "nothing is agreed to after the rules were published")}
                END IF;
            """,
        ),
        refuse(
            TABLE,
            "rule_set_stays_with_its_drafter",
            on="UPDATE",
            when=SAME_HANDS,
            sentence="who drafted a rule set never changes",
        ),
        refuse(
            TABLE,
            "publishing_changes_nothing_else",
            on="UPDATE",
            when=NOTHING_ELSE,
            sentence="what is published is what was drafted",
        ),
        trigger(
            TABLE,
            "rule_set_published_is_the_newest",
            on="INSERT OR UPDATE",
            declare="replaced record;",
            body=f"""
                {PUBLISHED_NOW}
                {REPLACED}
                IF replaced.number >= NEW.number THEN
                    {raise_refusal("rule_set_published_is_the_newest",
                                   "a newer version is already in force")}
                END IF;
            """,
        ),
        trigger(
            TABLE,
            "lowered_rows_are_signed",
            on="INSERT OR UPDATE",
            declare="replaced record;",
            body=f"""
                {PUBLISHED_NOW}
                {REPLACED}
                IF replaced.id IS NOT NULL AND EXISTS ({UNSIGNED}) THEN
                    {raise_refusal("lowered_rows_are_signed",
                                   "the safety owner is named for every heavy row that is lowered")}
                END IF;
            """,
        ),
    ]
