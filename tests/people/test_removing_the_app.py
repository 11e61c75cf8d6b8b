"""An app is never taken away without the next one, nor shown by the password alone."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from clinic.people.adapters import AccountAdapter
from tests.people.conftest import SECRET, code_given, password_given, shown

ENROL, AGAIN = "/account/second-factor/app/", "/account/second-factor/again/"


class TestRemovingTheApp:
    def test_asks_for_the_next_one_at_once_even_in_this_session(self, client, enrolled):
        password_given(client, enrolled)
        code_given(client, shown())

        answer = client.post("/account/second-factor/app/remove/")

        assert answer.url == ENROL
        assert not Authenticator.objects.exists()
        assert client.get("/reviews/").url == f"{ENROL}?next=/reviews/"

    def test_asks_for_the_password_again_on_a_screen_that_was_left(self, client, clock, enrolled):
        password_given(client, enrolled)
        code_given(client, shown())
        clock.shift(5 * 60 + 1)

        answer = client.post("/account/second-factor/app/remove/")

        assert answer.url.startswith("/account/reauthenticate/")
        assert Authenticator.objects.exists()

    def test_would_not_ask_if_every_session_counted_as_fresh(
        self, client, clock, enrolled, monkeypatch
    ):
        monkeypatch.setattr(AccountAdapter, "is_reauthentication_required", lambda *a, **k: False)
        password_given(client, enrolled)
        code_given(client, shown())
        clock.shift(5 * 60 + 1)
        client.post("/account/second-factor/app/remove/")

        assert not Authenticator.objects.exists()


class TestASessionFromBeforeTheApp:
    def test_must_show_it_and_goes_on_to_the_page_wanted(self, no_app, practitioner):
        TOTP.activate(practitioner.user, SECRET)
        assert no_app.get("/reviews/").url == f"{AGAIN}?next=/reviews/"

        answer = no_app.post(AGAIN, {"code": shown(), "next": "/reviews/"})

        assert answer.url == "/reviews/"
        assert no_app.get("/reviews/").status_code == 200

    def test_is_not_helped_by_the_password_alone(self, no_app, practitioner):
        TOTP.activate(practitioner.user, SECRET)
        data = {"password": "a long enough password", "next": "/reviews/"}
        no_app.post("/account/reauthenticate/", data)

        assert no_app.get("/reviews/").url.startswith(AGAIN)
