"""What was typed on a page that outlived its session comes back, once, to the same person."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from factories import make_sent
from signing_in import BACKEND, client_of

from clinic.people import unsent
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission.services import begin

WORDS = "Every step hurts, most of all on stairs."


@pytest.fixture
def page(patient) -> str:
    load_rules()
    number = outline(load_questions().pk).page("own_words").number
    return f"/me/intake/{begin(by=patient.account).reference}/why/{number}/"


@pytest.fixture
def away(client, patient, page):
    """The patient opened the page, was away for an hour, and pressed the button."""
    sign_in(client, patient.account)
    assert client.get(page).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        return client.post(page, {"own_words": WORDS})


def sign_in(client: Client, account) -> None:
    client.force_login(account, backend=BACKEND)


class TestAPageOpenTooLong:
    def test_leads_back_to_itself_through_the_sign_in(self, away, page):
        assert away.url == f"/account/code/?next={page}"

    def test_has_what_was_typed_after_signing_in_again(self, client, away, patient, page):
        sign_in(client, patient.account)

        shown = client.get(page).content.decode()

        assert WORDS in shown
        assert "It is not saved yet." in shown

    def test_gives_it_back_once(self, client, away, patient, page):
        sign_in(client, patient.account)
        client.get(page)

        assert WORDS not in client.get(page).content.decode()

    def test_shows_nothing_to_someone_else_on_the_same_phone(
        self, client, away, other_patient, page
    ):
        sign_in(client, other_patient.account)

        assert client.get(page).status_code == 404
        assert WORDS not in client.get("/me/").content.decode()

    def test_keeps_the_words_sealed_in_the_session(self, client, away):
        kept = client.session[unsent.KEY]

        assert WORDS.split()[0].encode().hex() not in kept
        assert "own_words" not in kept

    def test_loses_them_without_this(self, client, patient, page, monkeypatch):
        monkeypatch.setattr(unsent, "keep", lambda request, *, user_id: None)
        sign_in(client, patient.account)
        client.get(page)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            client.post(page, {"own_words": WORDS})
        sign_in(client, patient.account)

        assert WORDS not in client.get(page).content.decode()

    def test_needs_the_form_token_so_that_no_other_site_can_put_words_there(self, patient, page):
        strict = Client(enforce_csrf_checks=True)
        sign_in(strict, patient.account)
        strict.get("/me/")
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            assert strict.post(page, {"own_words": WORDS}).status_code == 403

        assert unsent.KEY not in strict.session


class TestADecisionInterrupted:
    def test_comes_back_with_its_words(self, patient, practitioner):
        client, revision = client_of(practitioner.user), make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"
        client.get(address)
        form = {"revision": revision.pk, "for_patient": WORDS, "massage": "suitable"}
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            answer = client.post(f"{address}decide/", form)
        back = staff_session(client, practitioner.user)

        page = back.get(f"{address}decide/").content.decode()

        assert answer.url == f"/account/staff/?next={address}decide/"
        assert WORDS in page
        assert "Your decision" not in page

    def test_is_the_case_itself_when_there_is_nothing_to_give_back(self, patient, practitioner):
        client, revision = client_of(practitioner.user), make_sent(patient)
        address = f"/reviews/{revision.intake.reference}/"

        assert client.get(f"{address}decide/").url == address


def staff_session(client: Client, user) -> Client:
    """The same browser after signing in again with the second factor."""
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()
    return client
