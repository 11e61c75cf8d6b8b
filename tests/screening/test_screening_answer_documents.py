import pytest
from screening_documents import document

from intake.screening.documents import check
from intake.screening.shapes import BadDocument

EXAMPLE = {
    "id": "p-17",
    "on": "2026-11-24",
    "born": "1973-06-04",
    "wants": ["acupuncture", "massage"],
    "goals": ["pain", "sleep"],
    "answers": {
        "anticoagulant_use": "yes",
        "easy_bruising": "not_sure",
        "icd": "no",
        "em_suicide": "no",
        "em_vitals": "no",
        "pregnancy": {"answer": "yes", "weeks": 14},
        "pain_regions": ["lower_back"],
        "treat_regions": ["left_shoulder_front", "neck_back"],
        "touch_boundaries": [],
        "affected_regions": {"lymph_nodes_removed": ["left_arm"]},
        "dates": {"surgery_recent": "2026-10-02"},
        "vitals": {"systolic": 134, "diastolic": 82, "temperature_c": 36.8},
        "labs": {"inr": {"value": 2.4, "on": "2026-11-20"}},
    },
    "medicines": ["eliquis 5mg twice a day"],
    "free_text": {"anything_else": "mum had a DVT"},
}


class TestGoodDocument:
    def test_in_full_is_accepted(self):
        check(EXAMPLE)

    def test_with_only_the_required_parts_is_accepted(self):
        check({"id": "a", "on": "2026-11-24", "born": "2026-11-24", "answers": {}})


@pytest.mark.parametrize("name", ["id", "on", "born", "answers"])
def test_a_required_part_is_missed_by_name(name):
    said = document()
    del said[name]

    with pytest.raises(BadDocument) as refused:
        check(said)

    assert (refused.value.field, refused.value.sentence) == (name, "is missing.")


@pytest.mark.parametrize("answers", [None, [], "no", {1: "yes"}])
def test_answers_that_are_no_object_are_refused(answers):
    with pytest.raises(BadDocument) as refused:
        check(EXAMPLE | {"answers": answers})

    assert refused.value.field == "answers"


@pytest.mark.parametrize("said", [None, [], "text", 3, {1: "a"}])
def test_what_is_no_object_is_refused(said):
    with pytest.raises(BadDocument) as refused:
        check(said)

    assert refused.value.field == "document"


@pytest.mark.parametrize(
    ("part", "value", "field"),
    [
        ("extra", 1, "extra"),
        ("id", 17, "id"),
        ("id", "  ", "id"),
        ("id", "x" * 201, "id"),
        ("on", "2026-02-30", "on"),
        ("on", "20261124", "on"),
        ("on", None, "on"),
        ("on", "２０２６-11-24", "on"),
        ("born", "2026-11-25", "born"),
        ("born", "1800-01-01", "born"),
        ("born", 1973, "born"),
        ("wants", "massage", "wants"),
        ("wants", ["cupping"], "wants[0]"),
        ("wants", [["massage"]], "wants[0]"),
        ("goals", ["pain", "glory"], "goals[1]"),
        ("medicines", None, "medicines"),
        ("medicines", "aspirin", "medicines"),
        ("medicines", ["aspirin", 5], "medicines[1]"),
        ("medicines", ["a"] * 501, "medicines"),
        ("free_text", [], "free_text"),
        ("free_text", {"a": 1}, "free_text.a"),
        ("free_text", {"a": "x" * 20_001}, "free_text.a"),
    ],
)
def test_a_wrong_part_is_named(part, value, field):
    with pytest.raises(BadDocument) as refused:
        check(document(**{part: value}))

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("code", "value", "field"),
    [
        ("icd", "maybe", "icd"),
        ("icd", True, "icd"),
        ("icd", None, "icd"),
        ("icd", ["yes"], "icd"),
        ("icd", {}, "icd"),
        ("ICD", "yes", "ICD"),
        ("not_a_code", "no", "not_a_code"),
        ("antiplatelet_single", "no", "antiplatelet_single"),
        ("bp_very_high", "no", "bp_very_high"),
        ("age_child", "no", "age_child"),
        ("answer_unknown", "no", "answer_unknown"),
        ("pregnancy_t1", "yes", "pregnancy_t1"),
        ("medicine_unrecognised", "yes", "medicine_unrecognised"),
        ("em_suicide", "yes", "em_suicide"),
        ("em_suicide", "not_sure", "em_suicide"),
        ("em_vitals", "not_sure", "em_vitals"),
        ("pregnancy", "no", "pregnancy"),
        ("pregnancy", {}, "pregnancy.answer"),
        ("pregnancy", {"answer": "not_sure"}, "pregnancy.answer"),
        ("pregnancy", {"answer": "yes", "weeks": 46}, "pregnancy.weeks"),
        ("pregnancy", {"answer": "yes", "weeks": -1}, "pregnancy.weeks"),
        ("pregnancy", {"answer": "yes", "weeks": 14.5}, "pregnancy.weeks"),
        ("pregnancy", {"answer": "yes", "weeks": True}, "pregnancy.weeks"),
        ("pregnancy", {"answer": "yes", "due": "x"}, "pregnancy.due"),
        ("treat_regions", ["third_arm"], "treat_regions[0]"),
        ("treat_regions", "left_arm", "treat_regions"),
        ("touch_boundaries", None, "touch_boundaries"),
        ("affected_regions", {"icd": ["nowhere"]}, "affected_regions.icd[0]"),
        ("affected_regions", {"nothing": []}, "affected_regions.nothing"),
        ("dates", {"icd": "2026-11-25"}, "dates.icd"),
        ("dates", {"icd": "1973-06-03"}, "dates.icd"),
        ("dates", {"icd": "last year"}, "dates.icd"),
        ("dates", {"nothing": "2026-01-01"}, "dates.nothing"),
        ("vitals", {"mood": 3}, "vitals.mood"),
        ("vitals", {"systolic": "134"}, "vitals.systolic"),
        ("vitals", {"systolic": True}, "vitals.systolic"),
        ("vitals", {"temperature_c": 98.6}, "vitals.temperature_c"),
        ("vitals", {"pulse": float("nan")}, "vitals.pulse"),
        ("vitals", {"pulse": 10**400}, "vitals.pulse"),
        ("labs", {"inr": 2.4}, "labs.inr"),
        ("labs", {"inr": {"value": 2.4}}, "labs.inr.on"),
        ("labs", {"inr": {"on": "2026-11-20"}}, "labs.inr.value"),
        ("labs", {"inr": {"value": 2.4, "on": "2026-11-25"}}, "labs.inr.on"),
        ("labs", {"inr": {"value": -1, "on": "2026-11-20"}}, "labs.inr.value"),
        ("labs", {"sodium": {"value": 1, "on": "2026-11-20"}}, "labs.sodium"),
    ],
)
def test_a_wrong_answer_is_named(code, value, field):
    with pytest.raises(BadDocument) as refused:
        check(document(answers={code: value}))

    assert refused.value.field == f"answers.{field}"


def test_the_sentence_does_not_repeat_what_was_answered():
    with pytest.raises(BadDocument) as refused:
        check(document(answers={"icd": "private words"}))

    assert str(refused.value) == "answers.icd: must be one of yes, no, not_sure."
