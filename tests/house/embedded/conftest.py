"""Processes that really start the private PostgreSQL, in folders of their own."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clinic.embedded import cluster

ROOT = Path(__file__).resolve().parents[3]
PATH = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))

# Answers each line of SQL with a line of JSON, until its input ends. "nobody" as second word: an
# ordinary user from there on, with everything imported before, as the interpreter may be root's.
PERSON = """
import getpass, json, os, pathlib, sys, psycopg
from clinic.embedded import accounts, server
var, who = pathlib.Path(sys.argv[1]), sys.argv[2]
psycopg.connect, psycopg.conninfo.make_conninfo(dbname="x"), psycopg.rows.tuple_row
if who:
    import pwd
    user = pwd.getpwnam(who)
    os.setgroups([]), os.setgid(user.pw_gid), os.setuid(user.pw_uid)
def ask(sql):
    try:
        at = server.ensure(var)
        with psycopg.connect(host=at["HOST"], port=at["PORT"], user=at["USER"], dbname="clinic",
                             autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else "done"
    except (psycopg.Error, accounts.CannotStart) as error:
        return type(error).__name__ + ": " + str(error)
for line in sys.stdin:
    print(json.dumps(ask(line)), flush=True)
"""


class Person:
    """A process that uses the server."""

    def __init__(self, var: Path, who: str = "", **env: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", PERSON, str(var), who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": PATH, **env},
        )

    def begins(self, sql: str) -> None:
        self.process.stdin.write(f"{sql}\n")
        self.process.stdin.flush()

    def hears(self) -> list | str:
        return json.loads(self.process.stdout.readline())

    def asks(self, sql: str = "select 1") -> list | str:
        self.begins(sql)
        return self.hears()

    def leaves(self) -> None:
        self.process.stdin.close()
        assert self.process.wait(20) == 0
        self.process.stdout.close()

    def is_killed(self) -> None:
        self.process.kill()
        with self.process:
            pass


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", PATH)
    for name in ("DATABASE_URL", "TANDEM_VAR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def top(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder everyone may enter; pytest's own is private, which here is a case of its own."""
    folder = Path(tempfile.mkdtemp(prefix="tandem-test-", dir="/tmp"))
    folder.chmod(0o755)
    monkeypatch.setenv("TANDEM_STATE", str(folder / "state"))
    yield folder
    for data in folder.rglob("pg"):
        with contextlib.suppress(OSError):
            cluster.stop(data)
    shutil.rmtree(folder)


@pytest.fixture
def person(top: Path) -> Iterator[Callable[..., Person]]:
    people: list[Person] = []

    def comes(var: Path, **how: str) -> Person:
        people.append(Person(var, **how))
        return people[-1]

    yield comes
    for each in people:
        each.is_killed()


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """Data with one row in it, shared by the tests that do not ask how it came to be."""
    folder = Path(tempfile.mkdtemp(prefix="tandem-made-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        someone = Person(folder / "var")
        assert someone.asks("create table kept as select 7 as n") == "done"
        someone.leaves()
        yield folder / "var"
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def var(made: Path, person: Callable[..., Person]) -> Iterator[Path]:
    assert cluster.running(made / "pg") is None
    yield made
    cluster.stop(made / "pg")
