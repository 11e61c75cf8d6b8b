"""A published set and everything in it can no longer be changed, added to or taken from.

The set's row is locked before its state is read, so that nothing slips in while another
transaction publishes it.
"""

from django.db import migrations

from clinic.protection import raise_refusal, trigger

SET = "questionnaire_questionset"
CHILDREN = ("section", "page", "question", "option")

# Parents of each child, held together with the set, so that a part of one set cannot hang in another.
PARENTS = (("page", "section"), ("question", "page"), ("option", "question"))


def same_set(child: str, parent: str) -> migrations.RunSQL:
    child_table, parent_table = f"questionnaire_{child}", f"questionnaire_{parent}"
    return migrations.RunSQL(
        sql=f"""
            ALTER TABLE {parent_table}
                ADD CONSTRAINT {parent}_id_with_its_set UNIQUE (id, question_set_id);
            ALTER TABLE {child_table}
                ADD CONSTRAINT {child}_is_in_the_set_of_its_{parent}
                FOREIGN KEY ({parent}_id, question_set_id)
                REFERENCES {parent_table} (id, question_set_id)
                DEFERRABLE INITIALLY DEFERRED;
        """,
        reverse_sql=f"""
            ALTER TABLE {child_table} DROP CONSTRAINT {child}_is_in_the_set_of_its_{parent};
            ALTER TABLE {parent_table} DROP CONSTRAINT {parent}_id_with_its_set;
        """,
    )


def child_of_published(child: str) -> migrations.RunSQL:
    refuse = raise_refusal("question_set_is_published", "a published question set never changes")
    return trigger(
        f"questionnaire_{child}",
        f"questionnaire_{child}_of_published_set",
        on="INSERT OR UPDATE OR DELETE",
        declare="the_set record;",
        body=f"""
            FOR the_set IN
                SELECT published_at FROM {SET}
                WHERE (TG_OP <> 'INSERT' AND id = OLD.question_set_id)
                   OR (TG_OP <> 'DELETE' AND id = NEW.question_set_id)
                ORDER BY id FOR SHARE
            LOOP
                IF the_set.published_at IS NOT NULL THEN
                    {refuse}
                END IF;
            END LOOP;
        """,
    )


class Migration(migrations.Migration):
    dependencies = [("questionnaire", "0001_initial")]

    operations = [
        trigger(
            SET,
            "questionnaire_set_published",
            on="UPDATE OR DELETE",
            condition="WHEN (OLD.published_at IS NOT NULL)",
            body=raise_refusal(
                "question_set_is_published", "a published question set never changes"
            ),
        ),
        *(child_of_published(child) for child in CHILDREN),
        *(same_set(child, parent) for child, parent in PARENTS),
    ]
