"""Every row, against a table of levels that was written down apart from the rules."""

import csv
from pathlib import Path

import pytest
from screening_documents import MODALITIES, RULES, document, flags, screened

from intake.screening.documents import check

LETTERS = {
    "0": "none",
    "N": "note",
    "C": "caution",
    "F": "consult_first",
    "X": "contraindicated",
}

with (Path(__file__).parent / "expected_levels.csv").open() as lines:
    EXPECTED = {row["code"]: row for row in csv.DictReader(lines)}

ASKED = [code for code, row in EXPECTED.items() if row["answered"] == "yes"]
EMERGENCIES = [rule for rule in RULES.emergencies if rule.code != "em_suicide"]


def general(code: str) -> dict[str, str]:
    return {name: LETTERS[EXPECTED[code][name].partition("+")[0]] for name in MODALITIES}


def local(code: str) -> dict[str, str]:
    cells = {name: EXPECTED[code][name].partition("+")[2] for name in MODALITIES}
    return {name: LETTERS[letter] for name, letter in cells.items() if letter}


def test_rules_and_expectations_name_the_same_codes():
    assert [rule.code for rule in RULES.conditions] == list(EXPECTED)
    assert {rule.code for rule in RULES.conditions if rule.is_answered} == set(ASKED)


@pytest.mark.parametrize("code", EXPECTED)
def test_levels_in_the_rules_are_those_of_the_reference(code):
    rule = RULES.rule(code)

    written = dict(zip(MODALITIES, rule.local, strict=True))

    assert dict(zip(MODALITIES, rule.levels, strict=True)) == general(code)
    assert {name: level for name, level in written.items() if level} == local(code)


@pytest.mark.parametrize("code", ASKED)
class TestCondition:
    def test_raises_exactly_its_levels_when_answered_yes(self, code):
        result = screened(answers={code: "yes"})

        flag = flags(result)[code]
        assert flag["state"] == "active"
        assert flag["levels"] == general(code)
        assert {name: one["level"] for name, one in flag["local"].items()} == local(code)
        assert [one["matched"] for one in flag["because"]] == ["yes"]
        assert flag["sources"] == list(RULES.rule(code).sources)

    def test_raises_nothing_when_answered_no(self, code):
        result = screened(answers={code: "no"})

        assert result["flags"] == []
        assert set(result["levels"].values()) == {"none"}

    def test_is_an_answer_the_document_may_hold(self, code):
        for value in ("yes", "no", "not_sure"):
            check(document(answers={code: value}))


@pytest.mark.parametrize("rule", EMERGENCIES, ids=lambda rule: rule.code)
def test_emergency_stops_everything(rule):
    result = screened(answers={rule.code: "yes"})

    assert result["emergency"] is True
    assert result["suggestion"] == "emergency"
    assert set(result["levels"].values()) == {"emergency"}
    assert (result["urgency"], result["message"]) == (rule.urgency, rule.message)
    assert set(flags(result)) == {rule.code}
