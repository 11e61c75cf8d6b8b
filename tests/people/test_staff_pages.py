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
from tests.people.conftest import code_given, link_asked, password_given, shown

KEY = "/account/password/reset/key/"
RUBBISH = {
    "missing": None,
    "empty": "",
    "null": "\x00",
    "long": "x" * 20_000,
    "digits": "٣" * 6,
    "markup": "<script>alert(1)</script>",
    "emoji": "🙂" * 6,
}
FORMS = {
    "/account/staff/": ["login", "password"],
    "/account/password/reset/": ["email"],
    "/account/password/": ["oldpassword", "password1", "password2"],
    "/account/second-factor/again/": ["code"],
    "/account/reauthenticate/": ["password"],
}
BANNED = ("please", "invalid", "oops", "successfully")


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def inside(client, enrolled) -> Client:
    RecoveryCodes.activate(enrolled)
    password_given(client, enrolled)
    code_given(client, shown())
    return client


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


class TestAnyForm:
    @pytest.mark.parametrize("kind", RUBBISH)
    @pytest.mark.parametrize("address", FORMS)
    def test_answers_rubbish_with_what_to_do(self, client, inside, address, kind):
        client = Client() if address in ("/account/staff/", "/account/password/reset/") else inside
        data = {name: RUBBISH[kind] for name in FORMS[address] if RUBBISH[kind] is not None}

        answer = client.post(address, data)

        page = answer.content.decode()
        assert answer.status_code == 200
        assert "<title>Error: " in page
        assert "There is a problem" in page
        assert not [word for word in BANNED if word in page.lower().replace("aria-invalid", "")]
        assert "<script>" not in page

    @pytest.mark.parametrize("kind", RUBBISH)
    @pytest.mark.parametrize("step", ["check", "app"])
    def test_for_a_code_does_so_before_the_second_factor_too(
        self, client, practitioner, request, step, kind
    ):
        user = request.getfixturevalue("enrolled") if step == "check" else practitioner.user
        password_given(client, user)
        data = {} if RUBBISH[kind] is None else {"code": RUBBISH[kind]}

        answer = client.post(f"/account/second-factor/{step}/", data)

        assert answer.status_code == 200
        assert "<title>Error: " in answer.content.decode()

    @pytest.mark.parametrize("kind", RUBBISH)
    def test_behind_a_link_does_so(self, client, colleague, kind):
        page = client.get(link_asked(client, colleague.email)).url
        given = {} if RUBBISH[kind] is None else {"password1": RUBBISH[kind], "password2": "y"}

        answer = client.post(page, given)

        assert answer.status_code == 200
        assert "<title>Error: Write your new password" in answer.content.decode()

    @pytest.mark.parametrize(
        ("password", "sentence"),
        [
            ("short", "Choose a password of at least 12 characters."),
            ("qwertyqwerty", "Many people use this password."),
            ("sam@example.org", "too much like your name or address"),
        ],
    )
    def test_for_a_weak_password_says_what_to_choose(self, client, colleague, password, sentence):
        page = client.get(link_asked(client, colleague.email)).url

        answer = client.post(page, {"password1": password, "password2": password})

        assert answer.content.decode().count(sentence) == 2

    def test_for_two_different_passwords_says_so_at_the_second(self, client, colleague):
        page = client.get(link_asked(client, colleague.email)).url

        answer = client.post(page, {"password1": "a" * 14 + "bc", "password2": "d" * 14})

        assert 'href="#id_password2">Write the same new password' in answer.content.decode()

    @pytest.mark.parametrize("address", [*FORMS, "/account/second-factor/check/"])
    def test_that_is_no_form_at_all_is_no_error_of_ours(self, inside, address):
        for client in (Client(), inside):
            for content in ("application/json", "text/plain"):
                assert client.post(address, "[1", content_type=content).status_code < 500


class TestALinkThatWasTamperedWith:
    @pytest.mark.parametrize(
        "rest",
        ["1-set-password", "zzzzzzzzzzzzz-set-password", "1-x", "0-cxyz12-abcdef", "1-", "-",
         "%00-%00", "1-%00", "../../x", "9" * 400, "1-" + "a" * 4000, "é-é", "<b>-<b>"],
    )  # fmt: skip
    def test_is_not_found_or_said_to_work_no_longer(self, client, db, rest):
        for answer in (client.get(f"{KEY}{rest}/"), client.post(f"{KEY}{rest}/", {})):
            assert answer.status_code == 404 or "no longer works" in answer.content.decode()

    def test_is_of_no_use_for_another_person(self, client, colleague, manager):
        link = link_asked(client, colleague.email)
        other = link.replace("/key/", "/key/1", 1)

        assert "no longer works" in client.get(other).content.decode()


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
