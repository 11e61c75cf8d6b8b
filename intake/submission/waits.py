"""How long people wait for a decision at this clinic: measured, not promised."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.db.models import Aggregate, DurationField

MEASURED_OVER = timedelta(days=30)
FEWEST = 5
"""Fewer decisions than this say nothing yet, and could tell about one person."""
MOST = 0.9
"""“Most” is nine in ten."""


class PercentileCont(Aggregate):
    """The duration within which this part of all rows lies."""

    function = "percentile_cont"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression, *, part: float) -> None:
        super().__init__(expression, part=part)


@dataclass(frozen=True)
class Waits:
    """Whole days, rounded up."""

    half: int
    most: int


def whole_days(wait: timedelta) -> int:
    return max(1, ceil(wait / timedelta(days=1)))
