"""Every page of the staff sign-in is the clinic's own, and answers anything with a sentence."""

from itertools import product
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from clinic.people import policy, urls
from clinic.people.devices import device
from tests.people.conftest import BANNED


def templates() -> list[str]:
    """Those of every view in the sign-in routes, and of what the library adds to pages."""
    views = [getattr(route.callback, "view_class", None) for route in urls.urlpatterns]
    pages = {view.template_name for view in views if getattr(view, "template_name", None)}
    messages = {
        "account/messages/": ["logged_in", "logged_out", "login_code_sent", "password_changed"],
        "mfa/messages/": ["totp_activated", "totp_deactivated", "recovery_codes_generated"],
        "usersessions/messages/": ["sessions_logged_out"],
        "account/email/": [
            f"{name}_{part}"
            for name, part in product(
                ["login_code", "unknown_account", "password_reset_key", "no_password"],
                ["subject", "message"],
            )
        ],
    }
    texts = {f"{folder}{name}.txt" for folder, names in messages.items() for name in names}
    return sorted(pages | texts | {"account/signup_closed.html", "429.html"} - {None})


@pytest.mark.parametrize("name", sorted(set(templates()) - {"account/signup.html"}))
def test_no_page_or_text_is_left_as_the_library_wrote_it(name):
    source = Path(get_template(name).origin.name)

    assert source.is_relative_to(settings.BASE_DIR / "templates")
    assert not [
        word for word in BANNED if word in source.read_text().lower().replace("aria-invalid", "")
    ]


def test_every_route_of_the_policy_is_there():
    named = {route.name for route in urls.urlpatterns}

    assert {n for n in policy.LIBRARY_ROUTES if not n.startswith("admin:")} == named


class TestAnInput:
    @pytest.mark.parametrize(
        ("address", "name", "purpose"),
        [
            ("/account/staff/", "login", "username"),
            ("/account/staff/", "password", "current-password"),
            ("/account/password/", "password1", "new-password"),
            ("/account/second-factor/again/", "code", "one-time-code"),
        ],
    )
    def test_tells_a_password_manager_what_it_is_for(self, inside, address, name, purpose):
        client = Client() if address == "/account/staff/" else inside

        field = client.get(address).context["form"][name].as_widget()

        assert f'autocomplete="{purpose}"' in field
        assert ('inputmode="numeric"' in field) == (name == "code")
        assert "placeholder" not in field and "required" not in field


class TestRecoveryCodesAsAFile:
    def test_say_whose_they_are_and_are_text(self, inside, enrolled):
        answer = inside.get(reverse("mfa_download_recovery_codes"))

        assert answer["Content-Type"].startswith("text/plain")
        text = answer.content.decode()
        assert f"recovery codes of {enrolled.email}" in text
        assert all(code in text for code in RecoveryCodes.activate(enrolled).generate_codes())


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/143.0", "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140", "Edge on Linux"),
        ("curl/8", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_named_in_words(says, words):
    assert device(says) == words
