"""What stands beside a name or instead of one: kinds of medicine, stopped, not tolerated."""

import pytest
from medicine_lists import found_in, raised, states
from screening_documents import RULES, levels

from intake.screening.medicines.entries import read_entry
from intake.screening.medicines.reading import opened_questions
from intake.screening.medicines.tokens import tokens

WARFARIN = "warfarin", "anticoag_vka"


class TestWordsForAKindOfMedicine:
    @pytest.mark.parametrize(
        ("text", "code", "asked"),
        [
            ("blood thinner", "anticoagulant_use", "anticoagulant_unstable"),
            ("steroids", "long_term_steroid", "osteoporosis"),
            ("chemotherapy", "cancer_treatment_current", "neutropenia"),
            ("sleeping tablets", "strong_sedatives", "strong_sedatives"),
            ("water tablet", "medicine_bp_medicine", "heart_failure"),
        ],
    )
    def test_raise_the_kind_as_uncertain_and_the_missing_name(self, text, code, asked):
        assert states(text) == {code: "uncertain", "medicine_unrecognised": "active"}
        assert asked in opened_questions([text], RULES)

    @pytest.mark.parametrize(
        "text", ["heart pill", "the jab", "the pill", "mini-pill", "coil", "HRT"]
    )
    def test_that_may_be_anything_raise_the_missing_name_only(self, text):
        assert states(text) == {"medicine_unrecognised": "active"}

    def test_say_nothing_new_beside_such_a_name(self):
        assert set(raised("aspirin, a blood thinner")) == {"antiplatelet_single"}
        assert set(raised("bisoprolol (heart pill)")) == {"medicine_beta_blocker"}

    def test_count_beside_another_name(self):
        assert "anticoagulant_use" in raised("paracetamol and a blood thinner")


class TestStopped:
    @pytest.mark.parametrize(
        "text",
        [
            "warfarin - stopped in May",
            "warfarin, stopped in May 2024",
            "warfarin (stopped)",
            "used to take warfarin",
            "came off warfarin last year",
            "stopped taking warfarin",
            "warfarin 3 mg finished in June",
            "no longer take warfarin",
            "previously warfarin",
            "warfarin until 2020",
            "warfarin from 2012 until May 2020",
            "stopped warfarin because of bleeding",
        ],
    )
    def test_is_historical(self, text):
        assert found_in(text) == {(*WARFARIN, "historical")}

    @pytest.mark.parametrize(
        "text",
        [
            "warfarin until 2031",
            "warfarin until 2026",
            "warfarin until June",
            "warfarin since 2020",
            "warfarin, not stopped yet",
            "warfarin, stopped and restarted",
            "warfarin stopped for a week, now back on",
            "warfarin will be stopped in May",
            "warfarin, to be stopped before surgery",
            "never stopped warfarin",
            "warfarin stopped my clots",
            "warfarin, pain finished",
            "stopped smoking, warfarin",
            "took warfarin this morning",
            "warfarin stopped for surgery restarting monday",
            "warfarin stopped for my op",
            "stopped warfarin yesterday",
            "warfarin finished 3 weeks ago",
            "warfarin on hold",
        ],
    )
    def test_is_not_read_into_what_may_still_be_taken(self, text):
        assert found_in(text) == {(*WARFARIN, "active")}

    def test_until_a_year_is_over_only_for_who_knows_the_day(self):
        states = {taken.state for taken in read_entry("warfarin until 2020", RULES).taken}

        assert states == {"active"}

    def test_of_one_medicine_leaves_the_others(self):
        assert found_in("stopped warfarin, now Eliquis") == {
            (*WARFARIN, "historical"),
            ("apixaban", "anticoag_doac", "active"),
        }

    @pytest.mark.parametrize("text", ["used to take warfarin Eliquis", "warfarin Eliquis stopped"])
    def test_of_nobody_knows_which_holds_for_none(self, text):
        assert {state for *_, state in found_in(text)} == {"active"}

    def test_is_at_most_a_caution(self):
        flag = raised("donepezil - stopped in May")["medicine_dementia"]

        assert flag["state"] == "historical"
        assert flag["levels"] == levels("caution", "caution", "caution", "caution")

    def test_weighs_in_full_when_another_of_its_kind_is_taken(self):
        flag = raised("donepezil - stopped", "memantine")["medicine_dementia"]

        assert flag["state"] == "active"
        assert flag["levels"]["massage"] == "consult_first"


class TestNotTolerated:
    @pytest.mark.parametrize(
        "text",
        [
            "allergic to aspirin",
            "aspirin allergy",
            "allergy: aspirin",
            "intolerant of aspirin",
            "bad reaction to aspirin",
        ],
    )
    def test_is_not_taken_for_sure_and_weighs_the_same(self, text):
        flag = raised(text)["antiplatelet_single"]

        assert flag["state"] == "uncertain"
        assert flag["levels"] == levels("note", "note", "none", "caution")

    def test_leaves_the_other_medicines(self):
        assert found_in("apixaban, allergic to aspirin") == {
            ("apixaban", "anticoag_doac", "active"),
            ("acetylsalicylic acid", "antiplatelet", "uncertain"),
        }

    def test_is_not_what_a_medicine_is_for(self):
        assert states("promethazine for allergies") == {"strong_sedatives": "active"}


class TestTheTableOfWords:
    def test_holds_no_name_of_a_medicine(self):
        names = {tuple(tokens(m_name)) for m in RULES.medicines for m_name in m.names}

        both = [t for row in RULES.medicine_words for t in row.words if tuple(tokens(t)) in names]

        assert both == []

    def test_has_a_remark_for_every_kind_of_medicine(self):
        kinds = [row for row in RULES.medicine_words if row.kind == "class"]

        assert [row.words[0] for row in kinds if not row.note] == []
        assert len(kinds) > 25
