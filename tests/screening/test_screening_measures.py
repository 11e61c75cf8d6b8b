from dataclasses import replace
from datetime import date, timedelta

import pytest
from screening_documents import RULES, all_at, document, flags, levels, screened

from intake.screening.engine import screen


def measured(**vitals: float) -> dict:
    return screened(answers={"vitals": vitals})


@pytest.mark.parametrize(
    ("measure", "value", "found"),
    [
        ("temperature_c", 35.0, "em_vitals"),
        ("temperature_c", 35.1, None),
        ("temperature_c", 37.4, None),
        ("temperature_c", 37.5, "temperature_raised"),
        ("temperature_c", 37.9, "temperature_raised"),
        ("temperature_c", 38, "fever_now"),
        ("systolic", 180, "bp_very_high"),
        ("systolic", 179, "bp_raised"),
        ("systolic", 160, "bp_raised"),
        ("systolic", 159, None),
        ("systolic", 100, None),
        ("systolic", 99, "bp_low_or_faints"),
        ("diastolic", 120, "bp_very_high"),
        ("diastolic", 100, "bp_raised"),
        ("diastolic", 99, None),
        ("pulse", 131, "em_vitals"),
        ("pulse", 130, "pulse_unusual"),
        ("pulse", 110, None),
        ("pulse", 51, None),
        ("pulse", 50, "pulse_unusual"),
        ("pulse", 40, "em_vitals"),
        ("oxygen", 91, "em_vitals"),
        ("oxygen", 92, "oxygen_low"),
        ("oxygen", 95, "oxygen_low"),
        ("oxygen", 96, None),
        ("breathing_rate", 25, "em_vitals"),
        ("breathing_rate", 21, "breathing_fast"),
        ("breathing_rate", 20, None),
        ("breathing_rate", 8, "em_vitals"),
        ("glucose_mmol", 3.9, "glucose_low"),
        ("glucose_mmol", 4.0, None),
        ("glucose_mmol", 15, "glucose_high"),
    ],
)
def test_thresholds_of_measurements(measure, value, found):
    assert set(flags(measured(**{measure: value}))) == ({found} if found else set())


@pytest.mark.parametrize(
    ("measure", "value", "found", "expected"),
    [
        ("inr", 3.4, None, None),
        ("inr", 3.5, "anticoagulant_unstable", None),
        ("platelets", 100, None, None),
        ("platelets", 99, "low_platelets", all_at("caution")),
        ("platelets", 49, "low_platelets", None),
        ("platelets", 19, "low_platelets_severe", all_at("contraindicated")),
        ("neutrophils", 1.0, None, None),
        ("neutrophils", 0.9, "neutropenia", None),
        (
            "neutrophils",
            0.4,
            "neutropenia",
            levels("contraindicated", "contraindicated", "caution", "consult_first"),
        ),
        ("haemoglobin", 80, None, None),
        ("haemoglobin", 79, "haemoglobin_low", all_at("consult_first")),
    ],
)
def test_thresholds_of_laboratory_values(measure, value, found, expected):
    lab = {"value": value, "on": "2026-11-20"}

    result = flags(screened(answers={"labs": {measure: lab}}))

    assert set(result) == ({found} if found else set())
    if expected:
        assert result[found]["levels"] == expected


class TestLaboratoryValue:
    def test_that_is_old_and_worrying_still_counts_as_uncertain(self):
        lab = {"value": 15, "on": "2025-11-20"}

        flag = flags(screened(answers={"labs": {"platelets": lab}}))["low_platelets_severe"]

        assert flag["state"] == "uncertain"
        assert flag["levels"] == all_at("contraindicated")

    def test_ages_faster_during_cancer_treatment(self):
        labs = {"labs": {"haemoglobin": {"value": 70, "on": "2026-11-10"}}}

        steady = screened(answers=labs)
        treated = screened(answers=labs | {"cancer_treatment_current": "yes"})

        assert flags(steady)["haemoglobin_low"]["state"] == "active"
        assert flags(treated)["haemoglobin_low"]["state"] == "uncertain"

    def test_ages_fastest_when_counts_are_known_to_be_low(self):
        labs = {"labs": {"haemoglobin": {"value": 70, "on": "2026-11-21"}}}
        treated = labs | {"cancer_treatment_current": "yes"}

        low = screened(answers=treated | {"low_platelets": "yes"})

        assert flags(screened(answers=treated))["haemoglobin_low"]["state"] == "active"
        assert flags(low)["haemoglobin_low"]["state"] == "uncertain"

    @pytest.mark.parametrize(
        ("measure", "value", "found", "days"),
        [
            ("inr", 4, "anticoagulant_unstable", 28),
            ("platelets", 60, "low_platelets", 92),
            ("neutrophils", 0.6, "neutropenia", 92),
            ("haemoglobin", 70, "haemoglobin_low", 92),
        ],
    )
    def test_is_current_up_to_its_last_day(self, measure, value, found, days):
        for age, state in ((days, "active"), (days + 1, "uncertain")):
            lab = {"value": value, "on": str(date(2026, 11, 24) - timedelta(days=age))}

            result = screened(answers={"labs": {measure: lab}})

            assert flags(result)[found]["state"] == state

    def test_of_which_nobody_says_how_long_it_is_current_is_uncertain(self):
        labs = {"labs": {"haemoglobin": {"value": 70, "on": "2026-11-24"}}}

        result = screen(document(answers=labs), replace(RULES, validities=()))

        assert flags(result)["haemoglobin_low"]["state"] == "uncertain"

    def test_of_a_very_high_inr_asks_for_a_doctor_the_same_day(self):
        result = screened(answers={"labs": {"inr": {"value": 5, "on": "2026-11-20"}}})

        assert (result["urgency"], result["message"]) == ("R1", "M2")


class TestBloodPressure:
    def test_very_high_without_signs_is_no_emergency(self):
        result = measured(systolic=185, diastolic=100)

        assert result["levels"] == all_at("contraindicated")
        assert (result["emergency"], result["urgency"]) == (False, "R1")

    def test_very_high_with_a_sign_is_one(self):
        result = screened(answers={"vitals": {"diastolic": 121}, "headache_new_or_changed": "yes"})

        assert "em_bp_crisis" in flags(result)

    @pytest.mark.parametrize(
        ("systolic", "diastolic", "found"),
        [
            (139, 89, set()),
            (140, 80, {"bp_in_pregnancy"}),
            (120, 90, {"bp_in_pregnancy"}),
            (159, 109, {"bp_in_pregnancy"}),
            (160, 80, {"bp_in_pregnancy", "em_pregnancy"}),
            (120, 110, {"bp_in_pregnancy", "em_pregnancy"}),
        ],
    )
    def test_in_pregnancy_has_lower_limits(self, systolic, diastolic, found):
        result = screened(
            answers={
                "pregnancy": {"answer": "yes", "weeks": 20},
                "vitals": {"systolic": systolic, "diastolic": diastolic},
            }
        )

        assert {"bp_in_pregnancy", "em_pregnancy"} & set(flags(result)) == found

    def test_low_with_faints_is_an_emergency(self):
        result = screened(answers={"vitals": {"systolic": 90}, "bp_low_or_faints": "yes"})

        assert "em_vitals" in flags(result)

    def test_against_a_no_is_a_conflict_and_still_counts(self):
        result = measured(systolic=170)

        assert [one["code"] for one in result["conflicts"]] == ["bp_raised"]
        assert result["levels"] == all_at("caution")
