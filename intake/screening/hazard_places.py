"""Which hazards lie where, worked out once for each rule set."""

from collections.abc import Iterable

from intake.screening.regions import CODES, touch
from intake.screening.rows import Hazard

Places = dict[str, tuple[Hazard, ...]]
"""Region or whole -> the hazards of it."""


def places_of(hazards: Iterable[Hazard]) -> Places:
    hazards = tuple(hazards)
    return {
        place: tuple(each for each in hazards if any(touch(place, its) for its in each.regions))
        for place in CODES
    }
