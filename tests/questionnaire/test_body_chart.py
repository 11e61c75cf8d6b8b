"""The figure shows the same places as the boxes under it, each on its side."""

from pathlib import Path

import pytest

from intake.questionnaire.figure import views
from intake.questionnaire.regions import REGIONS

STYLE = (Path(__file__).parents[2] / "static" / "body-chart.css").read_text()


def test_every_place_is_drawn_and_elbows_and_hands_on_both_views():
    front, back = ({shape.region for shape in view.shapes} for view in views())

    assert front | back == set(REGIONS)
    assert {region.partition("_")[2] for region in front & back} == {"elbow", "hand"}
    assert len(front) + len(back) == 56


@pytest.mark.parametrize(("number", "drawn"), [(0, "right_"), (1, "left_")])
def test_sides_are_the_persons_own(number, drawn):
    """From the front the person's right is on the viewer's left, where a shape is drawn."""
    view = views()[number]

    assert view.on_the_left == f"Your {drawn[:-1]}"
    for shape in view.shapes:
        if shape.region.startswith(("left_", "right_")):
            assert shape.mirrored is not shape.region.startswith(drawn)
        else:
            assert not shape.mirrored


def test_every_marked_place_is_painted():
    assert [c for c in REGIONS if f'[value="{c}"]:checked) .r-{c}' not in STYLE] == []
