"""What a list of medicines gives to the result and to the practitioner's screen."""

import pytest
from medicine_lists import raised, states
from screening_documents import RULES, document, flags, levels, screened

from intake.screening.engine import screen
from intake.screening.medicines.reading import names_for_text, opened_questions, recognise


class TestTwoAntiplatelets:
    def test_weigh_as_two(self):
        found = raised("aspirin 75", "clopidogrel 75")

        assert set(found) == {"antiplatelet_dual"}
        assert found["antiplatelet_dual"]["levels"] == levels(
            "caution", "caution", "note", "caution"
        )
        matched = {one["matched"] for one in found["antiplatelet_dual"]["because"]}
        assert matched == {"acetylsalicylic acid", "clopidogrel"}

    def test_of_the_same_name_are_one(self):
        assert set(raised("aspirin", "Nu-Seals 75")) == {"antiplatelet_single"}

    def test_are_one_when_the_other_was_stopped(self):
        assert states("aspirin", "clopidogrel - stopped in May") == {
            "antiplatelet_single": "active"
        }


class TestConflict:
    def test_with_a_no_is_reported_and_the_level_stays(self):
        result = screened(medicines=["Eliquis 5 mg"])

        text = "Answered no, but the list of medicines says: Eliquis 5 mg"
        assert result["conflicts"] == [{"code": "anticoagulant_use", "text": text}]
        assert flags(result)["anticoagulant_use"]["levels"]["acupuncture"] == "caution"

    @pytest.mark.parametrize("answer", ["yes", "not_sure"])
    def test_is_none_without_a_no(self, answer):
        result = screened(medicines=["Eliquis"], answers={"anticoagulant_use": answer})

        assert result["conflicts"] == []

    @pytest.mark.parametrize(
        "text", ["warfarin - stopped in May", "warfrin", "allergic to warfarin"]
    )
    def test_is_none_where_it_may_not_be_taken(self, text):
        assert screened(medicines=[text])["conflicts"] == []

    def test_is_none_for_a_flag_nobody_is_asked_about(self):
        assert screened(medicines=["ramipril", "aspirin"])["conflicts"] == []


class TestRecognising:
    def test_tells_what_a_name_stands_for(self):
        (one,) = recognise("eliquis 5mg twice a day", RULES)

        assert (one.name, one.generic) == ("Eliquis", "apixaban")
        assert one.classes == ("Direct oral anticoagulant",)
        assert one.advice == (RULES.class_of["anticoag_doac"].advice,)
        assert one.state == "active"

    def test_gives_each_ingredient(self):
        assert [one.generic for one in recognise("Nurofen Plus", RULES)] == ["ibuprofen", "codeine"]

    def test_of_everyday_medicines_says_so(self):
        (one,) = recognise("Losec 20 mg", RULES)

        assert one.classes == ("Everyday medicine with no bearing on treatment",)

    @pytest.mark.parametrize("text", ["warfrin", "xyzumab", ""])
    def test_gives_nothing_for_what_is_not_known(self, text):
        assert recognise(text, RULES) == []

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Xgeva", "cancer"),
            ("Zometa", "cancer"),
            ("letrozole", "fertility"),
            ("leuprorelin", "endometriosis"),
            ("progesterone", "pregnancy"),
            ("Truvada", "PrEP"),
            ("Descovy", "PrEP"),
            ("methotrexate", "chemotherapy"),
            ("Cartia", "ask what it is for"),
        ],
    )
    def test_shows_the_note_on_what_may_be_meant(self, text, words):
        assert words in recognise(text, RULES)[0].note

    def test_never_reads_hiv_out_of_prevention(self):
        assert set(raised("Truvada", "Descovy", "PrEP")) == {"medicine_antiviral_bbv"}

    def test_classes_without_a_row_of_their_own_bring_their_advice_with_the_flag(self):
        for each in RULES.medicine_classes:
            if each.reported_as == f"medicine_{each.code}":
                assert RULES.rule(each.reported_as).advice == each.advice


class TestOpenedQuestions:
    def test_are_those_of_the_classes(self):
        assert opened_questions(["Eliquis 5 mg"], RULES) == {
            "anticoagulant_use",
            "anticoagulant_unstable",
        }

    def test_come_from_what_is_only_offered_too(self):
        assert "anticoagulant_unstable" in opened_questions(["warfrin"], RULES)

    def test_ask_for_a_patch_where_only_the_patch_matters(self):
        assert opened_questions(["lidocaine"], RULES) == {"medicine_patch"}

    @pytest.mark.parametrize("medicines", [[], ["xyzumab"], ["paracetamol"], [""]])
    def test_are_none_where_nothing_is_known(self, medicines):
        assert opened_questions(medicines, RULES) == frozenset()

    def test_raise_no_level(self):
        assert screened(medicines=["levothyroxine 50"])["levels"] == screened()["levels"]


class TestNamesForFreeText:
    NAMES = names_for_text(RULES)

    def test_leave_out_everyday_words(self):
        names = {name for name, _ in self.NAMES}

        assert names.isdisjoint({"Soma", "Yaz", "Bayer", "Evra", "PrEP"})
        assert {"Eliquis", "apixaban", "Marevan", "Cartia"} <= names

    def test_have_the_classes_of_the_brand(self):
        classes = {name: medicine.classes for name, medicine in self.NAMES}

        assert classes["Butrans"] == ("opioid", "patch_medicine")
        assert classes["Protopic"] == ("local_use",)
        assert classes["tacrolimus"] == ("immunosuppressant",)
        assert classes["Xultophy"] == ("insulin", "diabetes_other")

    @pytest.mark.parametrize("name", ["Soma", "Yaz", "Bayer", "Evra"])
    def test_those_words_count_in_the_list_of_medicines(self, name):
        assert raised(name)


def test_the_order_of_entries_does_not_matter():
    several = ["aspirin", "Cartia", "warfrin", "xyz", "Butrans", "clopidogrel - stopped"]

    forward, back = document(medicines=several), document(medicines=several[::-1])

    assert screen(forward, RULES) == screen(back, RULES)
