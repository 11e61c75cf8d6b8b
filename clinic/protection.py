"""Building blocks for migrations: what the database refuses, whoever asks.

Plain triggers, so that no session setting of the application can switch them off. They raise
check violations that carry a name, which reach Python as IntegrityError.
"""

from django.db.migrations.operations import RunSQL


def refuse(table: str, name: str, *, on: str, when: str = "", sentence: str) -> RunSQL:
    """A trigger `name` that refuses `on` (such as "UPDATE OR DELETE") when `when` holds."""
    condition = f"WHEN ({when})" if when else ""
    return trigger(
        table,
        name,
        on=on,
        condition=condition,
        body=f"""
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}',
                TABLE = '{table}', MESSAGE = '{sentence}';
        """,
    )


def append_only(table: str) -> RunSQL:
    return refuse(
        table,
        f"{table}_append_only",
        on="UPDATE OR DELETE",
        sentence=f"{table} is append-only",
    )


def no_delete(table: str) -> RunSQL:
    return refuse(table, f"{table}_no_delete", on="DELETE", sentence=f"{table} rows stay")


def trigger(
    table: str,
    name: str,
    *,
    on: str,
    body: str,
    condition: str = "",
    declare: str = "",
    timing: str = "BEFORE",
    deferred: bool = False,
) -> RunSQL:
    """A row trigger with a function of the same name; `body` may use NEW, OLD, `declare`d names."""
    kind = "CONSTRAINT TRIGGER" if deferred else "TRIGGER"
    late = "DEFERRABLE INITIALLY DEFERRED" if deferred else ""
    declared = f"DECLARE {declare}" if declare else ""
    return RunSQL(
        sql=f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
            {declared}
            BEGIN
                {body}
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END $body$;
            CREATE {kind} {name} {timing} {on} ON {table} {late}
                FOR EACH ROW {condition} EXECUTE FUNCTION {name}();
            ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};
        """,
        reverse_sql=f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


def raise_refusal(name: str, sentence: str) -> str:
    """The statement inside a trigger body that refuses."""
    return (
        "RAISE EXCEPTION USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{name}', MESSAGE = '{sentence}';"
    )
