"""A link by e-mail: for staff, once, for an hour; and nobody learns from the page who has one."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.test import Client
from django.utils import timezone

from clinic.people import forms, tokens
from clinic.people.models import User
from tests.people.conftest import (
    NEW,
    PASSWORD,
    code_given,
    is_in,
    link_asked,
    password_chosen,
    password_given,
    shown,
)

ASK = "/account/password/reset/"


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


class TestANewColleague:
    def test_chooses_a_password_by_the_link_and_signs_in_with_it(self, client, colleague):
        link = link_asked(client, "Sam@Example.org")

        assert password_chosen(client, link).url == "/account/password/reset/done/"
        assert (
            "Your password is saved" in client.get("/account/password/reset/done/").content.decode()
        )
        assert password_given(client, colleague, NEW).url == "/home/"
        assert is_in(client)

    def test_is_found_however_the_manager_wrote_the_address(self, manager, admin_page):
        data = {"email": "New.Person@Clinic.Example", "name": "New", "is_active": "on"}
        admin_page.post("/admin/people/user/add/", data | {"is_reception": "on"})

        assert link_asked(Client(), "new.person@clinic.example")

    def test_may_enrol_afterwards_since_the_link_notes_no_unverified_address(
        self, client, colleague
    ):
        password_chosen(client, link_asked(client, colleague.email))
        password_given(client, colleague, NEW)

        assert not EmailAddress.objects.exists()
        assert "Scan this picture" in client.get("/home/", follow=True).content.decode()


class TestTheEmail:
    def test_names_the_clinic_the_hour_and_what_to_do_if_it_was_someone_else(
        self, client, colleague, settings
    ):
        link_asked(client, colleague.email)

        (sent,) = mail.outbox
        assert sent.to == [colleague.email]
        assert sent.subject == "Choose your password"
        for words in ("works once, and for 1 hour", "If you did not ask for this", "Our clinic"):
            assert words in sent.body
        assert settings.PASSWORD_RESET_TIMEOUT == 3600
        assert not sent.alternatives

    def test_leads_to_the_clinics_own_address_whatever_host_was_asked(
        self, client, colleague, settings
    ):
        settings.ALLOWED_HOSTS = ["*"]
        settings.SITE_URL = "https://clinic.example"

        client.post(ASK, {"email": colleague.email}, headers={"host": "thief.example"})

        assert "https://clinic.example/account/password/reset/key/" in mail.outbox[0].body
        assert "thief" not in mail.outbox[0].body


class TestAnAddressWithoutAPassword:
    @pytest.fixture
    def addresses(self, account, colleague) -> list[str]:
        User.objects.create_user("gone@example.org", PASSWORD, is_manager=True, is_active=False)
        return [colleague.email, account.email, "gone@example.org", "nobody@example.org"]

    def test_is_answered_on_the_page_exactly_like_one_with(self, client, addresses):
        pages = set()
        for email in addresses:
            answer = client.post(ASK, {"email": email})
            page = client.get(answer.url).content.decode()
            pages.add((answer.status_code, answer.url, re.sub(r'value="[^"]*"', "", page)))

        assert len(pages) == 1
        assert [sent.to for sent in mail.outbox] == [[email] for email in addresses]

    def test_is_sent_no_link_but_the_way_in_there_is(self, client, addresses):
        links = [link_asked(client, email) for email in addresses]

        assert links[1:] == [None, None, None]
        assert len({sent.body for sent in mail.outbox[1:]}) == 1
        assert "you sign in with a code" in mail.outbox[-1].body

    def test_would_be_sent_a_link_if_only_the_library_chose(self, client, account, monkeypatch):
        monkeypatch.setattr(forms, "may_choose_password", lambda user: True)

        assert link_asked(client, account.email)

    def test_gets_no_password_even_by_a_well_made_link(self, client, account, monkeypatch):
        token = PasswordResetTokenGenerator().make_token(account)
        link = f"{ASK}key/{user_pk_to_url_str(account)}-{token}/"

        assert "no longer works" in client.get(link).content.decode()
        monkeypatch.setattr(tokens, "may_choose_password", lambda user: True)
        password_chosen(client, link)  # the twin: without the check it would
        account.refresh_from_db()
        assert account.has_usable_password()


class TestALink:
    def test_works_once(self, client, colleague):
        link = link_asked(client, colleague.email)
        password_chosen(client, link)

        password_chosen(Client(), link, "another password altogether")

        colleague.refresh_from_db()
        assert colleague.check_password(NEW)
        assert "This link no longer works" in Client().get(link).content.decode()

    def test_would_work_again_if_the_password_were_not_part_of_it(
        self, client, colleague, monkeypatch
    ):
        monkeypatch.setattr(
            tokens.StaffTokens, "_make_hash_value", lambda self, user, at: f"{user.pk}{at}"
        )
        link = link_asked(client, colleague.email)
        password_chosen(client, link)

        password_chosen(Client(), link, "another password altogether")

        colleague.refresh_from_db()
        assert colleague.check_password("another password altogether")

    def test_is_not_used_up_by_a_mail_scanner_that_opens_it(self, client, colleague):
        link = link_asked(client, colleague.email)
        Client().get(link, follow=True)

        assert password_chosen(client, link).status_code == 302

    def test_dies_after_an_hour(self, client, colleague):
        with time_machine.travel(timezone.now() - timedelta(minutes=61), tick=True):
            link = link_asked(client, colleague.email)

        assert "no longer works" in client.get(link).content.decode()

    def test_dies_when_access_ends_even_on_the_open_page(self, client, colleague):
        page = client.get(link_asked(client, colleague.email)).url
        User.objects.filter(pk=colleague.pk).update(is_active=False)

        client.post(page, {"password1": NEW, "password2": NEW})

        colleague.refresh_from_db()
        assert not colleague.has_usable_password()

    def test_neither_removes_nor_skips_the_second_factor(self, client, enrolled):
        password_chosen(client, link_asked(client, enrolled.email))

        assert Authenticator.objects.get(user=enrolled)
        assert password_given(client, enrolled, NEW).url == "/account/second-factor/check/"
        assert not is_in(client)
        assert code_given(client, shown()).url == "/home/"

    def test_would_skip_it_if_the_link_signed_in(self, client, colleague, settings):
        settings.ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
        password_chosen(client, link_asked(client, colleague.email))

        assert is_in(client)

    def test_ends_every_session_there_was(self, client, enrolled):
        elsewhere = Client()
        elsewhere.force_login(
            enrolled, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        password_chosen(client, link_asked(client, enrolled.email))

        assert "/account/code/" in elsewhere.get("/home/").url
