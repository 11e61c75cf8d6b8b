"""Raw SQL as the application's role, and what it must run into."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

PROTECTIONS = """
    SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname,
            tgenabled::text || pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || oid::regprocedure, md5(prosrc) || provolatile::text
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname,
            pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
        FROM pg_index WHERE indrelid >= 16384
"""


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def refused(name: str):
    """The block ends in a refusal by the protection of that name, deferred ones included."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
        run("SET CONSTRAINTS ALL IMMEDIATE")
    assert caught.value.__cause__.diag.constraint_name == name


def stored(table: str) -> int:
    return run(f"SELECT count(*) FROM {table}")[0]


def without(table: str, name: str) -> None:
    run(f"DROP TRIGGER {name} ON {table}")


def without_constraint(table: str, name: str) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    run("SET CONSTRAINTS ALL DEFERRED")


def protections() -> dict[str, str]:
    """Trigger, function, constraint or index -> a mark that changes with it."""
    with connection.cursor() as cursor:
        cursor.execute(PROTECTIONS)
        return dict(cursor.fetchall())
