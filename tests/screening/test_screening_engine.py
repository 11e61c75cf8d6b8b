import pytest
from screening_documents import (
    all_at,
    flags,
    levels,
    screened,
)

CONSULT_ALL = all_at("consult_first")


class TestPregnancy:
    @pytest.mark.parametrize(
        ("said", "row"),
        [
            ({"answer": "yes"}, "pregnancy_t1"),
            ({"answer": "yes", "weeks": 0}, "pregnancy_t1"),
            ({"answer": "yes", "weeks": 12}, "pregnancy_t1"),
            ({"answer": "yes", "weeks": 13}, "pregnancy_t2_t3"),
            ({"answer": "yes", "weeks": 36}, "pregnancy_t2_t3"),
            ({"answer": "yes", "weeks": 37}, "pregnancy_term"),
            ({"answer": "maybe"}, "pregnancy_possible"),
            ({"answer": "maybe", "weeks": 20}, "pregnancy_possible"),
        ],
    )
    def test_is_mapped_to_its_row(self, said, row):
        result = screened(answers={"pregnancy": said})

        assert set(flags(result)) == {row}
        assert result["levels"]["electroacupuncture"] == "contraindicated"

    @pytest.mark.parametrize("answer", ["no", "not_applicable"])
    def test_no_raises_nothing(self, answer):
        assert screened(answers={"pregnancy": {"answer": answer}})["flags"] == []

    @pytest.mark.parametrize(
        ("born", "is_open"),
        [
            ("2014-11-25", False),
            ("2014-11-24", True),
            ("1970-11-25", True),
            ("1970-11-24", False),
        ],
    )
    def test_missing_is_unanswered_from_12_to_55(self, born, is_open):
        result = screened(without=("pregnancy",), born=born)

        assert ("pregnancy" in result["unanswered"]) is is_open
        assert result["not_checked"] == (4 if is_open else 0)

    def test_questions_for_the_pregnant_are_not_open_for_others(self):
        result = screened(without=("pregnancy_high_risk",), answers={"pregnancy": {"answer": "no"}})

        assert result["unanswered"] == []

    def test_questions_for_the_pregnant_are_open_while_it_is_not_known(self):
        result = screened(without=("pregnancy", "pregnancy_high_risk", "postpartum"))

        assert result["unanswered"] == ["postpartum", "pregnancy", "pregnancy_high_risk"]

    def test_weeks_without_a_pregnancy_are_a_conflict(self):
        result = screened(answers={"pregnancy": {"answer": "no", "weeks": 14}})

        assert [one["code"] for one in result["conflicts"]] == ["pregnancy"]


class TestAge:
    @pytest.mark.parametrize(
        ("born", "found"),
        [
            ("2008-11-25", {"age_child"}),
            ("2008-11-24", set()),
            ("1946-11-25", set()),
            ("1946-11-24", {"frailty_older", "one_at_first_visit"}),
            ("2024-02-29", {"age_child"}),
        ],
    )
    def test_children_and_the_very_old_are_flagged_from_their_birthday(self, born, found):
        assert set(flags(screened(born=born))) == found


class TestLocalLevels:
    def test_stay_local_away_from_the_place_to_be_treated(self):
        result = screened(
            answers={
                "lymph_nodes_removed": "yes",
                "affected_regions": {"lymph_nodes_removed": ["left_arm"]},
                "treat_regions": ["right_arm", "lower_back"],
            }
        )

        there = {"level": "contraindicated", "regions": ["left_arm"]}
        assert result["levels"] == all_at("none")
        assert flags(result)["lymph_nodes_removed"]["local"] == {
            "acupuncture": there,
            "electroacupuncture": there,
            "heat": there,
            "massage": {"level": "caution", "regions": ["left_arm"]},
        }

    def test_become_general_where_the_wish_is_to_be_treated_right_there(self):
        result = screened(
            answers={
                "lymph_nodes_removed": "yes",
                "affected_regions": {"lymph_nodes_removed": ["left_arm"]},
                "treat_regions": ["left_hand"],
            }
        )

        expected = levels("contraindicated", "contraindicated", "contraindicated", "caution")
        assert result["levels"] == expected
        assert result["suggestion"] == "massage_only"

    def test_never_become_general_without_a_place(self):
        result = screened(answers={"fracture_recent": "yes", "treat_regions": ["left_hand"]})

        assert result["levels"] == all_at("none")
        assert flags(result)["fracture_recent"]["local"]["massage"]["regions"] == []

    def test_a_place_or_a_date_beside_a_no_is_a_conflict_and_raises_nothing(self):
        said = {"affected_regions": {"wound_open": ["chest"]}, "dates": {"hernia": "2026-11-01"}}
        result = screened(answers=said)

        assert result["flags"] == []
        assert [one["code"] for one in result["conflicts"]] == ["hernia", "wound_open"]

    def test_boundaries_are_kept_where_they_are_and_hold_everywhere_else_free(self):
        result = screened(answers={"touch_boundaries": ["belly"], "treat_regions": ["left_foot"]})

        there = {"level": "contraindicated", "regions": ["belly"]}
        assert result["levels"] == all_at("none")
        assert set(flags(result)) == {"touch_boundaries"}
        assert list(flags(result)["touch_boundaries"]["local"].values()) == [there] * 4

    def test_a_boundary_where_treatment_is_wished_stops_it(self):
        result = screened(answers={"touch_boundaries": ["belly"], "treat_regions": ["tummy_upper"]})

        assert result["levels"] == all_at("contraindicated")


class TestNeverBelowAcupuncture:
    def test_the_flag_keeps_its_own_level_and_the_total_is_lifted(self):
        result = screened(answers={"anticoagulant_use": "yes"})

        assert flags(result)["anticoagulant_use"]["levels"]["heat"] == "note"
        assert result["levels"] == all_at("caution")


class TestMedicines:
    def test_what_is_not_recognised_asks_for_care_everywhere(self):
        result = screened(medicines=["xyzumab 5mg twice a day", "  "])

        flag = flags(result)["medicine_unrecognised"]
        assert flag["levels"] == all_at("caution")
        assert [one["text"] for one in flag["because"]] == ["xyzumab 5mg twice a day"]
        assert result["suggestion"] == "combined"

    def test_leaves_the_rules_about_medicines_unchecked(self):
        assert screened(medicines=["x"])["not_checked"] == 3


class TestFreeText:
    def test_is_searched_box_by_box_and_what_says_nothing_known_is_left_to_read(self):
        result = screened(free_text={"b": "mum had a DVT", "a": "I sit a lot", "empty": " "})

        assert result["read_yourself"] == [
            {"field": "a", "text": "I sit a lot", "why": "no_match"},
        ]
        assert result["family"] == [{"text": "mum had a DVT", "code": "dvt_past"}]
        assert list(flags(result)) == ["family_history"]


class TestDates:
    @pytest.mark.parametrize(
        ("code", "happened", "row"),
        [
            ("dvt_current", "2023-11-24", "dvt_past"),
            ("dvt_current", "2026-08-24", "dvt_current"),
            ("dvt_current", "2026-08-23", "dvt_past"),
            ("dvt_past", "2026-10-01", "dvt_current"),
            ("dvt_past", "2020-10-01", "dvt_past"),
            ("stroke_past", "2026-11-01", "stroke_tia_recent"),
            ("recent_heart_event", "2025-01-01", "heart_disease_stable"),
            ("epilepsy_controlled", "2026-07-01", "epilepsy_uncontrolled"),
            ("epilepsy_uncontrolled", "2026-05-01", "epilepsy_controlled"),
            ("surgery_recent", "2020-01-01", "surgery_recent"),
        ],
    )
    def test_move_a_yes_only_inside_its_family(self, code, happened, row):
        result = screened(answers={code: "yes", "dates": {code: happened}})

        assert set(flags(result)) == {row}

    def test_do_not_turn_a_no_into_anything(self):
        assert screened(answers={"dates": {"dvt_past": "2026-11-01"}})["flags"] == []

    def test_reckon_months_to_the_last_day_there_is(self):
        said = {"dvt_current": "yes", "dates": {"dvt_current": "2026-02-28"}}

        assert set(flags(screened(on="2026-05-31", answers=said))) == {"dvt_current"}
