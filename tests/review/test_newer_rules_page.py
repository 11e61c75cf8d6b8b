"""The page on which newer rules are answered, and where their hold is told."""

import pytest
from factories import part, token
from signing_in import client_of

from clinic.people.models import User
from intake.booking.services import book
from intake.review.models import Clearance, Rescreening
from intake.review.rescreening import rescreen_due
from intake.submission.models import Intake
from tests.review.changed_forms import decided, first_sent
from tests.review.published_later import RULED_OUT, STOP, weighs


@pytest.fixture
def form(complete, practitioner) -> Intake:
    return decided(first_sent(complete), practitioner.user)


@pytest.fixture
def visit(form, practitioner, room):
    return book(
        clearance=Clearance.objects.get(),
        parts=[part(practitioner, room)],
        token=token(),
        by=form.patient.account,
    )


@pytest.fixture
def raised(visit) -> Rescreening:
    weighs("diabetes", *STOP)
    rescreen_due()
    return Rescreening.objects.get()


@pytest.fixture
def address(form) -> str:
    return f"/reviews/{form.reference}/rules/"


class TestTheHold:
    def test_is_told_to_practitioners(self, raised, form, signed_in):
        queue = signed_in.get("/reviews/").content.decode()
        case = signed_in.get(f"/reviews/{form.reference}/").content.decode()

        assert "Newer rules raise something: 1 on hold" in queue
        assert "Newer rules raise something in what the patient sent" in case

    def test_is_told_to_the_front_desk_without_a_word_on_health(self, raised, visit, patient):
        desk = User.objects.create_user("sam@example.org", "a long password", is_reception=True)
        client = client_of(desk)
        pages = [
            client.get(f"/diary/?day={visit.starts_at:%Y-%m-%d}"),
            client.get(f"/diary/{visit.reference}/"),
            client.get(f"/diary/book/{patient.reference}/"),
        ]
        for page in pages:
            text = page.content.decode()
            assert "A practitioner has to read the form again." in text, page.request
            assert "diabetes" not in text.lower()

    def test_is_told_to_the_patient(self, raised, visit, account):
        client = client_of(account)
        client.get(f"/me/news/{raised.revision.intake.reference}/")

        for address in ("/me/", f"/me/visits/{visit.reference}/"):
            assert "is reading your form again" in client.get(address).content.decode()


class TestThePage:
    def test_lists_only_what_is_raised(self, raised, address, signed_in):
        page = signed_in.get(address).content.decode()

        assert "ask first" in page and "Do you have diabetes?" in page
        assert "osteoporosis" not in page.lower()

    def test_keeps_with_a_reason(self, raised, address, signed_in, today):
        sent = {"found": raised.pk, "do": "keep", "reason": "Feet checked."}

        assert signed_in.post(address, sent).status_code == 302

        assert Clearance.objects.live_on(today).exists()
        assert "This is answered." in signed_in.get(address).content.decode()

    def test_asks_for_a_reason(self, raised, address, signed_in, today):
        answer = signed_in.post(address, {"found": raised.pk, "do": "keep", "reason": " "})

        assert answer.status_code == 422
        assert "Write in a line why what was decided stands." in answer.content.decode()
        assert not Clearance.objects.live_on(today).exists()

    def test_leads_to_a_new_decision(self, raised, address, form, signed_in):
        answer = signed_in.post(address, {"found": raised.pk, "do": "again"})

        assert answer.headers["Location"] == f"/reviews/{form.reference}/"
        case = signed_in.get(f"/reviews/{form.reference}/").content.decode()
        assert "Someone has read this. Decide with it in mind." in case
        assert "Save the decision" in case

    @pytest.mark.parametrize("found", ["", "0", "x", "9" * 40])
    def test_of_something_else_stores_nothing(self, raised, address, signed_in, found):
        answer = signed_in.post(address, {"found": found, "do": "keep", "reason": "Fine."})

        assert answer.status_code == 302
        assert not raised.answers.exists()

    def test_does_not_offer_to_keep_what_is_ruled_out(self, form, address, signed_in):
        weighs("diabetes", *RULED_OUT)
        rescreen_due()

        page = signed_in.get(address).content.decode()

        assert "Newer rules rule out acupuncture and massage." in page
        assert 'value="keep"' not in page

    def test_says_when_there_is_nothing(self, form, address, signed_in):
        assert (
            "Nothing. The rules in force raise no more" in signed_in.get(address).content.decode()
        )
