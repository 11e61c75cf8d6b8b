"""The same questions in other words: every text has an address, and nothing but words changes."""

from dataclasses import replace

import pytest
from pseudo_translation import accented, all_texts

from intake.questionnaire.addresses import part_of, texts, translated, vital
from intake.questionnaire.models import Translation
from intake.questionnaire.outline import outline
from intake.questionnaire.source import default
from intake.questionnaire.source import questions as questions_in


def in_words(whole, words):
    return translated(whole, words, language="es", translation_id=1)


class TestAddresses:
    def test_name_every_string_a_patient_reads(self, whole):
        """Counted from the files another way: each string that is not a code, a kind or a rule."""
        found = set(texts(whole).values())

        for question in questions_in(default()):
            for key in ("label", "hint", "missing", "names", "none_label", "summary", "statement"):
                assert question.get(key) is None or question[key] in found
            for option in question.get("options", []):
                assert option["label"] in found
            for part in question.get("parts", []):
                assert {part["heading"], *part["points"]} <= found

    def test_read_as_they_were_agreed(self, whole):
        found = texts(whole)

        assert found["part.about_you.title"] == "About you"
        assert found["question.born.names"] == "date of birth"
        assert found["question.consent_massage.parts.0.heading"] == "What happens"
        assert found["option.filled_in_by.myself"] == "I am, about myself"
        assert found["message.M1.name"] == "Call now"

    def test_name_no_code_and_no_rule(self, whole):
        words = set(texts(whole).values())

        assert words.isdisjoint({"R0", "R1", "M1", "no", "wholes", "bday"})

    def test_of_what_is_urgent_or_signed_are_known(self, whole):
        found = vital(whole)

        assert {"message.M1.text", "question.signature.statement", "page.sign.why"} <= found
        assert "option.em_suicide.thoughts" in found
        assert "question.full_name.label" not in found

    def test_are_each_read_in_one_part_but_for_messages(self, whole):
        places = part_of(whole)

        assert {a for a in texts(whole) if a not in places} == {
            a for a in texts(whole) if a.startswith("message.")
        }
        assert places["option.em_suicide.thoughts"] == "health"


class TestTheSetInOtherWords:
    def test_says_every_text_in_them(self, whole):
        words = {address: accented(text) for address, text in texts(whole).items()}

        assert texts(in_words(whole, words)) == words

    def test_says_in_the_original_what_has_no_words(self, whole):
        other = in_words(whole, {"question.born.label": "¿Cuándo nació?", "part.why.title": ""})

        assert other.question("born").label == "¿Cuándo nació?"
        assert other.section("why").title == whole.section("why").title
        assert other.question("full_name") == whole.question("full_name")

    def test_keeps_every_code_kind_and_condition(self, whole):
        words = {address: accented(text) for address, text in texts(whole).items()}
        other = in_words(whole, words)
        back = in_words(other, texts(whole))

        assert replace(back, language="en", translation_id=None) == whole
        assert other.codes() == whole.codes()
        assert other.numbers == whole.numbers

    def test_leaves_the_original_as_it_was(self, whole):
        before = texts(whole)

        in_words(whole, {address: "x" for address in before})

        assert texts(whole) == before


class TestReadingATranslation:
    def test_gives_its_words_and_says_which(self, published, spanish):
        other = outline(published.pk, spanish.pk)

        assert (other.language, other.translation_id) == ("es", spanish.pk)
        assert other.question("born").label == accented(
            outline(published.pk).question("born").label
        )
        assert outline(published.pk).language == "en"

    def test_takes_no_query_the_second_time(self, published, spanish, django_assert_num_queries):
        outline(published.pk, spanish.pk)

        with django_assert_num_queries(0):
            outline(published.pk, spanish.pk)

    def test_of_another_set_is_refused(self, published, spanish):
        with pytest.raises(Translation.DoesNotExist):
            outline(published.pk + 1, spanish.pk)

    def test_reads_a_draft_each_time(self, published):
        draft = Translation.objects.create(question_set=published, language="es", number=9)
        outline(published.pk, draft.pk)
        draft.texts.create(
            address="question.born.label", original="x", text="¿Cuándo?", is_vital=False
        )

        assert outline(published.pk, draft.pk).question("born").label == "¿Cuándo?"

    def test_covers_the_short_check_too(self, published, spanish):
        assert set(spanish.texts.values_list("address", flat=True)) == all_texts(published).keys()
