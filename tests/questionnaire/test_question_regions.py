import pytest

from intake.questionnaire import regions


class TestRegions:
    def test_are_52_in_words(self):
        assert len(regions.REGIONS) == 52
        assert {"left_shoulder_front", "neck_back"} <= set(regions.REGIONS)

    def test_that_come_in_pairs_have_a_left_for_each_right(self):
        left = {code.removeprefix("left_") for code in regions.REGIONS if code.startswith("left_")}
        right = {
            code.removeprefix("right_") for code in regions.REGIONS if code.startswith("right_")
        }

        assert left == right
        assert len(left) == 21

    def test_are_each_covered_by_a_whole(self):
        covered = set().union(*(regions.parts(whole) for whole in regions.WHOLES))

        assert covered == set(regions.REGIONS)

    def test_have_the_eleven_wholes(self):
        assert list(regions.WHOLES) == [
            "head",
            "neck",
            "chest",
            "belly",
            "upper_back",
            "lower_back",
            "hips",
            "left_arm",
            "right_arm",
            "left_leg",
            "right_leg",
        ]

    def test_stand_for_themselves(self):
        assert regions.parts("sacrum") == {"sacrum"}
        with pytest.raises(KeyError):
            regions.parts("elsewhere")

    def test_have_words_for_every_code(self):
        assert regions.words("left_knee_back") == "Left back of knee"
        assert regions.words("belly") == "Tummy"
