"""Signing in by e-mailed code: alike for every address, and never for staff."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from clinic.audit.models import Event
from clinic.people.adapters import AccountAdapter
from clinic.people.models import User

ASK, CONFIRM = "/account/code/", "/account/code/confirm/"


def code_sent() -> str:
    return re.search(r"^(\d{6})$", mail.outbox[-1].body, re.M).group(1)


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


class TestTheSession:
    def test_ends_with_the_browser(self, client, account):
        client.post(ASK, {"email": account.email})
        client.post(CONFIRM, {"code": code_sent()})

        assert client.session.get_expire_at_browser_close()
        assert client.cookies["sessionid"]["max-age"] == ""


class TestAskingForACode:
    def test_opens_a_passwordless_account_for_a_new_address(self, client, db):
        response = client.post(ASK, {"email": "New.Person@example.org", "next": "/start/begin/"})
        assert response.status_code == 302
        user = User.objects.get()
        assert user.email == "new.person@example.org"
        assert not user.has_usable_password()
        assert Event.objects.get().action == "account_opened"
        response = client.post(response.url, {"code": code_sent(), "next": "/start/begin/"})
        assert response.url == "/start/begin/"
        assert client.get("/start/begin/").status_code == 200

    def test_uses_the_account_there_is_however_the_address_is_written(self, client, account):
        client.post(ASK, {"email": account.email.upper()})
        assert User.objects.count() == 1
        assert client.post(CONFIRM, {"code": code_sent()}).status_code == 302
        assert int(client.session["_auth_user_id"]) == account.pk

    def test_answers_known_new_staff_and_ended_addresses_alike(self, client, account, practitioner):
        User.objects.create_user("gone@example.org", is_active=False)
        seen = set()
        staff = practitioner.user.email
        for email in (account.email, "new@example.org", staff, "gone@example.org"):
            client.logout()
            response = client.post(ASK, {"email": email})
            page = client.get(response.url).content.decode().replace(email, "ADDRESS")
            page = re.sub(r'value="[^"]*"', "", page)
            seen.add((response.status_code, response.url, page))
            assert len(mail.outbox) == 1
            mail.outbox.clear()
        assert len(seen) == 1

    @pytest.mark.parametrize("who", ["practitioner", "manager", "ended"])
    def test_never_sends_a_code_to_staff_or_to_those_whose_access_ended(
        self, client, practitioner, who
    ):
        email = {
            "practitioner": practitioner.user.email,
            "manager": User.objects.create_user("m@example.org", is_manager=True).email,
            "ended": User.objects.create_user("gone@example.org", is_active=False).email,
        }[who]
        client.post(ASK, {"email": email})
        assert not re.search(r"\d{6}", mail.outbox[-1].body)
        for code in ("", "000000", "None"):
            client.post(CONFIRM, {"code": code})
        assert "_auth_user_id" not in client.session

    def test_would_let_staff_in_by_mailbox_alone_without_that_rule(
        self, client, practitioner, monkeypatch
    ):
        found = User.objects.get(pk=practitioner.user.pk)
        monkeypatch.setattr("clinic.people.sign_in.account_for_code", lambda *, email: found)
        client.post(ASK, {"email": found.email})
        client.post(CONFIRM, {"code": code_sent()})
        assert int(client.session["_auth_user_id"]) == found.pk

    @pytest.mark.parametrize(
        "email", ["", "x", "\x00@example.org", "a" * 60 + "@" + "b.c" * 80 + ".org", "é@例え.jp\n"]
    )
    def test_explains_an_address_that_cannot_be_one(self, client, db, email):
        response = client.post(ASK, {"email": email})
        assert response.status_code == 200
        assert "There is a problem" in response.content.decode()
        assert not User.objects.exists()


class TestALookAlikeAddress:
    @pytest.mark.parametrize("address", ["ıngrid@example.org", "ingrid@ſite.example.org"])
    def test_leads_to_no_account_and_opens_none(self, client, db, address):
        User.objects.create_user("ingrid@example.org")

        response = client.post(ASK, {"email": address})

        assert response.status_code == 200
        assert "There is a problem" in response.content.decode()
        assert (User.objects.count(), len(mail.outbox)) == (1, 0)

    def test_is_refused_by_the_database(self, db):
        with pytest.raises(IntegrityError):
            User.objects.create_user("ıngrid@example.org")


class TestTryingCodes:
    def test_is_limited_for_the_address_however_many_browsers_try(self, account, settings):
        settings.ACCOUNT_RATE_LIMITS = {"try_login_code": "4/m/key"}
        statuses = []
        for _ in range(3):
            browser = Client()
            browser.post(ASK, {"email": account.email})
            wrong = "111111" if code_sent() != "111111" else "222222"
            statuses += [browser.post(CONFIRM, {"code": wrong}).status_code for _ in range(2)]

        assert statuses == [200, 200, 200, 200, 429, 429]

    def test_a_wrong_code_is_refused_and_five_of_them_end_the_attempt(self, client, account):
        client.post(ASK, {"email": account.email})
        right = code_sent()
        wrong = "111111" if right != "111111" else "222222"
        for _ in range(4):
            assert client.post(CONFIRM, {"code": wrong}).status_code == 200
        assert client.post(CONFIRM, {"code": wrong}).url == reverse("account_request_login_code")
        client.post(CONFIRM, {"code": right})
        assert "_auth_user_id" not in client.session

    def test_a_code_never_leads_to_another_site(self, client, account):
        client.post(ASK, {"email": account.email})
        away = "https://example.net/"
        response = client.post(CONFIRM, {"code": code_sent(), "next": away})
        assert not response.url.startswith("http")


class TestSigningUpWithAPassword:
    def test_is_closed_since_it_would_leave_a_strangers_password_on_the_account(self, client, db):
        data = {"email": "victim@example.org", "password1": "correct horse battery staple"}
        client.post("/account/signup/", data)
        assert not User.objects.exists()

    def test_would_leave_it_there_if_it_were_open(self, client, db, monkeypatch):
        monkeypatch.setattr(AccountAdapter, "is_open_for_signup", lambda self, request: True)
        data = {"email": "victim@example.org", "password1": "correct horse battery staple"}
        client.post("/account/signup/", data)
        assert User.objects.get().has_usable_password()


class TestStaffSigningIn:
    def test_by_password_reaches_nothing_before_the_second_factor(self, client, practitioner):
        data = {"login": practitioner.user.email, "password": "a long enough password"}
        client.post("/account/staff/", data)
        assert int(client.session["_auth_user_id"]) == practitioner.user.pk
        assert client.get("/home/").url.startswith(reverse("mfa_activate_totp"))
