"""What words in free text do to levels, conflicts and what is left to read."""

import pytest
from screening_documents import RULES, all_at, document, flags, levels, screened

from intake.screening.engine import screen

NOTE = "I have had a stiff neck for some weeks and I would like to sleep better. "


def written(text: str, **said: object) -> dict:
    return screened(free_text={"anything_else": text}, **said)


class TestLevels:
    def test_of_emergency_words_hold_everything_without_being_an_emergency(self):
        result = written("I have chest pain")

        assert result["levels"] == all_at("consult_first")
        assert result["emergency"] is False
        assert (result["urgency"], result["message"]) == ("R1", "M2")

    @pytest.mark.parametrize(
        "text", ["I feel suicidal", "I self harm", "I took an overdose in 2010", "better off dead"]
    )
    def test_of_words_of_self_harm_are_an_emergency_with_its_own_message(self, text):
        result = written(text)

        assert result["emergency"] is True
        assert (result["urgency"], result["message"]) == ("R1", "M4")

    def test_of_something_long_ago_stay_outside_a_family_of_rows(self):
        flag = flags(written("Pacemaker fitted in 2015"))["pacemaker"]

        assert flag["state"] == "historical"
        assert flag["levels"] == levels("caution", "contraindicated", "none", "none")

    def test_of_something_that_passes_are_a_note_when_the_date_is_old(self):
        assert flags(written("COVID in 2021"))["contagious_illness"]["levels"] == all_at("note")
        assert flags(written("I have COVID"))["contagious_illness"]["levels"] == all_at(
            "contraindicated"
        )

    def test_of_undated_words_are_those_of_the_recent_row_whatever_was_ticked(self):
        result = written("I had a blood clot", answers={"dvt_past": "yes"})

        assert set(flags(result)) == {"dvt_past", "dvt_current"}

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("I have sickle cell trait", "sickle_cell"),
            ("I have pre-diabetes", "diabetes"),
            ("My high blood pressure is well controlled", "bp_raised"),
            ("I drink alcohol at weekends", "intoxicated_today"),
            ("Steroid inhaler for my chest", "long_term_steroid"),
            ("I would like help with weight loss", "constitutional_symptoms"),
            ("Sepsis in 2019", "em_sepsis"),
        ],
    )
    def test_of_harmless_forms_are_a_note_at_most(self, text, code):
        given = set(flags(written(text))[code]["levels"].values())

        assert "note" in given
        assert given <= {"none", "note"}

    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("My mother had a DVT", "note"),
            ("My brother has haemophilia", "consult_first"),
            ("Aneurysm runs in the family", "note"),
            ("Family history of sickle cell disease", "note"),
        ],
    )
    def test_of_some_illness_in_the_family_are_small(self, text, level):
        result = written(text)

        assert flags(result)["family_history"]["levels"] == all_at(level)
        assert [entry["text"] for entry in result["family"]] == [text]

    def test_of_advice_against_treatment_hold_everything_even_without_a_term(self):
        result = written("I was told not to have massage because of my thing")

        assert flags(result)["advised_against"]["levels"] == all_at("consult_first")


class TestMedicinesInText:
    def test_weigh_as_their_class_while_taken(self):
        flag = flags(written("I take bisoprolol and Eliquis"))["anticoagulant_use"]

        assert flag["state"] == "uncertain"
        assert flag["levels"] == levels("caution", "caution", "note", "caution")
        assert flag["because"][0]["matched"] == "apixaban"

    def test_are_a_caution_at_most_when_stopped(self):
        taken = flags(written("capecitabine"))["cancer_treatment_current"]
        stopped = flags(written("Stopped capecitabine"))["cancer_treatment_current"]

        assert taken["levels"]["massage"] == "consult_first"
        assert stopped["levels"] == all_at("caution")

    def test_keep_their_weight_when_what_they_are_for_outlasts_them(self):
        stopped = flags(written("Stopped Advate"))["bleeding_disorder"]

        assert stopped["state"] == "historical"
        assert stopped["levels"]["acupuncture"] == "contraindicated"

    def test_that_were_stopped_do_not_contradict_a_no(self):
        assert written("I stopped warfarin")["conflicts"] == []
        assert len(written("I take warfarin")["conflicts"]) == 1


class TestConflicts:
    def test_quote_the_words_beside_the_no(self):
        result = written("Back pain. I have epilepsy! Thanks")

        assert result["conflicts"] == [
            {
                "code": "epilepsy_uncontrolled",
                "text": "Answered no, but wrote: “I have epilepsy!”",
            }
        ]

    def test_are_found_about_pregnancy_too(self):
        assert [c["code"] for c in written("I am pregnant")["conflicts"]] == ["pregnancy_t1"]

    def test_are_not_there_without_a_no(self):
        assert written("I have asthma", answers={"lung_disease": "yes"})["conflicts"] == []
        assert written("I have no asthma")["conflicts"] == []

    def test_never_lower_what_was_ticked(self):
        ticked = screened(answers={"dvt_current": "yes"})
        result = written("no DVT", answers={"dvt_current": "yes"})

        assert result["levels"] == ticked["levels"]


class TestReadYourself:
    def test_names_a_box_in_which_nothing_was_found(self):
        result = screened(free_text={"b": NOTE, "a": "I have asthma", "c": " "})

        assert result["read_yourself"] == [{"field": "b", "text": NOTE, "why": "no_match"}]

    def test_names_a_long_note_even_with_a_match(self):
        long = NOTE * 30 + "I have asthma."

        assert [entry["why"] for entry in written(long)["read_yourself"]] == ["long"]

    @pytest.mark.parametrize(
        "text",
        [
            "Ich habe seit Jahren Diabetes und nehme Tabletten",
            "Me duele la espalda y tengo diabetes",
            "J'ai mal au dos depuis trois ans",
            "Mam bóle pleców i nie biorę leków",
            "У меня болит спина",
            "我有糖尿病",
        ],
    )
    def test_names_another_language(self, text):
        assert [entry["why"] for entry in written(text)["read_yourself"]] == ["language"]

    @pytest.mark.parametrize(
        "text",
        [
            "asthma",
            "Diabetes, asthma, gout",
            "DVT 2019, pacemaker, ramipril",
            "osteoporosis (spine) – DEXA 2024",
            "die Hard fan with asthma",
        ],
    )
    def test_does_not_take_short_english_for_another_language(self, text):
        assert written(text)["read_yourself"] == []

    @pytest.mark.parametrize("text", ["None", "n/a", "no thanks", "Nothing to add.", "-"])
    def test_leaves_out_a_box_that_says_there_is_nothing(self, text):
        assert written(text)["read_yourself"] == []


def test_many_mentions_make_one_flag_with_each_sentence_once():
    result = written("I have asthma. I have asthma. My asthma is bad.")

    assert [each["text"] for each in flags(result)["lung_disease"]["because"]] == [
        "I have asthma.",
        "My asthma is bad.",
    ]


def test_a_long_sentence_is_quoted_around_the_words():
    text = "and I went on and on " * 60 + "with my pacemaker " + "and on and on " * 60

    quote = flags(written(text))["pacemaker"]["because"][0]["text"]

    assert "my pacemaker" in quote
    assert len(quote) <= 320


def test_the_order_of_boxes_and_rows_does_not_matter():
    texts = {"a": "My mum had a DVT", "b": "I have asthma and take warfarin", "c": NOTE}
    turned = dict(reversed(texts.items()))

    assert screen(document(free_text=texts), RULES) == screen(document(free_text=turned), RULES)
