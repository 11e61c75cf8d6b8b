"""Several processes, and processes that end badly, share one private PostgreSQL."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.embedded.cluster import process_of, running

STARTED = "select pg_postmaster_start_time()::text"


class TestSharingTheServer:
    def test_starts_for_the_first_stays_for_the_second_and_stops_after_the_last(self, var, person):
        first, second = person(var), person(var)

        started = first.asks(STARTED)
        assert second.asks(STARTED) == started
        first.leaves()
        assert second.asks(STARTED) == started
        second.leaves()

        assert running(var / "pg") is None
        assert not (var / "pg/postmaster.pid").exists()

    def test_begun_by_six_at_once_is_one_server(self, top, person):
        six = [person(top / "var") for _ in range(6)]

        for each in six:
            each.begins(STARTED)
        answers = [each.hears() for each in six]

        assert isinstance(answers[0], list)
        assert answers == [answers[0]] * 6

    def test_survives_a_killed_process_and_still_stops_after_the_last(self, var, person):
        killed, other = person(var), person(var)
        assert killed.asks() == other.asks() == [[1]]

        killed.is_killed()

        assert other.asks() == [[1]]
        other.leaves()
        assert running(var / "pg") is None

    def test_stops_soon_when_the_last_who_used_it_was_killed(self, var, person):
        first, last = person(var), person(var)
        assert first.asks() == last.asks() == [[1]]

        first.is_killed()
        assert last.asks() == [[1]]
        last.is_killed()

        patience = time.monotonic() + 10
        while process_of(var / "pg") and time.monotonic() < patience:
            time.sleep(0.05)
        assert process_of(var / "pg") is None

    def test_killed_itself_is_started_again_for_those_who_were_using_it(self, var, person):
        someone = person(var)
        assert someone.asks() == [[1]]

        os.kill(int((var / "pg/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        time.sleep(0.1)

        assert someone.asks("select n from kept") == [[7]]

    def test_asked_for_by_many_threads_stops_with_their_process(self, var):
        script = (
            "import pathlib, sys, threading; from clinic.embedded import server\n"
            "at = threading.Barrier(8)\n"
            "def ask(): at.wait(); server.ensure(pathlib.Path(sys.argv[1]))\n"
            "threads = [threading.Thread(target=ask) for _ in range(8)]\n"
            "for each in threads: each.start()\n"
            "for each in threads: each.join()\n"
        )

        subprocess.run([sys.executable, "-c", script, str(var)], check=True, timeout=30)

        assert running(var / "pg") is None

    def test_outlives_the_parent_of_a_forked_child_that_uses_it(self, var):
        script = (
            "import os, pathlib, sys, time; from clinic.embedded import cluster, server\n"
            "where = pathlib.Path(server.ensure(pathlib.Path(sys.argv[1]))['HOST'])\n"
            "parent = os.getpid()\n"
            "if os.fork() == 0:\n"
            "    while os.getppid() == parent: time.sleep(0.05)\n"
            "    time.sleep(0.3); print(cluster.answers(where), flush=True); os._exit(0)\n"
        )

        said = subprocess.check_output(
            [sys.executable, "-c", script, str(var)], text=True, timeout=30
        )

        assert said == "True\n"


class TestAFolderRemovedAndMadeAnew:
    @pytest.fixture
    def removed_under(self, top, person):
        """Someone who used the server of a folder that is gone now."""
        earlier = person(top / "var")
        assert earlier.asks() == [[1]]
        process = process_of(top / "var/pg")
        shutil.rmtree(top / "var")
        os.kill(process, signal.SIGKILL)
        return earlier

    def test_keeps_its_new_server_when_someone_of_before_leaves(self, top, person, removed_under):
        newcomer = person(top / "var")
        assert newcomer.asks() == [[1]]

        removed_under.leaves()

        assert running(top / "var/pg") is not None
        assert newcomer.asks() == [[1]]

    def test_counts_someone_of_before_who_comes_back(self, top, person, removed_under):
        newcomer = person(top / "var")
        assert newcomer.asks() == [[1]]
        assert removed_under.asks() == [[1]]

        newcomer.leaves()

        assert running(top / "var/pg") is not None


class TestWhatACrashLeaves:
    @pytest.fixture
    def stranger(self, var: Path) -> Iterator[int]:
        """A living process of the data's owner that is no database server."""
        owner = {"user": var.joinpath("pg").stat().st_uid} if os.geteuid() == 0 else {}
        with subprocess.Popen(["sleep", "60"], **owner) as process:
            yield process.pid
            process.kill()

    @pytest.mark.parametrize("whose", ["a stranger's", "nobody's", "no number"])
    def test_a_stale_process_number_does_not_stop_a_start(self, var, person, stranger, whose):
        number = {"a stranger's": stranger, "nobody's": 2**22 - 1, "no number": "\x00"}[whose]
        stale = f"{number}\n{var}/pg\n1700000000\n5432\n{var}/pg\n\n1 1\nready\n"
        (var / "pg/postmaster.pid").write_text(stale)
        (var / "pg/.s.PGSQL.5432.lock").write_text(stale)

        assert person(var).asks("select n from kept") == [[7]]

    def test_a_half_made_data_folder_is_made_anew(self, top, person):
        half = top / "var/pg.new"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18\n")

        assert person(top / "var").asks() == [[1]]
        assert not half.exists()

    def test_data_of_another_version_is_refused_with_a_sentence_and_left_alone(self, var, person):
        (var / "pg/PG_VERSION").write_text("9\n")

        answer = person(var).asks()

        assert "was made by PostgreSQL 9" in answer
        assert (var / "pg/base").is_dir()
