"""Two screens, a phone that dies, questions that change: what was saved stays, and is told."""

import re

import pytest
from django.test import Client
from signing_in import client_of

from intake.questionnaire.models import Question
from intake.questionnaire.services import load_default, source
from intake.submission import elsewhere, services
from intake.submission.models import Intake
from tests.submission.places import at, page_at


def seen_on(page: str) -> str:
    return re.search(r'name="seen" value="([0-9a-f]+)"', page).group(1)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def phone(patient) -> Client:
    return client_of(patient.account)


@pytest.fixture
def laptop(patient) -> Client:
    return client_of(patient.account)


@pytest.fixture
def both(draft, questions, phone, laptop):
    """Opens a page on both, then saves on the phone, then on the laptop; the laptop's answer."""

    def save(code: str, first: dict, then: dict):
        address = page_at(draft, questions.page(code))
        marks = [seen_on(text(client.get(address))) for client in (phone, laptop)]
        phone.post(address, first | {"seen": marks[0]})
        return laptop.post(address, then | {"seen": marks[1]})

    return save


def answers() -> dict:
    return Intake.objects.get().answers


class TestTwoScreens:
    def test_the_later_save_wins_and_says_what_it_replaced(self, both, laptop):
        shown = text(
            laptop.get(both("own_words", {"own_words": "Knee"}, {"own_words": "Back"}).url)
        )

        assert answers()["own_words"] == "Back"
        assert "You also changed this on another screen" in shown
        assert "It said “Knee”. Now it says “Back”." in shown

    def test_what_was_replaced_can_be_put_back(self, both, laptop, draft):
        both("own_words", {"own_words": "Knee"}, {"own_words": "Back"})
        response = laptop.post(at("put_back", draft))

        assert answers()["own_words"] == "Knee"
        shown = text(laptop.get(response.url))
        assert "It says again what it said before." in shown and "another screen" not in shown

    def test_a_private_answer_is_told_without_its_words(self, both, laptop):
        response = both("home", {"unsafe_home": "yes"}, {"unsafe_home": "no"})
        shown = text(laptop.get(response.url))

        assert "One private answer changed too." in shown
        assert "frighten" not in shown and "It said" not in shown

    def test_the_same_answer_or_another_page_is_not_told(self, both, laptop, draft, questions):
        same = both("own_words", {"own_words": "Knee"}, {"own_words": "Knee"})
        assert "another screen" not in text(laptop.get(same.url))

        address = page_at(draft, questions.page("own_words"))
        mark = seen_on(text(laptop.get(address)))
        by = draft.patient.account
        services.save_answers(intake=draft, answers={"since_when": "week"}, by=by)
        on = laptop.post(address, {"own_words": "Back", "seen": mark})
        assert "another screen" not in text(laptop.get(on.url))

    def test_it_is_forgotten_with_the_next_page(self, both, laptop, draft, questions):
        both("own_words", {"own_words": "Knee"}, {"own_words": "Back"})
        laptop.post(page_at(draft, questions.page("since")), {"since_when": "week"})
        laptop.post(at("put_back", draft))

        assert answers()["own_words"] == "Back"

    def test_the_session_holds_nothing_that_can_be_read(self, both, laptop):
        both("own_words", {"own_words": "Knee"}, {"own_words": "Back"})

        assert "Knee" not in str(dict(laptop.session))
        assert elsewhere.KEY in laptop.session

    def test_nobody_elses_form_can_be_put_back(self, both, draft, other_patient):
        both("own_words", {"own_words": "Knee"}, {"own_words": "Back"})

        assert client_of(other_patient.account).post(at("put_back", draft)).status_code == 404
        assert answers()["own_words"] == "Back"

    @pytest.mark.parametrize("mark", ["", "x", "\x00", "0" * 9000, "é"])
    def test_a_forged_mark_breaks_nothing(self, laptop, draft, questions, mark):
        address = page_at(draft, questions.page("own_words"))

        assert laptop.post(address, {"own_words": "A", "seen": mark}).status_code == 302
        assert answers()["own_words"] == "A"


class TestAnInterruptedForm:
    def test_on_a_phone_that_dies_is_there_on_another(self, phone, laptop, draft, questions):
        address = page_at(draft, questions.page("own_words"))
        phone.post(address, {"own_words": "Knee"})
        phone.cookies.clear()

        assert ">\nKnee</textarea>" in text(laptop.get(address))

    def test_keeps_its_questions_when_new_ones_are_published(
        self, phone, draft, questions, monkeypatch
    ):
        changed = source.default()
        changed["sections"][1]["pages"][0]["questions"][0]["label"] = "Quite another question?"
        monkeypatch.setattr(source, "default", lambda: changed)
        assert load_default().number == 2
        assert Question.objects.filter(label="Quite another question?").exists()

        shown = text(phone.get(page_at(draft, questions.page("own_words"))))
        assert "What brings you to us?" in shown and "Quite another question?" not in shown
