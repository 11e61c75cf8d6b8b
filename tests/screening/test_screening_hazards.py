import pytest
from screening_documents import RULES, all_at, flags, screened
from screening_examples import general, result_of, table

from intake.screening.regions import CODES, overlap

EXPECTED = table("hazards")


def hazards(result: dict) -> dict[str, dict]:
    return {code: flag for code, flag in flags(result).items() if code.startswith("region_")}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["code"])
class TestHazard:
    def test_is_advice_about_the_places_to_be_treated(self, row, monkeypatch):
        flag = flags(result_of(row["fires"], monkeypatch))[row["code"]]

        place = row["fires"].rpartition(":")[2]
        levels = {name: level for name, level in general(row).items() if level != "none"}
        assert flag["state"] == "active"
        assert flag["levels"] == all_at("none")
        assert flag["local"] == {
            name: {"level": level, "regions": [place]} for name, level in levels.items()
        }
        because = {"source": "region", "text": place.replace("_", " "), "matched": place}
        assert flag["because"] == [because]

    def test_is_silent_beside_its_place(self, row, monkeypatch):
        assert row["code"] not in flags(result_of(row["near_miss"], monkeypatch))

    def test_says_what_it_means_for_needles_and_for_massage(self, row):
        hazard = next(each for each in RULES.hazards if each.code == row["code"])

        assert hazard.needling in RULES.rule(row["code"]).advice
        assert hazard.massage_advice in RULES.rule(row["code"]).advice
        assert hazard.sources
        assert hazard.default is (hazard.sources == ("S65",))
        assert 0 < len(hazard.title) <= 60


@pytest.mark.parametrize("place", sorted(CODES))
def test_no_place_alone_changes_what_is_suggested(place):
    result = screened(answers={"treat_regions": [place]})

    assert result["levels"] == all_at("none")
    assert result["suggestion"] == "combined"
    assert set(flags(result)) == set(hazards(result))


@pytest.mark.parametrize("answers", [{}, {"treat_regions": []}, {"pain_regions": ["left_chest"]}])
def test_nothing_is_advised_where_no_place_is_to_be_treated(answers):
    assert hazards(screened(answers=answers)) == {}


def test_several_places_are_one_piece_of_advice():
    places = ["right_calf", "left_shin", "left_shin"]

    flag = hazards(screened(answers={"treat_regions": places}))["region_lower_leg"]

    assert flag["local"]["acupuncture"]["regions"] == ["left_shin", "right_calf"]
    assert len(flag["because"]) == 2


def test_every_hazard_has_a_place_on_the_body_chart():
    """The chart has no armpit, eye, mouth, breast or private parts: their rows name the nearest."""
    assert [row.code for row in RULES.hazards if not overlap(row.regions, CODES)] == []
