"""Unusual but possible: asked about once, saved either way."""

import pytest

from intake.questionnaire.soft_checks import SURE, doubts
from intake.submission import services
from intake.submission.models import Intake
from tests.submission.places import at, page_at

OLD = {"born__day": "4", "born__month": "June", "born__year": "1905"}


@pytest.fixture
def sentence(questions, today):
    """What is asked about these answers; nothing where nothing is unusual."""

    def said(code: str, **answers: object) -> str:
        found = doubts([questions.question(code)], answers, today)
        return " ".join(doubt.sentence for doubt in found)

    return said


class TestThePage:
    @pytest.fixture
    def address(self, draft, questions) -> str:
        return page_at(draft, questions.page("born"))

    @pytest.fixture
    def asked(self, patient_client, address) -> str:
        return patient_client.post(address, OLD).url

    def test_names_what_was_typed_and_has_it_saved(self, patient_client, address, asked):
        shown = patient_client.get(asked).content.decode()

        assert asked == f"{address}sure/"
        assert "You wrote 4 June 1905." in shown and "Yes, that is right" in shown
        assert f'href="{address}">Change it' in shown
        assert Intake.objects.get().answers["born"] == "1905-06-04"

    def test_said_to_be_right_leads_on_and_does_not_come_back(self, patient_client, address, asked):
        on = patient_client.post(asked).url

        assert on not in (asked, address)
        assert Intake.objects.get().answers[SURE] == {"born": "1905-06-04"}
        assert patient_client.post(address, OLD).url == on
        assert patient_client.get(asked).url == on

    def test_comes_back_for_another_unusual_answer(self, patient_client, address, asked):
        patient_client.post(asked)

        assert patient_client.post(address, OLD | {"born__year": "1906"}).url == asked

    def test_is_not_in_the_way_of_someone_who_leaves(self, patient_client, address):
        assert patient_client.post(address, OLD | {"leave": "1"}).url.startswith("/me/")

    def test_is_no_part_of_what_is_sent(self, complete, questions, today):
        by = complete.patient.account
        kept = services.save_answers(intake=complete, answers={SURE: {"born": "x"}}, by=by)

        assert SURE not in questions.relevant(kept.answers, today)

    def test_of_someone_else_is_not_there(self, client, other_patient, draft, asked):
        client.force_login(other_patient.account)

        assert client.get(asked).status_code == client.post(asked).status_code == 404
        assert client.get(at("tasks", draft)).status_code == 404


class TestWhatIsUnusual:
    @pytest.mark.parametrize(
        ("born", "words"),
        [(102, "years old"), (100, ""), (40, ""), (3, ""), (1, "less than 2 years ago")],
    )
    def test_in_an_age(self, sentence, today, born, words):
        said = sentence("born", born=today.replace(year=today.year - born, day=1).isoformat())

        assert (words in said) if words else said == ""

    def test_in_a_child_that_fills_it_in_alone(self, sentence, today):
        born = today.replace(year=today.year - 10, day=1).isoformat()

        assert "10 years old" in sentence("born", born=born, filled_in_by="myself")
        assert sentence("born", born=born, filled_in_by="for_my_child") == ""

    @pytest.mark.parametrize(("weeks", "is_unusual"), [(42, False), (43, True), (None, False)])
    def test_in_the_weeks_of_a_pregnancy(self, sentence, weeks, is_unusual):
        answer = {"answer": "yes"} | ({"weeks": weeks} if weeks else {})

        assert bool(sentence("pregnancy", pregnancy=answer)) is is_unusual

    @pytest.mark.parametrize(
        ("number", "is_unusual"),
        [
            ("020 7946 0000", False),
            ("+44 (0)20 7946 0000", False),
            ("٠١٢٣٤٥٦٧٨٩", False),
            ("12345", True),
            ("0123456789 0123456789", True),
        ],
    )
    def test_in_a_phone_number(self, sentence, number, is_unusual):
        assert bool(sentence("phone", phone=number)) is is_unusual

    @pytest.mark.parametrize(
        ("signed", "is_unusual"),
        [
            ("Rosa Okafor", False),
            ("okafor rosa", False),
            ("Rosa Maria Okafor-Silva", False),
            ("R. Okafor", False),
            ("Tomas Brandt", True),
        ],
    )
    def test_in_a_signature(self, sentence, signed, is_unusual):
        answers = {"full_name": "Rosa Okafor", "signature": {"name": signed, "statement": True}}

        assert bool(sentence("signature", **answers)) is is_unusual

    def test_is_not_that_a_guardian_signs_with_their_own_name(self, sentence):
        signed = {"signature": {"name": "Tomas Brandt", "statement": True}}
        child = {"full_name": "Mia Okafor", **signed}

        assert sentence("signature", **child)
        assert not sentence(
            "signature", **child, filled_in_by="for_my_child", helper_name="Tomas Brandt"
        )
        assert not sentence(
            "signature", **child, child_signs="guardian", signer_name="Tomas Brandt"
        )
