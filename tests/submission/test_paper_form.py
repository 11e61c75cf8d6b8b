"""The form on paper: every question of the version in force, and when to answer it."""

from html import unescape

import pytest
from django.utils.translation import override

from clinic.people.models import User
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.translating import load_translation, mark_checked
from intake.submission.paper import WAYS, paper_form


@pytest.fixture
def page(client, questions) -> str:
    return unescape(client.get("/paper-form/").content.decode())


class TestThePaperForm:
    def test_holds_every_question_of_its_version(self, page, questions):
        assert [q.label for q in questions.questions() if q.label not in page] == []
        assert f"questions version {questions.number}" in page

    def test_holds_every_option_and_every_word_of_the_consents(self, page, questions):
        said = [o.label for q in questions.questions() for o in q.options]
        said += [
            point
            for q in questions.questions()
            for part in q.extras.get("parts", [])
            for point in part["points"]
        ]

        assert [words for words in said if words not in page] == []

    def test_begins_with_what_cannot_wait_for_a_form(self, page):
        first_question = page.index("Who is filling in this form?")

        assert page.index("Pain, tightness or a heavy feeling in your chest") < first_question

    def test_says_when_a_question_is_only_for_some(self, page):
        assert "Only if you answered “Less pain” to “Choose all that matter to you”." in page
        assert "Only if you are 12 to 55 years old" in page

    def test_offers_not_sure_wherever_the_screen_does(self, questions):
        asked = [a for part in paper_form(questions) for page in part.pages for a in page.questions]

        short = [a.question.code for a in asked if a.question.kind == "yes_no" and len(a.boxes) < 3]
        assert short == []

    def test_has_a_way_to_answer_each_question(self, questions):
        asked = [a for part in paper_form(questions) for page in part.pages for a in page.questions]

        assert [a.question.code for a in asked if a.way == "boxes" and not a.boxes] == []
        assert {a.way for a in asked} == {*WAYS.values(), "boxes"}

    def test_comes_in_large_letters(self, client, questions):
        assert 'class="patient paper large"' in client.get("/paper-form/?large").content.decode()


class TestInAnotherLanguage:
    @pytest.fixture
    def spanish(self, questions):
        manager = User.objects.create_user("bea@example.org", is_manager=True)
        made = load_translation(
            question_set=QuestionSet.objects.get(pk=questions.id), language="es", by=manager
        )
        addresses = list(made.texts.values_list("address", flat=True))
        mark_checked(translation=made, addresses=addresses, by=manager)
        return made

    def test_is_in_that_language_once_it_is_checked(self, client, spanish):
        page = client.get("/paper-form/", headers={"accept-language": "es"}).content.decode()

        assert "¿Quién rellena este formulario?" in page

    def test_is_in_english_before(self, client, questions):
        page = client.get("/paper-form/", headers={"accept-language": "es"}).content.decode()

        assert "Who is filling in this form?" in page


def test_says_so_where_no_questions_are_published(client, db):
    with override("en"):
        page = client.get("/paper-form/").content.decode()

    assert "has not opened its form yet" in page
