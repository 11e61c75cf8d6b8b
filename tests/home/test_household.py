"""Several people under one account: each with a record of their own, and nobody else's."""

import pytest
from factories import make_clearance, make_patient, make_sent
from signing_in import client_of

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from clinic.people.models import Patient, User
from intake.home.services import MOST, TooMany, look_after
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from intake.submission.models import Intake
from intake.submission.services import begin
from tests.home.conftest import address_of

ADD = "/me/people/add/"


@pytest.fixture
def open_form_set(db) -> None:
    load_rules()
    load_questions()


class TestAddingSomeone:
    def test_gives_them_a_page_of_their_own_and_leaves_a_trace(self, signed_in, patient):
        answer = signed_in.post(ADD, {"name": "Ada Okafor", "relation": "child"})

        child = Patient.objects.get(relation="child")
        assert (child.name, child.account) == ("Ada Okafor", patient.account)
        assert answer.url == address_of(child)
        event = Event.objects.get(action="person_added")
        assert (event.patient, event.by, event.detail) == (child, patient.account, "")

    def test_twice_adds_nobody_twice(self, signed_in, patient):
        for name in ("Ada Okafor", "ada okafor"):
            signed_in.post(ADD, {"name": name, "relation": "child"})

        assert Patient.objects.filter(account=patient.account).count() == 2

    @pytest.mark.parametrize(
        ("typed", "sentences"),
        [
            ({}, ["Write their full name.", "Choose who they are to you."]),
            ({"name": "Ada"}, ["Choose who they are to you."]),
            ({"name": " ", "relation": "child"}, ["Write their full name."]),
            ({"name": "A\0da", "relation": "child"}, ["Write their full name."]),
            ({"name": "x" * 201, "relation": "child"}, ["Write a name of at most 200 letters."]),
            ({"name": "Ada", "relation": "owner"}, ["Choose who they are to you."]),
            ({"name": "Ada", "relation": "self"}, ["Choose who they are to you."]),
        ],
    )
    def test_says_what_is_missing_and_keeps_what_was_typed(
        self, signed_in, patient, typed, sentences
    ):
        answer = signed_in.post(ADD, typed)

        assert answer.status_code == 422
        assert [words for _, words in answer.context["form"].summary_errors] == sentences
        assert answer.content.decode().count("<title>Error: ") == 1
        if typed.get("name") == "Ada":
            assert 'value="Ada"' in answer.content.decode()
        assert Patient.objects.count() == 1

    def test_chooses_nothing_beforehand(self, signed_in, patient):
        assert " checked" not in signed_in.get(ADD).content.decode()

    def test_offers_myself_only_while_nobody_is(self, signed_in, patient):
        assert "Myself" not in signed_in.get(ADD).content.decode()

        Patient.objects.filter(pk=patient.pk).update(relation="child")

        assert "Myself" in signed_in.get(ADD).content.decode()

    def test_ends_at_a_dozen(self, signed_in, patient):
        for number in range(MOST - 1):
            look_after(name=f"Person {number}", relation="child", by=patient.account)

        answer = signed_in.post(ADD, {"name": "One More", "relation": "child"})

        assert answer.status_code == 409
        assert str(TooMany.sentence) in answer.content.decode()
        assert Patient.objects.count() == MOST

    def test_is_not_for_staff(self, practitioner):
        with pytest.raises(NotAllowed):
            look_after(name="Ada", relation="child", by=practitioner.user)
        assert client_of(practitioner.user).post(ADD, {}).status_code == 404


class TestHome:
    def test_of_one_person_has_no_switch(self, home):
        assert 'class="persons"' not in home()

    def test_says_in_words_who_is_shown_and_leads_to_the_others(self, home, patient, child):
        mine, theirs = home(), home(child)

        assert mine.count("shown now") == theirs.count("shown now") == 1
        assert f'href="{address_of(child)}"' in mine
        assert f'href="{address_of(patient)}"' in theirs
        assert "Hello <bdi>Rosa</bdi>" in theirs

    def test_keeps_forms_and_messages_apart(self, home, child, patient, practitioner):
        mine = make_sent(patient).intake.reference
        theirs = make_clearance(child, practitioner).revision.intake.reference

        assert mine in home()
        assert theirs not in home()
        assert theirs in home(child)
        assert mine not in home(child)
        assert "1 new message<" in home()

    def test_holds_no_name_in_any_address(self, home, child, patient):
        page = home(child)

        assert not [a for a in page.split('href="')[1:] if "Ada" in a.split('"')[0]]

    @pytest.mark.parametrize("page", ["", "messages/", "forms/", "book/", "visits/", "letters/"])
    def test_of_someone_elses_person_is_not_found(
        self, stranger, signed_in, practitioner, child, page
    ):
        address = address_of(child, page)

        assert signed_in.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
        assert client_of(practitioner.user).get(address).status_code == 404

    @pytest.mark.parametrize("reference", ["T-2222-3333", "x", "T-2222-3333%00", "9" * 3000])
    def test_of_nobody_is_not_found(self, signed_in, patient, reference):
        assert signed_in.get(f"/me/for/{reference}/").status_code == 404


@pytest.mark.usefixtures("open_form_set")
class TestBeginningAForm:
    def test_asks_whom_it_is_for(self, signed_in, child, patient):
        page = signed_in.get("/start/begin/").content.decode()

        assert "Who is this form for?" in page
        for person in (patient, child):
            assert f'name="person" value="{person.reference}"' in page

    def test_without_saying_for_whom_begins_nothing(self, signed_in, child):
        answer = signed_in.post("/start/begin/")

        assert answer.status_code == 422
        assert "Choose who this form is for." in answer.content.decode()
        assert not Intake.objects.exists()

    def test_is_for_the_person_pressed_and_says_so(self, signed_in, child, patient):
        answer = signed_in.post("/start/begin/", {"person": child.reference}, follow=True)

        assert Intake.objects.get().patient == child
        assert "For <bdi>Ada Okafor</bdi>" in answer.content.decode()

    def test_is_one_draft_for_each(self, signed_in, child, patient):
        for person in (patient, child, child, patient):
            signed_in.post("/start/begin/", {"person": person.reference})

        assert [form.patient for form in Intake.objects.order_by("pk")] == [patient, child]

    def test_for_someone_elses_person_is_not_found(self, stranger, child):
        answer = stranger.post("/start/begin/", {"person": child.reference})

        assert answer.status_code == 404
        with pytest.raises(NotAllowed):
            begin(by=make_patient("eve@example.org", "Eve Else").account, patient=child)
        assert not Intake.objects.exists()

    def test_of_a_new_account_is_for_the_account_holder(self):
        account = User.objects.create_user("new@example.org")

        client_of(account).post("/start/begin/")

        assert Intake.objects.get().patient.relation == "self"
