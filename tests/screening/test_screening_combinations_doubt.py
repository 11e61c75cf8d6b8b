"""What a combination is worth when a part of it is not certain, or long ago."""

import pytest
from screening_documents import RULES, all_at, document, flags, screened

from intake.screening import engine
from intake.screening.combinations.reading import read_combinations
from intake.screening.engine import screen
from intake.screening.findings import HISTORICAL, UNCERTAIN, Finding, Reading, found, reason


def finding(code: str, source: str, state: str = "active") -> Finding:
    return found(RULES.rule(code), reason(source, code, code), state=state)


def raised(*findings: Finding, **said: object) -> dict[str, Finding]:
    combined = read_combinations(document(**said), RULES, list(findings))
    return {each.code: each for each in combined}


CHEMO = finding("cancer_treatment_current", "answer")


class TestCertainty:
    def test_of_a_part_from_free_text_alone_makes_no_emergency(self):
        read = finding("fever_now", "free_text", UNCERTAIN)

        made = raised(CHEMO, read)["em_cancer_fever"]

        assert {level.code for level in made.weight} == {"consult_first"}
        assert made.state == UNCERTAIN
        assert (made.urgency, made.message) == ("R1", "M5")

    def test_of_words_that_were_thought_certain_is_no_better(self):
        read = finding("fever_now", "free_text")

        made = raised(CHEMO, read)["em_cancer_fever"]

        assert {level.code for level in made.weight} == {"consult_first"}
        assert made.state == UNCERTAIN

    def test_nobody_is_told_to_call_an_ambulance_for_a_guess(self):
        read = finding("sickle_cell", "free_text", UNCERTAIN)

        made = raised(read, finding("fever_now", "answer"))["em_sepsis"]

        assert (made.urgency, made.message) == ("R1", "M2")

    def test_of_a_guessed_medicine_makes_no_emergency(self):
        guessed = finding("cancer_treatment_current", "medicine", UNCERTAIN)

        made = raised(guessed, finding("fever_now", "answer"))["em_cancer_fever"]

        assert {level.code for level in made.weight} == {"consult_first"}

    def test_of_a_recognised_medicine_does(self):
        taken = finding("cancer_treatment_current", "medicine")

        made = raised(taken, finding("fever_now", "answer"))["em_cancer_fever"]

        assert {level.code for level in made.weight} == {"emergency"}
        assert (made.state, made.urgency) == ("active", "R0")

    def test_of_an_old_laboratory_value_is_doubtful_and_still_counts_in_full(self):
        labs = {"labs": {"neutrophils": {"value": 0.6, "on": "2026-01-10"}}, "fever_now": "yes"}

        flag = flags(screened(answers=labs))["em_cancer_fever"]

        assert (flag["state"], flag["levels"]) == ("uncertain", all_at("emergency"))

    def test_of_one_good_reason_is_enough_beside_a_doubtful_one(self):
        both = CHEMO._replace(
            because=(*CHEMO.because, reason("free_text", "on chemo", "chemo")),
        )

        made = raised(both, finding("fever_now", "answer"))["em_cancer_fever"]

        assert {level.code for level in made.weight} == {"emergency"}

    def test_levels_below_an_emergency_are_kept_in_doubt(self):
        read = finding("long_term_steroid", "free_text", UNCERTAIN)

        made = raised(read, finding("skin_infection", "answer"))["infection_with_low_immunity"]

        assert {level.code for level in made.weight} == {"consult_first"}
        assert (made.state, made.urgency) == (UNCERTAIN, "R1")


class TestMisspeltMedicine:
    HEAD = finding("concussion_recent", "answer")

    def offered(self, names: str) -> Finding:
        because = reason("medicine", "as typed", names)
        return found(RULES.rule("medicine_unconfirmed"), because, state=UNCERTAIN)

    def test_counts_as_what_it_may_be_and_makes_no_emergency(self):
        made = raised(self.HEAD, self.offered("warfarin"))["em_head_injury"]

        assert {level.code for level in made.weight} == {"consult_first"}
        assert (made.state, made.urgency, made.message) == (UNCERTAIN, "R1", "M2")

    def test_counts_as_each_of_several_names(self):
        assert "em_head_injury" in raised(self.HEAD, self.offered("paracetamol, warfarin"))

    def test_without_bearing_raises_nothing(self):
        assert raised(self.HEAD, self.offered("paracetamol")) == {}

    def test_takes_nothing_from_what_is_known(self):
        known = finding("anticoagulant_use", "answer")

        for order in ((known, self.offered("warfarin")), (self.offered("warfarin"), known)):
            made = raised(self.HEAD, *order)["em_head_injury"]
            assert {level.code for level in made.weight} == {"emergency"}


class TestThePast:
    def test_of_cancer_still_counts(self):
        long_ago = finding("cancer_past", "answer", HISTORICAL)

        assert "em_cord_cancer" in raised(long_ago, finding("em_two_leg_signs", "answer"))

    def test_of_a_blood_thinner_does_not(self):
        stopped = finding("anticoagulant_use", "medicine", HISTORICAL)

        assert raised(stopped, finding("concussion_recent", "answer")) == {}

    def test_of_chemotherapy_does_not_make_todays_fever_an_emergency(self):
        done = finding("cancer_treatment_current", "medicine", HISTORICAL)

        assert raised(done, finding("fever_now", "answer")) == {}

    @pytest.mark.parametrize("code", ["pacemaker", "icd", "implanted_stimulator"])
    def test_of_an_implant_does_because_it_is_still_there(self, code):
        fitted = finding(code, "free_text", HISTORICAL)

        made = raised(fitted, wants=["electroacupuncture"])

        assert made["implant_and_electroacupuncture"].weight[1].code == "contraindicated"


class TestPlaces:
    def test_of_a_patch_are_where_heat_is_not_allowed(self):
        patch = found(RULES.rule("medicine_patch"), reason("answer", "-", "yes"), regions=["neck"])

        made = raised(patch, wants=["heat"])["patch_and_heat"]

        assert made.regions == ("neck",)

    def test_to_be_treated_that_are_not_concerned_are_not_named(self):
        answers = {"lung_disease": "yes", "treat_regions": ["left_foot", "left_chest"]}

        flag = flags(screened(answers=answers))["needles_over_risky_lungs"]

        assert flag["local"]["acupuncture"]["regions"] == ["left_chest"]
        assert flag["levels"]["acupuncture"] == "contraindicated"

    def test_below_both_knees_are_meant_when_feet_are_numb(self):
        answers = {"diabetes": "yes", "numbness_or_neuropathy": "yes", "treat_regions": ["neck"]}

        flag = flags(screened(answers=answers, wants=["heat"]))["diabetes_with_numb_feet"]

        assert "left_foot" in flag["local"]["heat"]["regions"]
        assert flag["levels"] == all_at("none")


def test_text_alone_is_never_an_emergency_in_the_whole(monkeypatch):
    read = [finding(code, "free_text", UNCERTAIN) for code in ("sickle_cell", "fever_now")]
    monkeypatch.setitem(engine.READERS, "text", lambda *_: Reading(findings=read))

    result = screen(document(), RULES)

    assert "em_sepsis" in flags(result)
    assert result["emergency"] is False
    assert (result["urgency"], result["message"]) == ("R1", "M2")
