"""What the private PostgreSQL lets the site and others do, and Django at work on it."""

import json
import os
import subprocess
import sys

import psycopg
import pytest

from clinic.embedded import server
from clinic.embedded.cluster import running

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user")


class TestWhatItAllows:
    def test_the_sites_role_owns_its_database_and_is_no_superuser(self, var, person):
        someone = person(var)

        assert someone.asks(
            "select rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles "
            "where rolname = (select datdba::regrole::text from pg_database "
            "where datname = current_database()) and rolname = current_user"
        ) == [["clinic", False, True, False, False]]
        assert "permission denied" in someone.asks("copy (select 1) to program 'id'")
        assert "permission denied" in someone.asks("set session_replication_role = replica")

    def test_nothing_listens_on_the_network_and_changes_are_on_disk_before_the_reply(
        self, var, person
    ):
        someone = person(var)

        assert [
            someone.asks(f"show {name}")[0][0]
            for name in ("listen_addresses", "fsync", "synchronous_commit", "max_connections")
        ] == ["", "on", "on", "120"]

    @only_root
    def test_another_user_of_the_machine_cannot_connect(self, var, person):
        assert person(var).asks() == [[1]]
        script = (
            "import os, socket, sys; os.setgroups([]); os.setgid(1); os.setuid(1)\n"
            "socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
        )

        tried = subprocess.run(
            [sys.executable, "-c", script, str(var / "pg/.s.PGSQL.5432")],
            capture_output=True,
            text=True,
        )

        assert "PermissionError" in tried.stderr

    def test_the_log_says_what_went_wrong_but_never_with_which_words(self, var, person):
        someone = person(var)
        someone.asks("create table told (n int check (n > 0), words text)")

        assert "told_n_check" in someone.asks("insert into told values (-1, 'my secret')")

        log = server.log_path(var).read_text()
        assert "told_n_check" in log
        assert "secret" not in log

    @pytest.mark.parametrize(
        "setting", ["log_min_error_statement=error", "log_error_verbosity=default"]
    )
    def test_without_either_log_setting_the_words_would_be_there(self, var, person, setting):
        person(var).asks("create table if not exists kept_words (n int check (n > 0), words text)")
        host = str(running(var / "pg"))

        with (
            psycopg.connect(
                host=host, port=5432, user="postgres", dbname="clinic", options=f"-c {setting}"
            ) as superuser,
            pytest.raises(psycopg.errors.CheckViolation),
        ):
            superuser.execute(f"insert into kept_words values (-1, 'aloud {setting}')")

        assert f"aloud {setting}" in server.log_path(var).read_text()

    def test_a_deadlock_is_in_the_log(self, var, person):
        one, other = person(var), person(var)

        one.begins("select pg_advisory_lock(1), pg_sleep(0.4), pg_advisory_lock(2)")
        other.begins("select pg_advisory_lock(2), pg_sleep(0.4), pg_advisory_lock(1)")
        answers = [one.hears(), other.hears()]

        assert sum("DeadlockDetected" in answer for answer in map(str, answers)) == 1
        assert "deadlock detected" in server.log_path(var).read_text()


DJANGO = """
import io, json, pathlib, sys
from django.conf import settings
from clinic.database import databases
settings.configure(DATABASES=databases(base_dir=pathlib.Path(sys.argv[1]), debug=True),
                   INSTALLED_APPS=["django.contrib.contenttypes", "procrastinate.contrib.django"])
import django; django.setup()
from django.core.management import call_command
from django.db import connection
said = {}
call_command("check", stdout=io.StringIO())
said["started by check"] = pathlib.Path(sys.argv[1], "var").exists()
call_command("migrate", verbosity=0)
said["vendor"] = connection.vendor
import psycopg
from procrastinate.contrib.django.utils import connector_params
with psycopg.connect(**connector_params()) as own:
    said["procrastinate"] = own.execute("select current_user").fetchone()[0]
connection.creation.create_test_db(verbosity=0, serialize=False)
with connection.cursor() as cursor:
    cursor.execute("select current_database()")
    said["test database"] = cursor.fetchone()[0]
connection.creation.destroy_test_db("clinic", verbosity=0)
options = ["-At", "-o", sys.argv[1] + "/shell", "-c", "select current_database()"]
call_command("dbshell", "--", *options)
print(json.dumps(said))
"""


class TestDjangoOnIt:
    def test_starts_it_at_the_first_connection_migrates_tests_and_opens_a_shell(self, top):
        command = [sys.executable, "-c", DJANGO, str(top)]

        said = subprocess.check_output(command, text=True, timeout=60)

        assert json.loads(said) == {
            "started by check": False,
            "vendor": "postgresql",
            "procrastinate": "clinic",
            "test database": "test_clinic",
        }
        assert (top / "shell").read_text() == "clinic\n"
        assert running(top / "var/pg") is None
