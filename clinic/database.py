"""Which database: the server that DATABASE_URL names, or a private one that starts itself."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "postgres://user:password@host:5432/name"


def databases(*, base_dir: Path, debug: bool) -> dict[str, dict]:
    """Django's DATABASES. Reads the environment only; no server is started and none is asked.

    Raises ImproperlyConfigured, never with the address in its words: it may hold a password.
    """
    url = os.environ.get("DATABASE_URL", "").strip()
    if url:
        return {"default": _server(url)}
    if not debug:
        raise ImproperlyConfigured(
            f"With DEBUG off, set DATABASE_URL to a PostgreSQL server, for example {EXAMPLE}. "
            "The database that starts itself is for trying and testing only."
        )
    if os.name != "posix":
        raise ImproperlyConfigured(
            "On this system the database cannot start itself. "
            f"Set DATABASE_URL to a PostgreSQL server, for example {EXAMPLE}."
        )
    return {"default": _embedded(Path(os.environ.get("TANDEM_VAR") or base_dir / "var"))}


def _server(url: str) -> dict:
    try:
        database = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
        usable = database["ENGINE"].endswith("postgresql") and database["NAME"]
    except ValueError:
        usable = False
    if not usable:
        raise ImproperlyConfigured(
            f"DATABASE_URL is not the address of a PostgreSQL database. It looks like {EXAMPLE}; "
            "letters such as / or @ inside a password are written %2F and %40."
        ) from None
    return database


def _embedded(var: Path) -> dict:
    return {
        "ENGINE": "clinic.embedded",
        "NAME": "clinic",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"var_dir": var.absolute()},
    }
