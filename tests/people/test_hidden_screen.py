"""The privacy curtain: hidden for the whole session until its person proves themselves."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from factories import make_sent
from signing_in import client_of

HIDE, PASSWORD = "/hide/", "a long enough password"
AGAIN, CODE = "/account/reauthenticate/", "/account/second-factor/again/"


@pytest.fixture
def case(patient) -> str:
    return f"/reviews/{make_sent(patient).intake.reference}/"


@pytest.fixture
def browser(practitioner):
    return client_of(practitioner.user)


@pytest.fixture
def hidden(browser, case):
    browser.post(HIDE, {"next": case})
    return browser


class TestAHiddenScreen:
    @pytest.mark.parametrize("address", ["/reviews/", "/diary/", "/account/second-factor/", "/"])
    def test_shows_nothing_of_any_page(self, hidden, address):
        page = hidden.get(address).content.decode()

        assert "This screen is hidden" in page
        assert "Reviews</a>" not in page

    def test_stays_where_it_was_and_says_nothing_of_anyone(self, browser, case, patient):
        answer = browser.post(HIDE, {"next": case})

        assert answer.url == case
        page = browser.get(case)
        assert "This screen is hidden" in page.content.decode()
        assert patient.name not in page.content.decode()
        assert page["Cache-Control"] == "no-store"

    def test_is_lifted_by_the_password(self, hidden, case, patient):
        answer = hidden.post(AGAIN, {"password": PASSWORD, "next": case})

        assert answer.url == case
        assert patient.name in hidden.get(case).content.decode()

    def test_is_lifted_by_a_code(self, hidden, case, patient, practitioner):
        secret = decrypt(
            Authenticator.objects.get(user=practitioner.user, type="totp").data["secret"]
        )
        code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

        hidden.post(CODE, {"code": code, "next": case})

        assert patient.name in hidden.get(case).content.decode()

    def test_stays_hidden_after_a_wrong_password(self, hidden, case):
        answer = hidden.post(AGAIN, {"password": "guess", "next": case})

        assert "This is not your password" in answer.content.decode()
        assert "This screen is hidden" in hidden.get(case).content.decode()

    def test_is_not_guessed_at_without_end(self, hidden, case):
        answers = [hidden.post(AGAIN, {"password": str(n), "next": case}) for n in range(12)]

        assert answers[-1].status_code == 429

    def test_is_not_lifted_by_an_earlier_proof(self, browser, case):
        browser.post(AGAIN, {"password": PASSWORD, "next": case})
        browser.post(HIDE, {"next": case})

        assert "This screen is hidden" in browser.get(case).content.decode()

    def test_stores_nothing_that_is_sent_and_gives_what_was_typed_back(self, hidden, case):
        put_back = f"{case}put-back/"

        answer = hidden.post(put_back, {"note": "Ask about the fall"})
        hidden.post(AGAIN, {"password": PASSWORD, "next": put_back})

        assert answer.url == put_back
        assert "Ask about the fall" in hidden.get(put_back).content.decode()

    def test_keeps_what_was_to_be_said_until_it_is_lifted(self, browser, case):
        browser.post(f"{case}note/", {"text": "x"})
        browser.post(HIDE, {"next": case})

        assert "note is saved" not in browser.get(case).content.decode()
        browser.post(AGAIN, {"password": PASSWORD, "next": case})
        assert "note is saved" in browser.get(case).content.decode()

    def test_leads_nowhere_else(self, browser):
        assert browser.post(HIDE, {"next": "https://example.com/"}).url == "/home/"

    def test_can_still_be_ended_from_another_device(self, browser, case, practitioner):
        known = UserSession.objects.create(
            user=practitioner.user,
            ip="127.0.0.1",
            user_agent="x",
            session_key=browser.session.session_key,
        )

        browser.post(HIDE, {"next": case})

        known.refresh_from_db()
        assert known.session_key == browser.session.session_key

    def test_can_be_signed_out_of(self, hidden):
        hidden.post("/account/logout/")

        assert hidden.get("/reviews/").status_code == 302


def test_is_no_matter_of_patients(account):
    patient_browser = client_of(account)

    assert patient_browser.post(HIDE).status_code == 404
    assert "Hide screen" not in patient_browser.get("/me/").content.decode()
