import pytest

from intake.questionnaire import regions as asked
from intake.screening import regions


class TestRegions:
    def test_are_those_the_body_chart_asks_about(self):
        assert set(asked.REGIONS) == regions.REGIONS
        assert len(regions.REGIONS) == 52

    def test_wholes_cover_the_same_parts_as_on_the_chart(self):
        drawn = {code: frozenset(parts) for code, (_, parts) in asked.WHOLES.items()}

        assert drawn == regions.WHOLES

    def test_every_region_belongs_to_a_whole(self):
        assert frozenset().union(*regions.WHOLES.values()) == regions.REGIONS


class TestOverlap:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("left_arm", "left_arm", True),
            ("left_arm", "left_hand", True),
            ("left_hand", "left_arm", True),
            ("left_hand", "left_hand", True),
            ("left_hand", "right_hand", False),
            ("left_arm", "right_arm", False),
            ("left_arm", "left_leg", False),
            ("lower_back", "left_lower_back", True),
            ("upper_back", "left_shoulder_top", True),
            ("left_arm", "left_shoulder_top", True),
        ],
    )
    def test_holds_when_one_covers_or_equals_the_other(self, one, other, expected):
        assert regions.overlap([one], [other]) is expected

    def test_two_wholes_that_share_a_border_do_not_overlap(self):
        assert not regions.overlap(["upper_back"], ["lower_back"])

    def test_of_nothing_with_anything_does_not_hold(self):
        assert not regions.overlap([], ["left_arm"])

    def test_unknown_region_is_not_silently_nowhere(self):
        with pytest.raises(KeyError):
            regions.overlap(["third_arm"], ["left_arm"])
