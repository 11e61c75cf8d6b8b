"""Any folder, any user, root included; and nobody's permissions are touched."""

import importlib.util
import os
import pwd
import shutil
from pathlib import Path

import pytest

from clinic.embedded import server
from clinic.embedded.accounts import account
from clinic.embedded.cluster import running
from clinic.embedded.programs import PACKAGE, programs

IS_ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not IS_ROOT, reason="needs root, which borrows an account")


def permissions(folder: Path) -> dict[Path, int]:
    return {each: each.stat().st_mode for each in (folder, *folder.parents)}


class TestWhereItLives:
    @pytest.mark.parametrize("name", ["l" * 130, "it's é with a space"])
    def test_a_long_or_odd_path_works_without_a_home_or_the_callers_locale(self, top, person, name):
        someone = person(top / name, HOME="/nowhere", LC_ALL="xx_XX.UTF-8")

        assert someone.asks("select current_setting('server_encoding')") == [["UTF8"]]

    def test_a_name_that_a_shell_would_obey_never_reaches_one(self, top, person):
        answer = person(top / f"$(touch {top.name})").asks()

        assert answer == [[1]] if IS_ROOT else "such a name" in answer
        assert not Path(top.name).exists() and not Path("/", top.name).exists()

    @only_root
    def test_an_ordinary_user_has_it_too_even_if_root_came_first(self, top, person):
        who = "nobody"
        var = top / "var"
        var.mkdir()
        os.chown(var, pwd.getpwnam(who).pw_uid, -1)
        reachable = str(programs(account(var)))
        user, root = person(var, who=who, PGBIN=reachable), person(var, PGBIN=reachable)

        assert root.asks("select current_user") == [["clinic"]]
        assert user.asks("select current_user") == [["clinic"]]

        assert {each.stat().st_uid for each in var.iterdir()} == {var.stat().st_uid}
        assert person(var, who="daemon", PGBIN=reachable).asks().startswith("CannotStart: ")

    @only_root
    def test_an_ordinary_user_with_a_long_path_has_a_socket_nobody_else_can_reach(
        self, top, person
    ):
        var = top / ("l" * 130)
        var.mkdir()
        os.chown(var, pwd.getpwnam("nobody").pw_uid, -1)

        assert person(var, who="nobody", PGBIN=str(programs(account(var)))).asks() == [[1]]

        assert running(var / "pg").stat().st_mode & 0o777 == 0o700

    @only_root
    def test_under_a_private_folder_root_keeps_it_elsewhere_and_opens_no_door(self, top, person):
        private = top / "home"
        private.mkdir(mode=0o700)
        before = permissions(private)

        someone = person(private / "var")
        assert someone.asks("create table kept as select 7 as n") == "done"
        someone.leaves()

        assert permissions(private) == before
        assert (private / "var/pg").is_symlink()
        data = (private / "var/pg").resolve()
        assert data.is_relative_to(top / "state") and data.stat().st_mode & 0o777 == 0o700
        assert server.log_path(private / "var").exists()
        assert person(private / "var").asks("select n from kept") == [[7]]

    @only_root
    def test_removing_var_begins_again_and_sets_the_old_data_aside(self, top, person):
        private = top / "home"
        private.mkdir(mode=0o700)
        someone = person(private / "var")
        assert someone.asks("create table kept as select 7 as n") == "done"
        someone.leaves()
        data = (private / "var/pg").resolve()

        shutil.rmtree(private / "var")

        assert person(private / "var").asks("select to_regclass('kept')") == [[None]]
        assert data.with_name("pg.old").is_dir()

    @only_root
    def test_programs_in_a_private_folder_are_copied_whole_and_used_again(self, top, person):
        wheel = Path(importlib.util.find_spec(PACKAGE).submodule_search_locations[0])
        private = top / "home"
        private.mkdir(mode=0o700)
        for part in (f"{PACKAGE}/pginstall18", f"{PACKAGE}.libs"):
            shutil.copytree(wheel.parent / part, private / part, symlinks=True)
        (private / PACKAGE / "__init__.py").touch()
        before = permissions(private / PACKAGE)
        path = os.pathsep.join([str(private), os.environ["PYTHONPATH"]])

        one, two = (person(top / name, PYTHONPATH=path) for name in ("one", "two"))
        one.begins("select 1")
        two.begins("select 2")

        assert (one.hears(), two.hears()) == ([[1]], [[2]])
        (copy,) = (each for each in (top / "state/servers").iterdir() if each.is_dir())
        assert all(
            str(copy) in (top / n / "pg/postmaster.opts").read_text() for n in ("one", "two")
        )
        assert permissions(private / PACKAGE) == before
        assert not [each for each in copy.rglob("*") if each.lstat().st_uid]

    @only_root
    def test_a_state_folder_that_others_can_change_is_not_trusted(self, top, person):
        private = top / "home"
        private.mkdir(mode=0o700)
        (top / "state").mkdir()
        (top / "state").chmod(0o777)

        assert "only root can change" in person(private / "var").asks()
