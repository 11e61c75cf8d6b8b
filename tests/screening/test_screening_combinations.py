"""Every combination, against a table of examples and levels written down apart from the rules."""

import pytest
from screening_documents import RULES, flags
from screening_examples import general, local, result_of, table

EXPECTED = table("combinations")
THERAPIES = ("acupuncture", "electroacupuncture", "heat", "massage")


def fired(result: dict) -> set[str]:
    """Names of the combinations among the reasons."""
    return {
        one["matched"]
        for flag in result["flags"]
        for one in flag["because"]
        if one["source"] == "combination"
    }


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["name"])
class TestCombination:
    def test_raises_exactly_its_levels(self, row, monkeypatch):
        result = result_of(row["fires"], monkeypatch)

        flag = flags(result)[row["code"]]
        assert row["name"] in fired(result)
        assert flag["state"] == "active"
        assert flag["levels"] == general(row)
        assert {name: one["level"] for name, one in flag["local"].items()} == local(row)
        assert (result["urgency"] or "", result["message"] or "") == (
            row["urgency"],
            row["message"],
        )

    def test_says_what_it_rests_on(self, row, monkeypatch):
        flag = flags(result_of(row["fires"], monkeypatch))[row["code"]]

        others = [one for one in flag["because"] if one["source"] != "combination"]
        parts = next(each for each in RULES.combinations if each.name == row["name"]).groups
        assert len(others) >= len(parts)
        assert len({tuple(one.items()) for one in flag["because"]}) == len(flag["because"])

    def test_is_not_raised_by_what_is_nearly_it(self, row, monkeypatch):
        assert row["name"] not in fired(result_of(row["near_miss"], monkeypatch))

    def test_needs_each_of_its_parts(self, row, monkeypatch):
        parts = row["fires"].split(";")

        for part in parts:
            rest = [each for each in parts if each != part] or ["age:40"]
            if part.startswith("age:"):
                rest.append("age:40")
            assert row["name"] not in fired(result_of(";".join(rest), monkeypatch))


@pytest.mark.parametrize("row", RULES.combinations, ids=lambda row: row.name)
class TestRow:
    def test_says_what_to_do_and_on_what_it_rests(self, row):
        assert row.advice
        assert row.sources
        assert row.default is (row.sources == ("S65",))

    def test_has_a_concern_and_a_title_where_the_code_is_its_own(self, row):
        rule = RULES.rule(row.code)

        assert RULES.concern(row.code)
        assert 0 < len(RULES.title(row.code)) <= 60
        assert (rule.kind == "combination") is bool(row.title)
        assert bool(row.title) is bool(row.concern) is bool(row.levels)


def test_concerns_are_those_the_page_knows():
    known = {each.concern for each in RULES.concerns}

    assert {row.concern for row in RULES.combinations} - {""} <= known
