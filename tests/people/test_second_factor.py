"""The second factor of staff: it comes before anything else, and each code is of use once."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP
from django.test import Client

from clinic.people.adapters import TOO_MANY, WRONG_CODE
from tests.people.conftest import (
    another_than,
    code_given,
    enrol,
    is_in,
    password_given,
    shown,
)

ENROL, AGAIN, CODES = (f"/account/second-factor/{page}/" for page in ("app", "again", "codes"))


class TestSettingUp:
    @pytest.mark.parametrize(
        "address",
        [
            "/home/",
            "/reviews/",
            CODES,
            "/account/second-factor/",
            "/account/sessions/",
            "/account/password/",
            "/account/second-factor/app/remove/",
            "/me/",
        ],
    )
    def test_comes_before_any_other_page(self, no_app, address):
        assert no_app.get(address).url == f"{ENROL}?next={address}"

    def test_asks_for_no_password_a_moment_after_it_was_typed(self, no_app):
        assert no_app.get(ENROL).status_code == 200

    def test_asks_again_for_the_password_after_five_minutes_and_then_goes_on(
        self, client, clock, practitioner
    ):
        password_given(client, practitioner.user)
        client.get(ENROL)
        secret = client.session[SECRET_SESSION_KEY]
        clock.shift(5 * 60 + 1)

        answer = client.post(ENROL, {"code": shown(secret), "next": "/reviews/"})
        assert answer.url == "/account/reauthenticate/?next=%2Faccount%2Fsecond-factor%2Fapp%2F"
        answer = client.post(
            "/account/reauthenticate/", {"password": "a long enough password", "next": ENROL}
        )

        assert Authenticator.objects.filter(type="totp").exists()
        assert answer.url.startswith(CODES)

    def test_is_itself_a_showing_and_leads_by_the_recovery_codes_to_the_page_wanted(self, no_app):
        _, answer = enrol(no_app, next="/reviews/")

        page = no_app.get(answer.url)
        assert answer.url == f"{CODES}?next=%2Freviews%2F"
        assert page.context["unused_codes"][0] in page.content.decode()
        assert 'href="/reviews/"' in page.content.decode()
        assert no_app.get("/reviews/").status_code == 200

    def test_leads_home_when_the_page_wanted_is_of_another_site(self, no_app):
        page = no_app.get(enrol(no_app, next="https://thief.example/")[1].url).content.decode()

        assert "thief" not in page
        assert 'href="/home/"' in page

    @pytest.mark.parametrize("at_once", [False, True])
    def test_with_the_button_pressed_twice_still_shows_the_recovery_codes(
        self, no_app, monkeypatch, at_once
    ):
        secret, first = enrol(no_app)
        if at_once:  # neither request has seen what the other writes
            for module in ("clinic.people.staff", "allauth.mfa.totp.views"):
                monkeypatch.setattr(f"{module}.is_mfa_enabled", lambda *args: False)
            session = no_app.session
            session[SECRET_SESSION_KEY] = secret
            session.save()

        second = no_app.post(ENROL, {"code": shown(secret)})

        assert second.url == first.url == CODES

    def test_with_a_wrong_code_keeps_the_page_and_the_key(self, no_app):
        no_app.get(ENROL)
        secret = no_app.session[SECRET_SESSION_KEY]

        page = no_app.post(ENROL, {"code": another_than(shown(secret))}).content.decode()

        assert page.count(WRONG_CODE) == 2
        assert secret[:4] in page
        assert not Authenticator.objects.exists()

    def test_is_not_for_patients(self, client, account):
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")

        assert client.get(ENROL).status_code == 404


class TestACode:
    def test_signs_in_once(self, client, clock, enrolled):
        password_given(client, enrolled)
        assert code_given(client, shown()).url == "/home/"

        thief = Client()
        password_given(thief, enrolled)
        page = code_given(thief, shown()).content.decode()

        assert page.count(WRONG_CODE) == 2
        assert not is_in(thief)

    def test_that_set_up_the_app_does_not_sign_in_as_well(self, clock, no_app, practitioner):
        secret = enrol(no_app)[0]

        thief = Client()
        password_given(thief, practitioner.user)
        code_given(thief, shown(secret))

        assert not is_in(thief)

    def test_would_sign_in_twice_if_uses_were_not_noted(self, client, clock, enrolled, monkeypatch):
        monkeypatch.setattr(TOTP, "_mark_code_used", lambda self, code: True)
        for each in (client, Client()):
            password_given(each, enrolled)
            code_given(each, shown())

            assert is_in(each)

    def test_would_sign_in_twice_if_the_neighbours_of_a_code_counted(
        self, client, clock, enrolled, settings
    ):
        """Why there is no tolerance: the library forgets a use after 30 seconds."""
        settings.MFA_TOTP_TOLERANCE = 1
        code = shown()
        for each in (client, Client()):
            password_given(each, enrolled)
            code_given(each, code)
            clock.shift(31)

            assert is_in(each)

    def test_that_is_wrong_keeps_the_page_and_five_of_them_end_the_tries(
        self, client, clock, enrolled
    ):
        password_given(client, enrolled)
        pages = [code_given(client, another_than(shown())).content.decode() for _ in range(6)]

        assert [WRONG_CODE in page for page in pages] == [True] * 5 + [False]
        assert str(TOO_MANY) in pages[-1]
        code_given(client, shown())
        assert not is_in(client)

    def test_for_recovery_works_once(self, client, enrolled):
        code = RecoveryCodes.activate(enrolled).generate_codes()[0]
        thief = Client()
        for each in (client, thief):
            password_given(each, enrolled)
            code_given(each, code)

        assert is_in(client)
        assert not is_in(thief)
