"""What is not said, what is said about self-harm, and the message that follows."""

import pytest
from screening_documents import (
    ANSWERED,
    RULES,
    all_at,
    document,
    flags,
    levels,
    screened,
)

from intake.screening.engine import screen

CONSULT_ALL = all_at("consult_first")


class TestNothingToSay:
    def test_gives_the_whole_shape_and_nothing_in_it(self):
        assert screened() == {
            "id": "p-1",
            "rule_set": "2026.3",
            "levels": all_at("none"),
            "emergency": False,
            "suggestion": "combined",
            "flags": [],
            "unanswered": [],
            "conflicts": [],
            "family": [],
            "did_you_mean": [],
            "read_yourself": [],
            "message": None,
            "urgency": None,
            "checked": 182,
            "not_checked": 0,
        }


class TestSilence:
    OPTIONAL = {"bloodborne_virus"}
    STAFF = {"em_vitals", "em_bp_crisis"}
    NEEDED = sorted(set(ANSWERED) - OPTIONAL - STAFF)
    NOT_SURE = sorted(set(ANSWERED) - OPTIONAL - STAFF - {"em_suicide"})

    @pytest.mark.parametrize("code", NEEDED)
    def test_blank_is_never_no(self, code):
        result = screened(without=(code,), answers={"pregnancy": {"answer": "yes", "weeks": 20}})

        affected = RULES.rule(code).affects
        expected = ["consult_first" if one else "none" for one in affected]
        assert result["unanswered"] == [code]
        assert list(flags(result)["answer_unknown"]["levels"].values()) == expected
        assert result["not_checked"] == 1
        assert result["checked"] == 181

    @pytest.mark.parametrize("code", ["postpartum", "pregnancy_high_risk", "em_pregnancy"])
    def test_not_sure_is_never_no_even_where_pregnancy_is_not_applicable(self, code):
        result = screened(answers={code: "not_sure"})

        assert result["unanswered"] == [code]
        assert flags(result)["answer_unknown"]["levels"] == CONSULT_ALL
        assert result["not_checked"] == 0

    @pytest.mark.parametrize("code", NOT_SURE)
    def test_not_sure_is_never_no(self, code):
        result = screened(answers={"pregnancy": {"answer": "yes", "weeks": 20}, code: "not_sure"})

        assert result["unanswered"] == [code]
        assert "consult_first" in flags(result)["answer_unknown"]["levels"].values()
        assert result["not_checked"] == 0

    @pytest.mark.parametrize("code", ["medicines", "touch_boundaries"])
    def test_a_missing_list_is_not_an_empty_one(self, code):
        said = document()
        (said if code == "medicines" else said["answers"]).pop(code)

        result = screen(said, RULES)

        assert result["unanswered"] == [code]
        assert result["levels"] == CONSULT_ALL

    def test_holds_back_only_what_the_item_affects(self):
        result = screened(without=("needle_fear",))

        assert result["levels"] == levels("consult_first", "consult_first", "consult_first", "none")
        assert flags(result)["answer_unknown"]["levels"]["heat"] == "none"

    def test_an_optional_question_may_stay_blank_but_is_counted(self):
        result = screened(without=("bloodborne_virus",))

        assert result["unanswered"] == []
        assert result["flags"] == []
        assert result["not_checked"] == 1

    def test_not_sure_to_an_optional_question_weighs_no_more_than_yes(self):
        result = screened(answers={"bloodborne_virus": "not_sure"})

        assert result["unanswered"] == ["bloodborne_virus"]
        assert result["levels"]["acupuncture"] == "note"

    def test_measurements_by_staff_need_no_answer(self):
        result = screened(without=("em_vitals", "em_bp_crisis"))

        assert result["flags"] == []
        assert result["not_checked"] == 0

    def test_all_silences_make_one_flag(self):
        result = screened(without=("icd", "diabetes"))

        because = flags(result)["answer_unknown"]["because"]
        assert [one["matched"] for one in because] == ["diabetes", "icd"]

    def test_an_empty_document_says_so_for_everything(self):
        result = screened(without=tuple(document()["answers"]))

        expected = {*self.NEEDED, "pregnancy", "touch_boundaries"}
        assert result["unanswered"] == sorted(expected)
        assert result["levels"] == CONSULT_ALL
        assert result["suggestion"] == "consult_first"

    def test_what_a_question_set_never_asks_is_counted_as_not_checked(self):
        asked = frozenset(ANSWERED) - {"raynaud"} | {"pregnancy", "medicines", "touch_boundaries"}

        result = screen(document(without=("raynaud", "icd")), RULES, asked=asked)

        assert result["unanswered"] == ["icd"]
        assert result["not_checked"] == 2

    def test_not_sure_counts_even_where_the_question_set_does_not_ask(self):
        result = screen(document(answers={"icd": "not_sure"}), RULES, asked=frozenset())

        assert result["unanswered"] == ["icd"]


class TestSelfHarm:
    @pytest.mark.parametrize(
        ("answer", "urgency", "found"),
        [
            ("thoughts", "R1", {"em_suicide", "low_mood_thoughts"}),
            ("rather_talk", "R1", {"em_suicide"}),
            ("plan_or_acted", "R0", {"em_suicide"}),
        ],
    )
    def test_every_answer_but_no_stops_everything(self, answer, urgency, found):
        result = screened(answers={"em_suicide": answer})

        assert result["emergency"] is True
        assert result["levels"] == all_at("emergency")
        assert (result["urgency"], result["message"]) == (urgency, "M4")
        assert set(flags(result)) == found

    def test_shows_the_exact_choice_and_no_score(self):
        result = screened(answers={"em_suicide": "rather_talk"})

        assert flags(result)["em_suicide"]["because"][0]["matched"] == "rather_talk"

    def test_low_mood_alone_asks_for_a_call_the_same_day(self):
        result = screened(answers={"low_mood_thoughts": "yes"})

        assert result["emergency"] is False
        assert result["levels"] == CONSULT_ALL
        assert (result["urgency"], result["message"]) == ("R1", "M4")


class TestMessage:
    def test_the_most_urgent_finding_speaks(self):
        result = screened(answers={"em_dvt": "yes", "em_stroke": "yes", "unsafe_home": "yes"})

        assert (result["urgency"], result["message"]) == ("R0", "M6")

    def test_of_two_equally_urgent_the_first_in_rank_speaks(self):
        result = screened(answers={"em_low_sugar": "yes", "em_chest_pain": "yes"})

        assert result["message"] == "M1"

    def test_an_unsafe_home_is_answered_in_private(self):
        result = screened(answers={"unsafe_home": "yes"})

        assert (result["urgency"], result["message"]) == ("R1", "M8")
        assert result["levels"] == all_at("note")
