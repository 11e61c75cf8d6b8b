"""Reckoning with days."""

from datetime import date


def months_before(day: date, months: int) -> date:
    """The same day of the month, or the last one there is."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)
