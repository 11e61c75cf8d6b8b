"""Time counted in the clinic's opening hours, across nights, weekends and clock changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.identity.models import OpeningHours
from clinic.identity.services import clinic

Span = tuple[time, time]
USUAL = {day: [(time(9), time(17))] for day in range(5)}
"""Monday to Friday, 9 to 5: what counts until a manager has entered the hours."""


@dataclass(frozen=True)
class OpeningWeek:
    """The hours of one week (weekday, 0 for Monday, to its spans) in one zone."""

    zone: ZoneInfo
    spans: dict[int, list[Span]]

    @property
    def usual_day(self) -> timedelta:
        """How long the clinic is open on one of its days, on average."""
        lengths = [_length(span) for spans in self.spans.values() for span in spans]
        return sum(lengths, timedelta()) / len(self.spans)

    def after(self, start: datetime, wait: timedelta) -> datetime:
        """The moment at which the clinic has been open for `wait` since `start`."""
        if not wait:
            return start
        for opens, closes in self._open_from(start):
            begins = max(opens, start)
            if begins + wait <= closes:
                return begins + wait
            wait -= closes - begins
        raise AssertionError("a week without an open hour")  # OpeningHours has no empty rows

    def between(self, start: datetime, end: datetime) -> timedelta:
        """For how long the clinic was open from one moment to the other."""
        total = timedelta()
        for opens, closes in self._open_from(start):
            if opens >= end:
                return total
            total += min(closes, end) - max(opens, start)
        return total

    def _open_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open spans that end after `start`, without end, as moments in UTC."""
        day = start.astimezone(self.zone).date()
        while True:
            for span in self.spans.get(day.weekday(), []):
                opens, closes = (self._moment(day, clock) for clock in span)
                if closes > start:
                    yield opens, closes
            day += timedelta(days=1)

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def opening_week() -> OpeningWeek:
    """The clinic's own hours, those that overlap put together."""
    spans: dict[int, list[Span]] = {}
    for row in OpeningHours.objects.order_by("weekday", "opens"):
        day = spans.setdefault(row.weekday, [])
        if day and row.opens <= day[-1][1]:
            day[-1] = (day[-1][0], max(day[-1][1], row.closes))
        else:
            day.append((row.opens, row.closes))
    return OpeningWeek(ZoneInfo(clinic().time_zone), spans or USUAL)


def _length(span: Span) -> timedelta:
    opens, closes = (timedelta(hours=t.hour, minutes=t.minute, seconds=t.second) for t in span)
    return closes - opens
