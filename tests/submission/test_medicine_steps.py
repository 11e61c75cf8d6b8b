"""The list of medicines, step by step, as the browser's requests see it."""

import pytest

from intake.submission import services
from intake.submission.medicine_list import MOST, rows_of
from intake.submission.models import Intake
from tests.submission.places import at, page_at, send


@pytest.fixture
def address(draft, questions) -> str:
    """The page of the list, for someone who takes medicines."""
    by = draft.patient.account
    services.save_answers(intake=draft, answers={"takes_medicines": "yes"}, by=by)
    return page_at(draft, questions.page("medicines"))


@pytest.fixture
def add(patient_client, address):
    """Names a medicine; the address of its next step."""

    def named(name: str) -> str:
        return patient_client.post(f"{address}add/", {"name": name}).url

    return named


def rows() -> list[dict]:
    return rows_of(Intake.objects.get().answers, "medicines")


def text(response) -> str:
    return response.content.decode()


class TestNaming:
    def test_an_empty_list_begins_with_the_first_name(self, patient_client, address):
        assert patient_client.get(address).url == f"{address}add/"
        shown = text(patient_client.get(f"{address}add/"))
        assert "Which medicines do you take?" in shown and ">Find<" in shown

    def test_a_name_is_on_the_list_before_more_is_asked(self, patient_client, address, add):
        add("warfrin")

        assert [row["name"] for row in rows()] == ["warfrin"]
        assert "warfrin" in text(patient_client.get(address))

    def test_nothing_written_is_said_at_the_field(self, patient_client, address):
        response = patient_client.post(f"{address}add/", {"name": " "})

        assert response.status_code == 422
        assert 'href="#id_name"' in text(response)

    def test_the_button_pressed_twice_on_one_page_names_one_medicine(self, patient_client, address):
        for _ in range(2):
            patient_client.post(f"{address}add/", {"name": "Iron", "key": "abc123"})

        assert len(rows()) == 1

    def test_a_changed_name_takes_its_choice_back(self, patient_client, address, add):
        step = add("warfrin")
        patient_client.post(step, {"which": "warfarin", "dose": "5 mg"})
        patient_client.post(f"{step}name/", {"name": "Iron"})

        (row,) = rows()
        assert (row["name"], row["matched"], row["how"], row["dose"]) == ("Iron", "", "", "5 mg")


class TestChoosing:
    def test_a_misspelt_name_is_offered_and_nothing_is_chosen_beforehand(self, patient_client, add):
        shown = text(patient_client.get(add("warfrin")))

        assert 'value="warfarin"' in shown
        assert "None of these. Keep what I typed" in shown
        assert "checked" not in shown

    def test_a_name_that_is_known_needs_no_choice(self, patient_client, add):
        assert "Is it one of these?" not in text(patient_client.get(add("apixaban")))

    def test_the_beginning_of_a_name_is_offered_whole_and_at_most_eight(self, patient_client, add):
        assert 'value="apixaban"' in text(patient_client.get(add("apix")))
        assert text(patient_client.get(add("met"))).count('type="radio"') <= 9

    def test_keeps_the_typed_words_and_how_they_were_matched(self, patient_client, add):
        first, second = add("warfrin"), add("xarelt0")
        patient_client.post(first, {"which": "warfarin", "how_often": "daily"})
        patient_client.post(second, {"which": "-"})

        kept = [(row["name"], row["matched"], row["how"]) for row in rows()]
        assert kept == [("warfrin", "warfarin", "chosen"), ("xarelt0", "", "as_typed")]

    @pytest.mark.parametrize("which", ["", "aspirin", "<script>", "\x00"])
    def test_what_was_not_offered_is_refused_and_nothing_is_lost(self, patient_client, add, which):
        response = patient_client.post(add("warfrin"), {"which": which, "dose": "5 mg"})

        assert response.status_code == 422
        assert 'value="5 mg"' in text(response) and "<script>" not in text(response)
        assert rows()[0]["name"] == "warfrin"


class TestTheList:
    def test_says_what_was_typed_chosen_and_how_much(self, patient_client, address, add):
        patient_client.post(add("warfrin"), {"which": "warfarin", "dose": "5 mg"})

        shown = text(patient_client.get(address))
        assert "<h2>warfrin</h2>" in shown
        assert "You chose warfarin" in shown and "5 mg" in shown

    def test_warns_softly_of_the_same_medicine_by_two_names(self, patient_client, address, add):
        add("Eliquis")
        assert "may be the same" not in text(patient_client.get(address))
        add("apixaban")

        assert "This may be the same as Eliquis." in text(patient_client.get(address))

    def test_asks_before_it_takes_one_off(self, patient_client, address, add):
        step = add("Iron")

        assert "Take Iron off your list?" in text(patient_client.get(f"{step}remove/"))
        assert len(rows()) == 1
        patient_client.post(f"{step}remove/")
        assert rows() == []
        assert "medicines" not in Intake.objects.get().answers

    @pytest.mark.parametrize("step", ["", "name/", "remove/"])
    def test_a_step_of_one_that_is_gone_leads_back_to_the_list(
        self, patient_client, address, add, step
    ):
        gone = add("Iron")
        add("Zinc")
        patient_client.post(f"{gone}remove/")

        for answer in (patient_client.get(gone + step), patient_client.post(gone + step)):
            assert answer.url == address
        assert [row["name"] for row in rows()] == ["Zinc"]

    def test_leads_on_only_after_saying_whether_there_is_another(
        self, patient_client, address, add
    ):
        add("Iron")

        assert patient_client.post(address).status_code == 422
        assert patient_client.post(address, {"another": "yes"}).url == f"{address}add/"
        assert patient_client.post(address, {"another": "no"}).url not in (
            address,
            f"{address}add/",
        )

    def test_holds_thirty(self, patient_client, draft, address, add):
        many = [{"name": f"M{n}", "dose": "", "how_often": ""} for n in range(MOST)]
        by = draft.patient.account
        services.save_answers(intake=draft, answers={"medicines": many}, by=by)

        assert patient_client.get(f"{address}add/").url == address
        assert "The list is full" in text(patient_client.get(address))
        assert add("One more") and len(rows()) == MOST

    def test_of_before_there_were_keys_can_be_changed(self, patient_client, draft, address):
        old = [{"name": "Iron", "dose": "", "how_often": ""}]
        services.save_answers(intake=draft, answers={"medicines": old}, by=draft.patient.account)
        patient_client.post(f"{address}1/", {"dose": "1 tablet"})

        assert rows()[0]["dose"] == "1 tablet"

    def test_is_closed_after_sending(self, patient_client, complete, questions):
        address = page_at(complete, questions.page("medicines"))
        send(patient_client, complete)

        for step in ("", "add/", "a1b2c3/", "a1b2c3/name/", "a1b2c3/remove/"):
            assert patient_client.post(address + step, {"name": "x"}).url == at("sent", complete)

    def test_of_someone_else_is_not_there(self, client, other_patient, address, add):
        step = add("Iron")
        client.force_login(other_patient.account)

        for place in (address, f"{address}add/", step, f"{step}remove/"):
            assert client.get(place).status_code == client.post(place).status_code == 404
        assert len(rows()) == 1
