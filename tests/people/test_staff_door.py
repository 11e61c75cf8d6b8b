"""The staff door: one, counted, and leading on to the page that was asked for."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.urls import get_resolver
from django.utils import timezone

from clinic.people import staff
from clinic.people.models import User
from tests.people.conftest import (
    NEW,
    PASSWORD,
    code_given,
    enrol,
    is_in,
    link_asked,
    password_chosen,
    password_given,
    shown,
)

WRONG = "do not belong together"
TOO_MANY = "There were too many tries. Wait 5 minutes, then try again."


class TestGoingOn:
    def test_leads_to_the_page_that_was_asked_for(self, client, enrolled):
        door = client.get("/reviews/").url
        assert door == "/account/staff/?next=/reviews/"

        password_given(client, enrolled, next="/reviews/")
        assert code_given(client, shown()).url == "/reviews/"

    @pytest.mark.parametrize(
        "away", ["https://thief.example/", "//thief.example/", "javascript:alert(1)", "\x00", ""]
    )
    def test_never_leads_to_another_site(self, client, enrolled, away):
        password_given(client, enrolled, next=away)

        assert code_given(client, shown()).url == "/home/"

    def test_from_the_page_for_patients_keeps_the_place(self, client, db):
        page = client.get("/account/code/?next=/home/").content.decode()

        assert 'href="/account/staff/?next=%2Fhome%2F"' in page

    def test_is_possible_after_a_try_at_the_patients_door(self, client, enrolled):
        client.post("/account/code/", {"email": enrolled.email})

        assert client.get("/account/staff/").status_code == 200
        assert client.get("/account/code/").status_code == 200

    def test_would_lead_back_into_the_half_done_way_in(self, client, enrolled, monkeypatch):
        monkeypatch.delattr(staff.StartsAgain, "_redirect_to_pending_stage")
        client.post("/account/code/", {"email": enrolled.email})

        assert client.get("/account/staff/").url == "/account/code/confirm/"


class TestWrongPasswords:
    def test_are_said_alike_for_known_and_unknown_addresses(self, client, enrolled, account):
        stranger = User(email="nobody@example.org")
        pages = [
            password_given(client, user, "wrong").content.decode()
            for user in (enrolled, account, stranger)
        ]

        assert all(WRONG in page and "<title>Error: Staff sign-in" in page for page in pages)

    def test_lock_the_address_after_five_and_say_how_long(self, client, enrolled):
        pages = [password_given(client, enrolled, "wrong").content.decode() for _ in range(6)]

        assert [WRONG in page for page in pages] == [True] * 5 + [False]
        page = password_given(client, enrolled).content.decode()
        assert page.count(TOO_MANY) == 2  # above and at the input
        assert not is_in(client)

    def test_would_go_on_for_ever_without_limits(self, client, enrolled, settings):
        settings.ACCOUNT_RATE_LIMITS = False
        for _ in range(6):
            password_given(client, enrolled, "wrong")

        assert password_given(client, enrolled).url == "/account/second-factor/check/"

    def test_from_one_place_end_in_a_page_that_says_so(self, client, enrolled, settings):
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
        password_given(client, enrolled, "wrong")

        answer = password_given(client, enrolled, "wrong")

        assert answer.status_code == 429
        assert "Wait a minute, then try again." in answer.content.decode()

    def test_are_not_what_someone_whose_access_ended_is_told(self, client, manager):
        User.objects.filter(pk=manager.pk).update(is_active=False)

        answer = password_given(client, manager)

        assert answer.url == "/account/inactive/"
        assert "talk to a manager" in client.get(answer.url).content.decode()
        assert not is_in(client)


class TestTheAdminsOwnForm:
    def test_is_the_staff_door(self, client, db):
        answer = client.get("/admin/login/?next=/admin/people/user/")

        assert answer.url == "/account/staff/?next=/admin/people/user/"
        assert client.post("/admin/login/", {"username": "x"}).url == "/account/staff/?next=/admin/"
        assert "thief" not in client.get("/admin/login/?next=https://thief.example/").url

    def test_would_count_no_tries(self, client, manager, monkeypatch):
        (admin_routes,) = (r for r in get_resolver().url_patterns if str(r.pattern) == "admin/")
        (route,) = (r for r in admin_routes.url_patterns if getattr(r, "name", "") == "login")
        monkeypatch.setattr(route, "callback", partial(AdminSite.login, admin.site))
        for _ in range(12):
            client.post("/admin/login/", {"username": manager.email, "password": "wrong"})

        client.post("/admin/login/", {"username": manager.email, "password": PASSWORD})

        assert is_in(client)

    def test_for_changing_a_password_is_the_clinics_page(self, admin_page):
        assert admin_page.get("/admin/password_change/").url == "/account/password/"


class TestBeingAway:
    def test_signs_out_and_says_so_on_the_next_page(self, client, enrolled):
        password_given(client, enrolled)
        code_given(client, shown())
        client.get("/reviews/")

        with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
            page = client.get("/reviews/", follow=True)

        assert page.redirect_chain == [("/account/staff/?next=/reviews/", 302)]
        assert "You were away for a while, so we signed you out." in page.content.decode()
        assert not is_in(client)

    def test_with_a_form_open_leads_home_and_does_not_send_it_again(self, client, enrolled):
        assert client.post("/reviews/").url == "/account/staff/?next=/home/"


class TestChangingThePassword:
    def test_keeps_this_session_and_says_the_others_have_ended(self, client, enrolled):
        password_given(client, enrolled)
        code_given(client, shown())
        data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

        page = client.post("/account/password/", data, follow=True)

        assert page.redirect_chain == [("/account/second-factor/", 302)]
        assert "Everywhere else you are signed out." in page.content.decode()
        enrolled.refresh_from_db()
        assert enrolled.check_password(NEW)

    def test_is_by_e_mail_for_someone_who_has_none_yet(self, client, colleague):
        client.force_login(colleague, backend="allauth.account.auth_backends.AuthenticationBackend")
        enrol(client)

        page = client.get("/account/password/", follow=True)

        assert page.redirect_chain[-1] == ("/account/password/reset/", 302)

    def test_is_not_for_patients_who_have_none(self, client, account):
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")

        assert client.get("/account/password/").status_code == 404


def test_a_link_opened_while_signed_in_as_someone_else_signs_that_one_out(
    client, enrolled, colleague
):
    password_given(client, enrolled)
    code_given(client, shown())
    password_chosen(client, link_asked(client, colleague.email))

    assert not is_in(client)
