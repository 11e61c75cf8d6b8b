"""The pages of letters: bad input is a sentence, words are kept, readings are on record."""

import pytest
from django.test import Client
from factories import make_patient, make_sent
from signing_in import BACKEND, client_of

from clinic.audit.models import Event
from intake.referral import services
from intake.referral.models import Letter

FORM = {"to_name": "Dr Anand", "to_place": "Mill Street", "urgency": "R2", "body": "Dear colleague"}


@pytest.fixture
def signed_in(practitioner) -> Client:
    return client_of(practitioner.user)


@pytest.fixture
def letter(patient, practitioner) -> Letter:
    intake = make_sent(patient, answers={"doctor_name": "Dr Anand"}).intake
    return services.start(intake=intake, by=practitioner.user)


def address(letter: Letter, page: str = "") -> str:
    return f"/referrals/{letter.reference}/{page}"


class TestWriting:
    def test_begins_from_a_form_and_leads_to_the_words(self, signed_in, patient):
        intake = make_sent(patient).intake

        answer = signed_in.post(f"/referrals/form/{intake.reference}/")

        assert answer.url == f"/referrals/{Letter.objects.get().reference}/edit/"

    def test_saves_the_words_and_shows_the_letter(self, signed_in, letter):
        answer = signed_in.post(address(letter, "edit/"), FORM, follow=True)

        assert "Dear colleague" in answer.content.decode()
        assert Letter.objects.get().urgency == "R2"

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"to_name": ""}, "Write the name of the person or the service."),
            ({"body": ""}, "Write the letter."),
            ({"body": "a\x00b"}, "Null characters are not allowed."),
            ({"body": "x" * 10_001}, "at most 10000 characters"),
            ({"urgency": "now"}, "Select a valid choice"),
        ],
    )
    def test_says_what_to_put_right_and_keeps_what_was_typed(
        self, signed_in, letter, change, sentence
    ):
        answer = signed_in.post(address(letter, "edit/"), FORM | {"to_place": "Kept"} | change)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert "Kept" in page
        assert Letter.objects.get().to_place != "Kept"

    def test_of_a_letter_sent_meanwhile_keeps_what_was_typed(self, signed_in, letter, practitioner):
        services.send(letter=letter, permission="asked", way="post", by=practitioner.user)

        page = signed_in.post(address(letter, "edit/"), FORM).content.decode()

        assert "This letter was sent already." in page
        assert "Dear colleague" in page


class TestSendingOnThePage:
    def test_notes_it_and_shows_it_to_the_patient(self, signed_in, letter, patient):
        signed_in.post(address(letter, "send/"), {"permission": "asked", "way": "handed"})
        client = Client()
        client.force_login(patient.account, backend=BACKEND)

        assert "To Dr Anand" in client.get("/me/letters/").content.decode()
        page = client.get(f"/me/letters/{letter.reference}/").content.decode()
        assert "stiff since the summer" in page

    @pytest.mark.parametrize(
        ("form", "sentence"),
        [
            ({}, "Choose why this letter may leave the clinic."),
            ({"permission": "asked"}, "Choose how the letter goes."),
            ({"permission": "x", "way": "y"}, "Select a valid choice"),
            (
                {"permission": "on_form", "way": "post"},
                "On the form the patient agreed only to letters to their own doctor",
            ),
        ],
    )
    def test_says_what_is_missing(self, signed_in, letter, form, sentence):
        answer = signed_in.post(address(letter, "send/"), form)

        assert answer.status_code in (409, 422)
        assert sentence in answer.content.decode()
        assert Letter.objects.get().status == "drafted"


class TestNotingAReply:
    def test_keeps_it_with_the_letter(self, signed_in, letter, practitioner):
        services.send(letter=letter, permission="asked", way="post", by=practitioner.user)

        page = signed_in.post(
            address(letter, "reply/"), {"reply": "Light massage only."}, follow=True
        ).content.decode()

        assert "Light massage only." in page

    @pytest.mark.parametrize("reply", ["", "a\x00b", "x" * 10_001])
    def test_says_what_to_put_right(self, signed_in, letter, practitioner, reply):
        services.send(letter=letter, permission="asked", way="post", by=practitioner.user)

        assert signed_in.post(address(letter, "reply/"), {"reply": reply}).status_code == 422
        assert Letter.objects.get().status == "sent"


class TestReading:
    def test_by_staff_is_on_record(self, signed_in, letter, patient):
        signed_in.get(address(letter))

        assert Event.objects.about(patient).filter(action="read_letter").count() == 1

    @pytest.mark.parametrize("page", ["/referrals/T-2222-3333/", "/referrals/form/T-2222-3333/"])
    def test_an_unknown_reference_is_not_found(self, signed_in, page):
        assert signed_in.get(page).status_code == 404

    def test_a_draft_is_not_there_for_the_patient(self, letter, patient, client):
        client.force_login(patient.account, backend=BACKEND)

        assert client.get(f"/me/letters/{letter.reference}/").status_code == 404

    def test_takes_the_same_queries_with_one_letter_and_with_thirty(
        self, signed_in, letter, practitioner, django_assert_max_num_queries
    ):
        signed_in.get("/referrals/")
        with django_assert_max_num_queries(15) as one:
            signed_in.get("/referrals/")
        for number in range(29):
            patient = make_patient(f"p{number}@example.org", f"Patient {number}")
            services.start(intake=make_sent(patient).intake, by=practitioner.user)
        with django_assert_max_num_queries(15) as thirty:
            page = signed_in.get("/referrals/").content.decode()

        assert page.count("/referrals/T-") == 30
        assert len(thirty.captured_queries) == len(one.captured_queries)

    def test_of_one_letter_keeps_within_fifteen_queries(
        self, signed_in, letter, django_assert_max_num_queries
    ):
        signed_in.get(address(letter))

        with django_assert_max_num_queries(15):
            signed_in.get(address(letter))
