"""How the environment is read. Anything unsafe is refused with a sentence that says what to set."""

import base64
import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DEVELOPMENT_KEY = "for-trying-and-testing-only-never-for-real-health-records"


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", None):
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def names(name: str, *, default: list[str]) -> list[str]:
    value = os.environ.get(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def secret_key(*, debug: bool) -> str:
    key = os.environ.get("SECRET_KEY", "")
    if not debug and (len(key) < 40 or key == DEVELOPMENT_KEY):
        raise ImproperlyConfigured(
            "With DEBUG off, set SECRET_KEY to a random text of at least 40 characters of your own."
        )
    return key or DEVELOPMENT_KEY


def field_keys(*, debug: bool) -> list[tuple[str, str]]:
    """Keys for encrypted fields, newest first: FIELD_KEYS="k2:<base64>,k1:<base64>"; 32 bytes."""
    value = os.environ.get("FIELD_KEYS", "")
    if not value:
        if debug:
            return [("dev", base64.urlsafe_b64encode(DEVELOPMENT_KEY.encode()[:32]).decode())]
        raise ImproperlyConfigured(
            "With DEBUG off, set FIELD_KEYS to name:key pairs; "
            "`python -m clinic.encryption` makes one."
        )
    pairs = [tuple(part.strip().split(":", 1)) for part in value.split(",") if part.strip()]
    for pair in pairs:
        if len(pair) != 2 or not 1 <= len(pair[0]) <= 4 or not _is_key(pair[1]):
            raise ImproperlyConfigured(
                "FIELD_KEYS needs name:key pairs: "
                "a name of 1 to 4 letters, a key of 32 bytes in base64."
            )
    return pairs


def _is_key(text: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(text)) == 32
    except ValueError:
        return False


def mail_settings(*, debug: bool, demo: bool) -> tuple[str, dict]:
    """Backend and its parts from MAIL_URL, for example smtp+tls://user:password@mail.example.org:587."""
    url = os.environ.get("MAIL_URL", "")
    parts = urlsplit(url)
    mail = {
        "host": parts.hostname or "localhost",
        "port": parts.port or 25,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": parts.scheme == "smtp+tls",
    }
    if url:
        if parts.scheme not in ("smtp", "smtp+tls"):
            raise ImproperlyConfigured("MAIL_URL must begin with smtp:// or smtp+tls://.")
        return "django.core.mail.backends.smtp.EmailBackend", mail
    if demo:
        return "intake.demo.mailbox.EmailBackend", mail
    if debug:
        return "django.core.mail.backends.console.EmailBackend", mail
    raise ImproperlyConfigured(
        "With DEBUG off, set MAIL_URL, for example smtp+tls://user:word@host:587."
    )
