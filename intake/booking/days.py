"""Days of the clinic, and dates as they arrive in an address."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


def day_from(text: str) -> date | None:
    """The day that a text such as 2026-12-02 names; None when it names none we could show."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and FIRST <= day <= LAST else None


def bounds(day: date) -> tuple[datetime, datetime]:
    """From midnight to the next midnight, in clinic time; 23 or 25 hours when the clocks change."""
    zone = timezone.get_current_timezone()
    return (
        datetime.combine(day, time(), zone),
        datetime.combine(day + timedelta(days=1), time(), zone),
    )
