"""Every row of the rules has an example that fires it and one that only nearly does."""

import pytest
from screening_documents import RULES, all_at, document, flags, screened
from screening_examples import general, local, result_of, said, table

from intake.screening.documents import check

EMERGENCIES = table("emergencies")
UNASKED = table("unasked")
COMBINATIONS = table("combinations")
HAZARDS = table("hazards")
BANDS = table("bands")


def by(column: str):
    return lambda value: value[column] if isinstance(value, dict) else None


class TestNoRowIsForgotten:
    def test_of_the_conditions(self):
        unasked = [rule.code for rule in RULES.conditions if not rule.is_answered]

        assert [row["code"] for row in UNASKED] == unasked

    def test_of_the_emergencies(self):
        assert [row["code"] for row in EMERGENCIES] == [rule.code for rule in RULES.emergencies]

    def test_of_the_combinations(self):
        assert [row["name"] for row in COMBINATIONS] == [row.name for row in RULES.combinations]

    def test_of_the_hazards(self):
        assert [row["code"] for row in HAZARDS] == [row.code for row in RULES.hazards]

    def test_of_the_thresholds(self):
        expected = [(row["measure"], row["from"], row["to"], row["code"]) for row in BANDS]

        assert expected == [(b.measure, *limits(b), b.code) for b in RULES.bands]


def limits(band) -> list[str]:
    """From and to, whether or not the limit itself belongs to the band."""
    lowest = band.at_least if band.at_least is not None else band.above
    highest = band.below if band.below is not None else band.up_to
    return ["" if each is None else f"{each:g}" for each in (lowest, highest)]


@pytest.mark.parametrize("row", EMERGENCIES, ids=by("code"))
class TestEmergency:
    def test_stops_everything_with_its_urgency_and_message(self, row):
        result = screened(answers={row["code"]: row["answer"]})

        assert (result["urgency"], result["message"]) == (row["urgency"], row["message"])
        assert result["levels"] == general(row)
        assert flags(result)[row["code"]]["levels"] == general(row)

    def test_answered_no_leaves_the_others_to_speak(self, row):
        other = "em_bleeding" if row["code"] != "em_bleeding" else "em_sepsis"

        result = screened(answers={row["code"]: "no", other: "yes"})

        assert row["code"] not in flags(result)
        assert result["levels"] == all_at("emergency")

    def test_left_blank_is_asked_about_and_no_emergency(self, row):
        result = screened(without=(row["code"],))

        assert row["code"] not in flags(result)
        assert result["emergency"] is False


@pytest.mark.parametrize("row", UNASKED, ids=by("code"))
class TestRowNobodyAnswersYes:
    def test_has_exactly_its_levels(self, row, monkeypatch):
        flag = flags(result_of(row["fires"], monkeypatch))[row["code"]]

        assert flag["levels"] == general(row)
        assert {name: one["level"] for name, one in flag["local"].items()} == local(row)

    def test_is_not_raised_by_what_is_nearly_it(self, row, monkeypatch):
        assert row["code"] not in flags(result_of(row["near_miss"], monkeypatch))


def test_every_example_is_a_document_the_site_accepts():
    rows = [*COMBINATIONS, *HAZARDS, *UNASKED]
    for cell in (row[column] for row in rows for column in ("fires", "near_miss")):
        check(document(**said([part.strip() for part in cell.split(";")])), RULES)
