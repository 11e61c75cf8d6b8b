"""What we wrote to a patient: new until it is opened, and new again when there is more."""

import pytest
from factories import make_clearance, make_sent

from clinic.notices.models import Opened
from intake.review.services import Opinion, decide, open_form, step
from intake.submission.services import move
from tests.home.test_home_history import a_letter

NEW = '<strong class="new">New</strong>'


@pytest.fixture
def decided(patient, practitioner):
    return make_clearance(patient, practitioner).revision


class TestMessages:
    def test_without_any_say_so(self, signed_in, patient):
        assert "We have not written to you yet." in signed_in.get("/me/messages/").content.decode()

    def test_are_new_until_opened(self, signed_in, home, decided):
        assert NEW in home()
        assert "Messages from us (1 new)" in home()

        signed_in.get(f"/me/news/{decided.intake.reference}/")

        assert NEW not in home()
        assert "Mei Lindqvist read the form and wrote to you." in home()

    def test_are_new_again_when_something_was_added(self, signed_in, home, decided, practitioner):
        signed_in.get(f"/me/news/{decided.intake.reference}/")
        move(intake=decided.intake, name="reopen", by=practitioner.user)
        opinions = [Opinion(therapy, "suitable") for therapy in decided.wanted]
        decide(revision=decided, opinions=opinions, by=practitioner.user)

        assert NEW in home()

    def test_hold_letters_that_left_the_clinic_with_the_form(
        self, signed_in, decided, practitioner
    ):
        a_letter(decided.intake, practitioner)

        found = signed_in.get("/me/messages/").context["all"]
        assert [message.sentence for message in found] == [
            "We sent a letter to Dr Anand.",
            "Mei Lindqvist read the form and wrote to you.",
        ]
        signed_in.get(found[0].address)
        again = signed_in.get("/me/messages/").context["all"]
        assert [message.is_new for message in again] == [False, True]

    def test_say_that_we_have_a_question_and_its_page_opens_it(
        self, signed_in, patient, practitioner
    ):
        intake = make_sent(patient).intake
        open_form(intake=intake, by=practitioner.user)
        step(intake=intake, name="ask", by=practitioner.user)

        [message] = signed_in.get("/me/messages/").context["all"]
        assert (message.sentence, message.is_new) == ("We have a question for you.", True)
        signed_in.get(message.address)
        assert not signed_in.get("/me/messages/").context["all"][0].is_new

    def test_of_someone_else_are_neither_shown_nor_opened(
        self, stranger, signed_in, decided, patient
    ):
        assert stranger.get("/me/messages/").context["all"] == []
        assert stranger.get(f"/me/for/{patient.reference}/messages/").status_code == 404
        assert stranger.get(f"/me/news/{decided.intake.reference}/").status_code == 404
        assert not Opened.objects.exists()

    def test_carry_no_health_word_in_titles_and_addresses(self, signed_in, decided, practitioner):
        a_letter(decided.intake, practitioner)
        page = signed_in.get("/me/messages/")

        title = page.content.decode().partition("<title>")[2].partition("</title>")[0]
        assert title == "Messages - Our clinic"
        for message in page.context["all"]:
            assert message.address.strip("/").split("/")[:2] in (["me", "news"], ["me", "letters"])
