"""The figure of the body chart: shapes by the id that `regions.Region.drawn` names.

Drawn on a field of 200 by 470 for the viewer's left; a pair is mirrored. On the front view the
viewer's left is the person's right.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intake.questionnaire.regions import REGIONS

with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
    SHAPES = {row["id"]: row["path"] for row in csv.DictReader(lines)}
SAME_AS = {"uparm-b": "uparm-f", "forearm-b": "forearm-f", "knee-b": "knee", "calf": "shin"}
"""Seen from behind, these have the outline they have from the front."""
ON_BOTH = ("elbow", "hand")
SEEN_FROM_BEHIND = ("head-b", "neck-b", "shoulder-b", "blade", "spine-u", "back-m", "back-l")
SEEN_FROM_BEHIND += ("sacrum", "buttock", "thigh-b", "heel", *SAME_AS)


@dataclass(frozen=True)
class Shape:
    region: str
    path: str
    mirrored: bool


@dataclass(frozen=True)
class View:
    title: Promise
    on_the_left: Promise
    on_the_right: Promise
    shapes: tuple[Shape, ...]


@cache
def views() -> tuple[View, View]:
    """The person from the front and from behind, every region on one of them at least."""
    front, back = _shapes("right", from_the_front=True), _shapes("left", from_the_front=False)
    return (
        View(pgettext_lazy("seen from", "Front"), _("Your right"), _("Your left"), front),
        View(pgettext_lazy("seen from", "Back"), _("Your left"), _("Your right"), back),
    )


def _shapes(side_drawn: str, *, from_the_front: bool) -> tuple[Shape, ...]:
    """side_drawn: whose side the shapes of a pair show as they are drawn."""
    return tuple(
        Shape(
            region=region.code,
            path=SHAPES[SAME_AS.get(region.drawn, region.drawn)],
            mirrored=_is_other_side(region.code, side_drawn),
        )
        for region in REGIONS.values()
        if region.drawn in ON_BOTH or (region.drawn not in SEEN_FROM_BEHIND) is from_the_front
    )


def _is_other_side(code: str, side_drawn: str) -> bool:
    return code.startswith(("left_", "right_")) and not code.startswith(f"{side_drawn}_")
