"""Every threshold at its limits, against a table written down apart from the rules."""

import pytest
from screening_documents import flags
from screening_examples import general, local, result_of, table

EXPECTED = table("bands")


def named(row: dict[str, str]) -> str:
    return f"{row['measure']} {row['from']} to {row['to']}"


@pytest.mark.parametrize("row", EXPECTED, ids=named)
class TestThreshold:
    def test_raises_exactly_its_levels(self, row, monkeypatch):
        for value in row["fires"].split():
            result = result_of(f"{row['measure']}:{value}", monkeypatch)

            assert set(flags(result)) == {row["code"]}
            flag = flags(result)[row["code"]]
            assert flag["levels"] == general(row)
            assert {name: one["level"] for name, one in flag["local"].items()} == local(row)
            said = (result["urgency"] or "", result["message"] or "")
            assert said == (row["urgency"], row["message"])

    def test_is_not_reached_by_the_value_beside_it(self, row, monkeypatch):
        for value in row["near_miss"].split():
            assert row["code"] not in flags(result_of(f"{row['measure']}:{value}", monkeypatch))
