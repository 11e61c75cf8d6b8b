"""Whatever is sent to a form or a link of the sign-in is answered with a sentence."""

import pytest
from django.test import Client

from tests.people.conftest import BANNED, link_asked, password_given

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


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


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
