"""Every class of medicines, against a table that was written down apart from the rules."""

import pytest
from medicine_lists import classes_in, raised, table
from screening_documents import MODALITIES, RANK, RULES, screened

from intake.screening.findings import reason
from intake.screening.medicines.reading import class_finding

EXPECTED = {row["medicine_class"]: row for row in table("expected_medicine_classes")}
CAUTION = RANK.index("caution")


def levels_of(code: str) -> dict[str, str]:
    return {modality: EXPECTED[code][modality] for modality in MODALITIES}


def test_rules_and_expectations_name_the_same_classes():
    assert {each.code for each in RULES.medicine_classes} == {*EXPECTED, "no_effect"}


@pytest.mark.parametrize("code", EXPECTED)
class TestEveryClass:
    def test_is_found_in_its_example_and_not_in_the_near_miss(self, code):
        row = EXPECTED[code]

        assert code in classes_in(row["example"])
        assert code not in classes_in(row["near_miss"])

    def test_is_reported_under_its_code_with_its_own_levels(self, code):
        row = EXPECTED[code]

        flag = raised(row["example"])[row["code"]]

        assert flag["levels"] == levels_of(code)
        assert flag["state"] == "active"
        assert [one["source"] for one in flag["because"]] == ["medicine"]
        assert [one["text"] for one in flag["because"]] == [row["example"]]
        assert row["code"] not in raised(row["near_miss"])

    def test_reaches_the_totals(self, code):
        totals = screened(medicines=[EXPECTED[code]["example"]])["levels"]

        for modality, level in levels_of(code).items():
            assert RANK.index(totals[modality]) >= RANK.index(level)


@pytest.mark.parametrize("code", sorted(set(EXPECTED) - {"clotting_factor"}))
def test_a_stopped_medicine_no_longer_stops_a_treatment(code):
    row = EXPECTED[code]

    flag = raised(f"used to take {row['example']}")[row["code"]]

    assert flag["state"] == "historical"
    for modality, level in levels_of(code).items():
        assert RANK.index(flag["levels"][modality]) == min(RANK.index(level), CAUTION)


def test_haemophilia_does_not_end_with_its_medicine():
    flag = raised("Hemlibra - stopped in May")["bleeding_disorder"]

    assert flag["state"] == "historical"
    assert flag["levels"] == levels_of("clotting_factor")


def test_everyday_medicines_raise_nothing():
    because = reason("medicine", "paracetamol", "paracetamol")

    assert class_finding(RULES, "no_effect", because) == []
    assert screened(medicines=["paracetamol 500 mg when needed"]) == screened(medicines=[])


def test_a_class_asks_its_questions_and_has_words_for_the_practitioner():
    for each in RULES.medicine_classes:
        assert each.name
        assert each.advice
        assert each.default == (each.sources == ("S65",)), each.code


def test_two_of_a_class_never_weigh_less_than_one():
    for each in RULES.classes_in_twos:
        pairs = zip(RULES.rule(each.two_as).weight, each.weight, strict=True)

        assert all(two >= one for two, one in pairs)
