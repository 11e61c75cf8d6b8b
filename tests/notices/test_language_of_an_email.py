"""An e-mail is in the language of its reader, whoever and whatever sends it."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import get_language, override

from clinic.notices.models import Kind
from clinic.notices.services import send, tell
from clinic.people.languages import keep
from clinic.people.models import User

WHEN = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)


def sent(patient, kind: str) -> mail.EmailMessage:
    send(notice_id=tell(patient=patient, kind=kind, reference="T-2222-3333", when=WHEN).pk)
    return mail.outbox[-1]


class TestANotice:
    def test_is_in_the_language_of_the_account_with_its_dates(self, patient):
        keep(language="es", by=patient.account)
        letter = sent(patient, Kind.BOOKED)

        assert letter.subject == "Su visita está reservada - Our clinic"
        assert "el miércoles 2 de diciembre de 2026, 9:30 (hora de la clínica)" in letter.body
        assert "número de emergencias de su país" in letter.body
        assert get_language() == "en"

    def test_is_in_english_for_who_chose_nothing(self, patient):
        assert "Wednesday 2 December 2026, 9:30" in sent(patient, Kind.BOOKED).body

    def test_is_not_in_the_language_of_the_one_who_caused_it(self, patient):
        keep(language="en", by=patient.account)
        with override("es"):
            letter = sent(patient, Kind.CANCELLED)

        assert letter.subject == "Your visit is cancelled - Our clinic"

    @pytest.mark.parametrize("kind", Kind.values)
    def test_of_every_kind_has_words_of_its_own(self, patient, kind):
        english = sent(patient, kind)
        keep(language="es", by=patient.account)
        spanish = sent(patient, kind)

        assert english.subject != spanish.subject
        lines = set(english.body.split("\n")) & set(spanish.body.split("\n"))
        assert lines == {"", "Our clinic"}


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


class TestACode:
    def test_comes_in_the_language_of_the_account(self, client, account):
        keep(language="es", by=account)
        client.post("/account/code/", {"email": account.email})

        assert mail.outbox[0].subject == "Su código para entrar"

    def test_comes_to_a_new_address_in_the_language_of_the_page(self, db):
        Client(HTTP_ACCEPT_LANGUAGE="es").post("/account/code/", {"email": "nueva@example.org"})

        assert "Su código es:" in mail.outbox[0].body

    def test_is_refused_to_people_who_work_here_in_english(self, practitioner):
        address = practitioner.user.email
        Client(HTTP_ACCEPT_LANGUAGE="es").post("/account/code/", {"email": address})

        assert mail.outbox[0].subject == "Signing in"

    def test_does_not_change_the_language_of_an_account_that_was_there(self, account):
        keep(language="en", by=account)
        Client(HTTP_ACCEPT_LANGUAGE="es").post("/account/code/", {"email": account.email})

        assert User.objects.get(pk=account.pk).language == "en"
