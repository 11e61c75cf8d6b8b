"""Which database is used, and when the site refuses to start without one."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic.database import databases


class TestChoosingTheDatabase:
    def test_without_an_address_it_is_the_private_one_under_var(self, tmp_path, monkeypatch):
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.delenv("TANDEM_VAR", raising=False)

        chosen = databases(base_dir=tmp_path, debug=True)["default"]

        assert chosen == {
            "ENGINE": "clinic.embedded",
            "NAME": "clinic",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"var_dir": tmp_path / "var"},
        }

    def test_another_folder_can_be_named(self, tmp_path, monkeypatch):
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv("TANDEM_VAR", str(tmp_path / "other"))

        chosen = databases(base_dir=tmp_path, debug=True)["default"]

        assert chosen["OPTIONS"] == {"var_dir": tmp_path / "other"}

    def test_with_debug_off_and_no_address_it_refuses_and_says_what_to_set(self, monkeypatch):
        monkeypatch.delenv("DATABASE_URL", raising=False)

        with pytest.raises(ImproperlyConfigured, match="set DATABASE_URL"):
            databases(base_dir=Path(), debug=False)

    @pytest.mark.parametrize("debug", [True, False])
    def test_with_an_address_it_is_that_server(self, monkeypatch, debug):
        monkeypatch.setenv("DATABASE_URL", "postgres://ana:p%40ss@%2Frun%2Fpg:6432/tandem")

        chosen = databases(base_dir=Path(), debug=debug)["default"]

        assert chosen["ENGINE"] == "django.db.backends.postgresql"
        assert [chosen[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
            "ana",
            "p@ss",
            "/run/pg",
            6432,
            "tandem",
        ]
        assert (chosen["CONN_MAX_AGE"], chosen["CONN_HEALTH_CHECKS"]) == (60, True)

    @pytest.mark.parametrize(
        "address",
        [
            "hunter2",
            "postgres://",
            "postgres://ana:hunter2@host:port/name",
            "postgres://ana:hunter2@host:5432",
            "postgres://ana:hunter2@[host/name",
            "sqlite:///hunter2.sqlite3",
            "mysql://ana:hunter2@host/name",
        ],
    )
    def test_an_address_that_is_none_is_refused_without_being_repeated(self, monkeypatch, address):
        monkeypatch.setenv("DATABASE_URL", address)

        with pytest.raises(
            ImproperlyConfigured, match="DATABASE_URL is not the address"
        ) as refused:
            databases(base_dir=Path(), debug=True)

        assert "hunter2" not in str(refused.value)
