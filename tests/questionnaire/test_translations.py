"""Translations come from files, in numbers, and what a person checked stays checked."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pseudo_translation import accented, all_texts, check_all

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from intake.questionnaire import source
from intake.questionnaire.models import QuestionSet, Translation
from intake.questionnaire.services import NotUsable, load_default
from intake.questionnaire.translating import load_translation, mark_checked

LABEL = "question.born.label"


@pytest.fixture
def words(published) -> dict[str, str]:
    return {address: accented(text) for address, text in all_texts(published).items()}


def load(question_set) -> Translation:
    return load_translation(question_set=question_set, language="es")


def refusal(question_set) -> str:
    with pytest.raises(NotUsable) as caught:
        load(question_set)
    assert not Translation.objects.exists()
    return caught.value.sentence


class TestLoading:
    def test_publishes_every_text_as_not_checked(self, published, spanish):
        assert (spanish.number, spanish.published_at is not None) == (1, True)
        assert set(spanish.texts.values_list("state", flat=True)) == {"draft"}
        assert Event.objects.get(action="translation_published").reference == "set 1, es 1"

    def test_a_second_time_changes_nothing(self, published, spanish):
        assert load(published) == spanish

    def test_with_changed_words_makes_the_next_number_and_keeps_the_old(
        self, published, spanish, words, write_spanish
    ):
        write_spanish(words | {LABEL: "¿Cuándo nació?"})

        second = load(published)

        assert second.number == 2
        assert second.texts.get(address=LABEL).text == "¿Cuándo nació?"
        assert spanish.texts.get(address=LABEL).text == words[LABEL]

    def test_keeps_checked_what_is_word_for_word_the_same(
        self, published, spanish, words, write_spanish, bea
    ):
        check_all(spanish, bea)
        write_spanish(words | {LABEL: "¿Cuándo nació?"})

        second = load(published)

        assert [each.address for each in second.texts.filter(state="draft")] == [LABEL]
        assert set(second.texts.filter(state="checked").values_list("checked_by", flat=True)) == {
            bea.pk
        }

    def test_asks_for_a_new_look_where_the_original_has_changed(
        self, spanish, words, write_spanish, bea, monkeypatch
    ):
        check_all(spanish, bea)
        changed = source.default()
        changed["sections"][0]["title"] = "You"
        monkeypatch.setattr(source, "default", lambda: changed)

        second = load(load_default())

        assert (second.question_set.number, second.number) == (2, 1)
        assert [each.original for each in second.texts.filter(state="draft")] == ["You"]


class TestFilesAreRefused:
    def test_with_a_text_that_is_missing_or_empty(self, published, words, write_spanish):
        del words["option.filled_in_by.myself"]
        write_spanish(words | {LABEL: "  "})

        sentence = refusal(published)

        assert "option.filled_in_by.myself has no translation" in sentence
        assert f"{LABEL} has no translation" in sentence

    def test_with_a_text_nobody_asks_for(self, published, words, write_spanish):
        write_spanish(words | {"question.horn.label": "x"})

        assert "question.horn.label is not a text of these questions" in refusal(published)

    def test_with_other_placeholders(self, published, words, write_spanish):
        write_spanish(words | {LABEL: "¿Cuándo nació {name}?"})

        assert f"{LABEL} does not have the placeholders of the original" in refusal(published)

    def test_with_a_text_that_is_there_twice(self, published, words, write_spanish):
        write_spanish(words)
        (source.FOLDER / "es" / "why.toml").write_text(f'"{LABEL}" = "otra"\n', encoding="utf-8")

        assert f"{LABEL} is there twice" in refusal(published)


class TestTheCommand:
    def test_loads_each_language_after_the_questions(self, published, words, write_spanish):
        write_spanish(words)
        out = StringIO()

        call_command("load_questions", stdout=out)
        call_command("load_questions", stdout=out)

        assert out.getvalue().splitlines() == [
            "Version 1 of the questions was already published.",
            "Spanish, translation 1 of Version 1 is now published.",
            "Version 1 of the questions was already published.",
            "Spanish, translation 1 of Version 1 was already published.",
        ]

    def test_publishes_the_questions_also_where_a_language_cannot_be_used(self, db, write_spanish):
        write_spanish({})

        with pytest.raises(CommandError, match="has no translation"):
            call_command("load_questions", stdout=StringIO())

        assert QuestionSet.objects.current().number == 1
        assert not Translation.objects.exists()


class TestChecking:
    def test_keeps_who_and_when_and_leaves_a_trace(self, spanish, bea):
        assert mark_checked(translation=spanish, addresses=[LABEL], by=bea) == 1

        text = spanish.texts.get(address=LABEL)
        assert (text.state, text.checked_by, text.checked_at is not None) == ("checked", bea, True)
        event = Event.objects.get(action="translation_checked")
        assert (event.by, event.reference, event.detail) == (bea, "set 1, es 1", "1 text")

    def test_a_second_time_keeps_the_first_name(self, spanish, bea, django_user_model):
        ada = django_user_model.objects.create_user("ada@example.org", name="A", is_manager=True)
        mark_checked(translation=spanish, addresses=[LABEL], by=bea)

        assert mark_checked(translation=spanish, addresses=[LABEL], by=ada) == 0
        assert spanish.texts.get(address=LABEL).checked_by == bea

    def test_is_for_managers(self, spanish, practitioner):
        with pytest.raises(NotAllowed):
            mark_checked(translation=spanish, addresses=[LABEL], by=practitioner.user)
