"""Staff before the door: who they are, and what their app shows."""

import re
import time
from datetime import datetime

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from clinic.people.models import User

PASSWORD = "a long enough password"
BANNED = ("please", "invalid", "oops", "successfully")
NEW = "seven lanterns over quiet water"
HALF_PAST = datetime.fromisoformat("2031-05-06T10:00:01+00:00")  # one second into a code
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def colleague(db) -> User:
    """As a manager has just made them: of reception, with no password yet."""
    return User.objects.create_user("sam@example.org", name="Sam Reyes", is_reception=True)


@pytest.fixture
def manager(db) -> User:
    return User.objects.create_user("ada@example.org", PASSWORD, name="Ada", is_manager=True)


@pytest.fixture
def enrolled(practitioner) -> User:
    """A practitioner whose app holds SECRET."""
    TOTP.activate(practitioner.user, SECRET)
    return practitioner.user


def shown(secret: str = SECRET, *, good_for: int = 1) -> str:
    """The code an authenticator app shows; one about to end is let pass, as a person would."""
    left = 30 - time.time() % 30
    if left < good_for:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def another_than(code: str) -> str:
    return "111111" if code != "111111" else "222222"


def password_given(client: Client, user: User, password: str = PASSWORD, **more: str):
    return client.post("/account/staff/", {"login": user.email, "password": password, **more})


def code_given(client: Client, code: str):
    return client.post("/account/second-factor/check/", {"code": code})


def link_asked(client: Client, email: str) -> str | None:
    """The path of the link in the e-mail that asking for a new password brings, if there is one."""
    client.post("/account/password/reset/", {"email": email})
    found = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    return found and found.group(1)


def password_chosen(client: Client, link: str, password: str = NEW):
    form = client.get(link)
    address = form["Location"] if form.status_code == 302 else link
    return client.post(address, {"password1": password, "password2": password})


def enrol(client: Client, **more: str):
    """The key that was shown, and the answer to its code."""
    client.get("/account/second-factor/app/")
    secret = client.session[SECRET_SESSION_KEY]
    return secret, client.post("/account/second-factor/app/", {"code": shown(secret), **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def admin_page(manager) -> Client:
    """The manager, signed in with both factors."""
    TOTP.activate(manager, SECRET)
    client = Client()
    password_given(client, manager)
    code_given(client, shown())
    return client


@pytest.fixture
def clock():
    """Stands still just after an app has begun to show a code."""
    with time_machine.travel(HALF_PAST, tick=False) as clock:
        yield clock


@pytest.fixture
def no_app(client, practitioner) -> Client:
    password_given(client, practitioner.user)
    return client


@pytest.fixture
def inside(client, enrolled) -> Client:
    RecoveryCodes.activate(enrolled)
    password_given(client, enrolled)
    code_given(client, shown())
    return client
