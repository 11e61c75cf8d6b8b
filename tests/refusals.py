"""Raw SQL as the application's role, and what it must run into."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction


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
