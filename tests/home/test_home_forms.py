"""The forms of a patient, and what was signed with each."""

import pytest
from factories import make_sent
from signing_in import client_of

from intake.submission import services
from intake.submission.models import Intake
from tests.home.conftest import address_of
from tests.submission.conftest import complete, draft, questions, today

__all__ = ["complete", "draft", "questions", "today"]


@pytest.fixture
def sent(complete) -> Intake:
    services.send(intake=complete, token=str(complete.form_token), by=complete.patient.account)
    complete.refresh_from_db()
    return complete


class TestTheListOfForms:
    def test_without_any_says_so(self, signed_in, patient):
        assert "There is no form yet." in signed_in.get("/me/forms/").content.decode()

    def test_says_where_each_stands_and_leads_to_the_copy(self, signed_in, sent):
        page = signed_in.get("/me/forms/").content.decode()

        assert "We have your form. A practitioner will read it." in page
        assert f'href="/me/intake/{sent.reference}/copy/"' in page
        assert f'href="/me/intake/{sent.reference}/signed/"' in page

    def test_offers_no_copy_of_a_draft(self, signed_in, draft):
        page = signed_in.get("/me/forms/").content.decode()

        assert f'href="/me/intake/{draft.reference}/"' in page
        assert "copy/" not in page

    def test_on_home_shows_three_and_the_way_to_all(self, signed_in, patient):
        for _ in range(4):
            make_sent(patient)

        page = signed_in.get("/me/")

        assert len(page.context["forms"]) == 3
        assert f'href="{address_of(patient, "forms/")}"' in page.content.decode()
        assert len(signed_in.get("/me/forms/").context["forms"]) == 4


class TestWhatWasSigned:
    def test_has_the_text_the_answer_the_version_and_the_name(self, signed_in, sent):
        page = signed_in.get(f"/me/intake/{sent.reference}/signed/").content.decode()

        for words in (
            "Do you agree to acupuncture, if a practitioner finds it suitable for you?",
            "I have read this and I agree to acupuncture",
            "Each is used once. We count them in and out.",
            "Signed by Rosa Okafor",
            "What I have written is true as far as I know.",
            f"Version of the questions: {sent.question_set.number}",
        ):
            assert words in page

    def test_shows_nothing_but_consents(self, signed_in, sent):
        page = signed_in.get(f"/me/intake/{sent.reference}/signed/").content.decode()

        assert "Metformin" not in page
        assert "My back aches when I sit." not in page

    def test_of_a_draft_is_nothing(self, signed_in, draft):
        page = signed_in.get(f"/me/intake/{draft.reference}/signed/").content.decode()

        assert "nothing is signed" in page

    def test_of_someone_else_is_not_found(self, stranger, sent, practitioner):
        for client in (stranger, client_of(practitioner.user)):
            assert client.get(f"/me/intake/{sent.reference}/signed/").status_code == 404


class TestSomethingChanged:
    def test_can_be_told_once_a_form_was_sent(self, home, patient):
        assert "Something changed in my health" not in home()

        make_sent(patient)

        assert "Something changed in my health" in home()
        assert "You cannot book new times until they have." in home()

    def test_is_not_offered_about_a_form_taken_back(self, home, patient):
        services.move(intake=make_sent(patient).intake, name="withdraw", by=patient.account)

        assert "Something changed in my health" not in home()
