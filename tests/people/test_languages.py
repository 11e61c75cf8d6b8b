"""In which language pages are: chosen here, kept by the account, or asked for by the browser."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from signing_in import client_of

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from clinic.people.languages import keep
from clinic.people.models import User
from intake.questionnaire.services import load_default as load_questions
from intake.submission.models import Intake

ASK, CONFIRM = "/account/code/", "/account/code/confirm/"


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def spanish_browser() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="es-MX,es;q=0.9,en;q=0.5")


def language_of(client: Client, address: str = "/") -> str:
    return re.search(r'<html lang="([^"]+)"', client.get(address).content.decode())[1]


def choose(client: Client, code: str, **more: str):
    return client.post("/language/", {"language": code, "next": "/start/", **more})


def sign_in(client: Client, email: str) -> None:
    client.post(ASK, {"email": email})
    client.post(CONFIRM, {"code": re.search(r"^(\d{6})$", mail.outbox[-1].body, re.M)[1]})


def first_page_of_a_draft(account: User) -> str:
    form = Intake.objects.create(patient=account.patients.get(), question_set=load_questions())
    return reverse("submission:page", args=[form.reference, "about_you", 1])


@pytest.mark.django_db
class TestAStranger:
    def test_reads_english_unless_the_browser_asks_for_another(self, client, spanish_browser):
        assert language_of(client) == "en"
        assert language_of(spanish_browser) == "es"
        assert language_of(Client(HTTP_ACCEPT_LANGUAGE="fr")) == "en"

    def test_reads_what_they_chose_and_comes_back_to_the_page_they_were_on(self, client):
        answer = choose(client, "es", next="/account/code/?next=/start/begin/")

        assert answer["Location"] == "/account/code/?next=/start/begin/"
        assert language_of(client) == language_of(client, "/start/") == "es"
        cookie = client.cookies["language"]
        assert (cookie["max-age"], cookie["samesite"], cookie["httponly"]) == ("", "Lax", True)

    def test_is_asked_on_every_page_where_nothing_is_typed(self, client):
        page = client.get("/").content.decode()

        assert re.search(r'value="en" lang="en" aria-pressed="true">English<', page)
        assert re.search(r'value="es" lang="es">Español<', page)

    @pytest.mark.parametrize("code", ["fr", "<b>", "", "en\0"])
    def test_keeps_the_language_when_the_choice_is_none_of_ours(self, spanish_browser, code):
        answer = choose(spanish_browser, code)

        assert (answer.status_code, answer.cookies) == (302, {})
        assert language_of(spanish_browser) == "es"

    def test_is_not_led_astray_by_a_cookie_that_names_no_language(self, client):
        client.cookies["language"] = "../../etc"

        assert language_of(client) == "en"

    @pytest.mark.parametrize("there", ["https://elsewhere.example/", "//elsewhere.example", "\0"])
    def test_is_never_led_to_another_site(self, client, there):
        assert choose(client, "es", next=there)["Location"] == "/"

    def test_changes_nothing_by_a_mere_visit(self, client):
        assert client.get("/language/").status_code == 405


class TestAPatient:
    def test_finds_the_choice_again_in_another_browser(self, account):
        choose(client_of(account), "es")

        assert language_of(client_of(account), "/me/") == "es"
        assert Event.objects.get(action="language_chosen").detail == "es"

    def test_leaves_one_trace_for_one_change(self, account):
        here = client_of(account)
        for _ in range(2):
            choose(here, "es")

        assert Event.objects.filter(action="language_chosen").count() == 1

    def test_reads_the_choice_made_in_this_browser_rather_than_that_of_the_account(self, account):
        keep(language="en", by=account)
        here = client_of(account)
        here.cookies["language"] = "es"

        assert language_of(here, "/me/") == "es"

    def test_reads_what_the_browser_asks_for_until_they_chose(self, account, spanish_browser):
        spanish_browser.force_login(account)

        assert language_of(spanish_browser, "/me/") == "es"

    def test_takes_a_choice_made_before_signing_in_along(self, client, account):
        choose(client, "es")
        sign_in(client, account.email)

        account.refresh_from_db()
        assert account.language == "es"

    def test_has_the_account_opened_in_the_language_of_the_page(self, spanish_browser, db):
        sign_in(spanish_browser, "nueva@example.org")

        assert User.objects.get().language == "es"
        assert language_of(client_of(User.objects.get()), "/me/") == "es"

    def test_sees_no_switch_where_words_are_typed(self, account):
        here = client_of(account)

        for address in (first_page_of_a_draft(account), "/me/people/add/"):
            assert b'name="language"' not in here.get(address).content
        assert b'name="language"' in here.get("/me/").content


class TestSomeoneWhoWorksHere:
    @pytest.mark.parametrize("address", ["/reviews/", "/diary/", "/nowhere/"])
    def test_reads_english_whatever_the_browser_asks_for(self, practitioner, address):
        here = client_of(practitioner.user)
        here.cookies["language"] = "es"
        page = here.get(address, headers={"accept-language": "es"})

        assert '<html lang="en"' in page.content.decode()
        assert page["Content-Language"] == "en"

    def test_manages_the_site_in_english(self, manager):
        here = client_of(manager)
        page = here.get("/admin/", headers={"accept-language": "es"}).content.decode()

        assert "Site management" in page and "Cerrar" not in page

    @pytest.mark.parametrize(
        "address",
        ["/account/staff/", "/account/password/reset/", "/account/password/reset/sent/"],
    )
    def test_finds_an_english_door(self, spanish_browser, db, address):
        assert language_of(spanish_browser, address) == "en"

    def test_has_no_language_to_keep(self, practitioner):
        with pytest.raises(NotAllowed):
            keep(language="es", by=practitioner.user)
        choose(client_of(practitioner.user), "es")

        practitioner.user.refresh_from_db()
        assert practitioner.user.language == ""


class TestTheDatabase:
    def test_keeps_codes_only(self, account):
        for code in ("es", "pt-br", ""):
            User.objects.filter(pk=account.pk).update(language=code)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=account.pk).update(language="<b>")

    def test_would_keep_anything_without_its_rule(self, account):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE people_user DROP CONSTRAINT language_is_a_code")
        User.objects.filter(pk=account.pk).update(language="<b>")

        account.refresh_from_db()
        assert account.language == "<b>"
