"""With DEBUG off the site refuses unsafe settings, and says what to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "DEBUG": "0",
    "DATABASE_URL": "postgres://tandem@localhost/tandem",
    "SECRET_KEY": "x9" * 30,
    "FIELD_KEYS": "k1:" + "A" * 43 + "=",
    "MAIL_URL": "smtp+tls://mail.example.org:587",
    "ALLOWED_HOSTS": "clinic.example.org",
}


def start(**environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "clinic.settings",
            **environment,
        },
        capture_output=True,
        text=True,
    )


def test_starts_with_everything_set():
    assert start(**SAFE).returncode == 0


@pytest.mark.parametrize("missing", ["DATABASE_URL", "SECRET_KEY", "FIELD_KEYS", "MAIL_URL"])
def test_refuses_without(missing):
    result = start(**{name: value for name, value in SAFE.items() if name != missing})

    assert result.returncode != 0
    assert f"set {missing}" in result.stderr


def test_refuses_the_default_secret_key():
    from clinic.configuration import DEVELOPMENT_KEY

    assert "SECRET_KEY" in start(**{**SAFE, "SECRET_KEY": DEVELOPMENT_KEY}).stderr


def test_refuses_the_demo_on_a_real_site():
    assert "DEMO" in start(**{**SAFE, "DEMO": "1"}).stderr


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_passwords_are_hashed_slowly_on_the_site():
    from clinic import settings as site

    assert site.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
