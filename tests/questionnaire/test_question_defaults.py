"""The questions that come with the project: complete, unique, in a usable order."""

import pytest

from intake.questionnaire import source
from intake.questionnaire.conditions import mentions
from intake.questionnaire.emergency import messages, short_check

PARTS = ["about_you", "why", "where", "health", "medicines", "comfort", "consent"]

_SAFETY = """
    anticoagulant_use anticoagulant_unstable bleeding_disorder low_platelets dvt_current dvt_past
    clot_risk_recent sickle_cell aneurysm_known pacemaker icd implanted_stimulator
    recent_heart_event heart_disease_stable heart_failure heart_valve_high_risk
    fainted_with_needles epilepsy_controlled epilepsy_uncontrolled stroke_tia_recent
    numbness_or_neuropathy capacity_concern pregnancy_high_risk postpartum cancer_active
    cancer_treatment_current radiotherapy_area bone_metastases lymph_nodes_removed lymphoedema
    neutropenia unexplained_lump constitutional_symptoms fever_now contagious_illness
    skin_infection immune_suppressed wound_open metal_allergy contact_allergy fragile_skin
    medicine_patch osteoporosis osteoporosis_fracture fracture_recent acute_injury surgery_recent
    neck_instability_risk diabetes_low_sugar_risk diabetes diabetic_foot kidney_disease
    liver_disease long_term_steroid pneumothorax_past needle_fear psychosis_mania trauma_touch
    intoxicated_today low_mood_thoughts consent_barrier unsafe_home previous_reaction
    undiagnosed_serious_symptom advice_to_stop_medicine
"""
FIRST_RELEASE_SAFETY_CODES = set(_SAFETY.split())

_AFTER_MEDICINES = """
    easy_bruising arrhythmia bp_raised bp_low_or_faints stroke_past thyroid_problem autoimmune_flare
    joint_flare tendon_risk_medicine shingles tuberculosis_active movement_disorder
    multiple_sclerosis spinal_cord_injury myasthenia_gravis anxiety_panic burn_or_sunburn
    skin_condition_flare filler_botox_recent body_worn_device central_line cancer_past
    anaemia_marked fertility_treatment
"""
FOR_SOME_GOALS = {"arterial_disease"}
AFTER_MEDICINES = set(_AFTER_MEDICINES.split())

_EMERGENCY = """
    em_chest_pain em_breathless em_after_needling_chest em_collapse em_stroke em_thunderclap
    em_headache_fever em_gca_vision em_neck_artery em_head_injury em_seizure em_cauda_equina
    em_two_leg_signs em_cord_cancer em_rapid_weakness em_spine_infection em_sepsis
    em_cancer_fever em_hot_joint em_spreading_skin em_dvt em_cold_limb em_tight_swelling
    em_bleeding em_aneurysm em_acute_abdomen em_testicle em_fracture em_pregnancy em_ectopic
    em_low_sugar em_high_sugar em_anaphylaxis em_overdose em_suicide em_acute_mental
"""
EMERGENCY_CODES = set(_EMERGENCY.split())

DEFAULT = source.default()
QUESTIONS = list(source.questions(DEFAULT))
BY_CODE = {question["code"]: question for question in QUESTIONS}


class TestTheDefaultQuestions:
    def test_have_no_problems(self):
        assert source.problems(DEFAULT) == []

    def test_come_in_seven_parts_in_order(self):
        assert [section["code"] for section in DEFAULT["sections"]] == PARTS

    def test_ask_every_safety_code_of_the_first_release_as_yes_no_or_not_sure(self):
        asked = {q["code"] for q in QUESTIONS if q["kind"] == "yes_no"}

        assert asked == FIRST_RELEASE_SAFETY_CODES | AFTER_MEDICINES | FOR_SOME_GOALS

    def test_ask_of_a_medicine_only_those_whose_medicines_lead_to_it(self):
        for code in AFTER_MEDICINES:
            assert BY_CODE[code]["ask_when"] == {"question": "medicines", "opens": [code]}

    def test_ask_every_emergency_code(self):
        assert {q["code"] for q in QUESTIONS if q["kind"] == "emergency"} == EMERGENCY_CODES

    def test_ask_the_emergency_codes_first_in_the_health_part(self):
        health = next(s for s in DEFAULT["sections"] if s["code"] == "health")
        kinds = [question["kind"] for page in health["pages"] for question in page["questions"]]

        assert kinds[: len(EMERGENCY_CODES)] == ["emergency"] * len(EMERGENCY_CODES)

    def test_have_at_most_six_emergency_lines_and_five_safety_lines_on_a_page(self):
        for page in source.pages(DEFAULT):
            kinds = [question["kind"] for question in page["questions"]]
            assert kinds.count("emergency") <= 6, page["code"]
            assert kinds.count("yes_no") <= 5, page["code"]

    def test_mark_what_is_private_and_never_insist_on_it(self):
        private = {q["code"] for q in QUESTIONS if q.get("private")}

        assert private == {"trauma_touch", "unsafe_home", "touch_boundaries", "postpartum"}
        skippable = {code for code in private if not BY_CODE[code].get("required", True)}
        assert private - skippable == {"touch_boundaries"}  # "No, none" and "in person" are there

    def test_offer_every_private_or_sensitive_answer_in_person(self):
        sensitive = {q["code"] for q in QUESTIONS if q.get("sensitive")}

        assert {q["code"] for q in QUESTIONS if q.get("private")} <= sensitive
        assert sensitive >= {"pregnancy", "low_mood_thoughts", "psychosis_mania", "anxiety_panic"}
        assert sensitive >= {"intoxicated_today", "pregnancy_high_risk"}

    def test_keep_private_answers_out_of_every_condition(self):
        conditions = [page.get("ask_when") for page in source.pages(DEFAULT)]
        conditions += [question.get("ask_when") for question in QUESTIONS]

        assert (
            set()
            .union(*map(mentions, conditions))
            .isdisjoint({"trauma_touch", "unsafe_home", "touch_boundaries", "postpartum"})
        )

    def test_rate_each_goal_on_a_page_of_its_own(self):
        goals = [option["code"] for option in BY_CODE["goals"]["options"]]

        assert goals == ["pain", "stress", "circulation", "sleep", "wellbeing"]
        assert all(BY_CODE[f"rating_{goal}"]["kind"] == "scale" for goal in goals)

    def test_ask_where_only_about_codes_that_are_asked(self):
        about = {code.removeprefix("where_") for code in BY_CODE if code.startswith("where_")}

        assert about <= FIRST_RELEASE_SAFETY_CODES | AFTER_MEDICINES

    def test_offer_four_answers_to_the_question_about_ending_ones_life(self):
        question = BY_CODE["em_suicide"]

        assert [option["code"] for option in question["options"]] == [
            "no",
            "thoughts",
            "plan_or_acted",
            "rather_talk",
        ]
        assert question["alarms"] == {"thoughts": "R1", "plan_or_acted": "R0", "rather_talk": "R1"}

    def test_never_promise_a_result_or_scold(self):
        words = str(DEFAULT).lower()

        for unwanted in ("cure", "proven", "guarantee", "detox", "invalid", "please note", "can't"):
            assert unwanted not in words


class TestProblems:
    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            (lambda s: s["sections"].append(s["sections"][0]), "part about_you is there twice"),
            (
                lambda s: s["sections"][0]["pages"][0].update(
                    ask_when={"question": "consent_data", "is": ["yes"]}
                ),
                "page who_fills_in depends on consent_data, which is not asked on an earlier page",
            ),
            (
                lambda s: s["sections"][0]["pages"][0]["questions"][0].update(kind="guess"),
                "question filled_in_by is of an unknown kind guess",
            ),
            (
                lambda s: s["sections"][0]["pages"][0]["questions"][0].update(code="a__b"),
                "question a__b must not hold two underscores in a row",
            ),
            (
                lambda s: s["sections"][0]["pages"][0]["questions"][0]["options"].append(
                    {"code": "myself", "label": "Again"}
                ),
                "option of filled_in_by myself is there twice",
            ),
            (
                lambda s: s["sections"][3]["pages"][0]["questions"][0].update(message="M99"),
                "question em_chest_pain names a message that is not there",
            ),
            (
                lambda s: s["sections"][0]["pages"][2].update(heading=""),
                "page name needs a heading",
            ),
            (
                lambda s: s["sections"][0]["pages"][3]["questions"][0].update(kind="text"),
                "question born must be a date",
            ),
        ],
    )
    def test_are_told_in_words(self, change, problem):
        changed = source.default()

        change(changed)

        assert problem in source.problems(changed)


class TestTheShortCheck:
    def test_names_six_signs_each_with_its_message(self):
        check = short_check()

        assert len(check.signs) == 6
        assert {sign.code for sign in check.signs} <= EMERGENCY_CODES
        assert all(sign.message.text for sign in check.signs)

    def test_offers_none_yes_and_not_sure(self):
        assert [code for code, _ in short_check().options] == ["none", "yes", "not_sure"]

    def test_never_says_that_someone_is_fine(self):
        assert "fine" not in short_check().after_none

    def test_has_all_eight_messages(self):
        assert list(messages()) == [f"M{number}" for number in range(1, 9)]
