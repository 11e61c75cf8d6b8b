"""Free times, computed from weekly hours and what is booked, in a fixed number of queries.

They are a hint: booking checks again under locks, and the database has the last word.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clinic.people.therapies import Therapy
from intake.booking.plan import Plan, Registered, Span, clinic_zone, read_plan
from intake.booking.services import Part
from intake.booking.words import Said, in_words
from intake.review.models import Clearance

DAYS = 14
STEP = 30
CLOCK_TIMES = [time(minute // 60, minute % 60) for minute in range(0, 24 * 60, STEP)]


@dataclass(frozen=True)
class Slot:
    day: date
    parts: tuple[Part, ...]
    titles: tuple[str, ...]

    @property
    def starts_at(self) -> datetime:
        return self.parts[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.parts[-1].ends_at

    @property
    def code(self) -> str:
        """Names the slot in a form; what it names is computed anew, never taken from the form."""
        people = "-".join(str(part.practitioner_id) for part in self.parts)
        return f"{int(self.starts_at.timestamp())}-{people}"

    @property
    def words(self) -> str:
        return in_words(
            Said(str(Therapy(part.therapy).label), title, part.starts_at, part.ends_at)
            for part, title in zip(self.parts, self.titles, strict=True)
        )


def free_times(
    *,
    clearance: Clearance,
    therapies: tuple[str, ...],
    now: datetime,
    first: date | None = None,
    days: int = DAYS,
) -> list[Slot]:
    """Slots for these therapies in this order, inside the clearance.

    first: the day to begin with; never before tomorrow.
    """
    zone = clinic_zone()
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    first = max(first or tomorrow, tomorrow, clearance.valid_from)
    plan = read_plan(clearance=clearance, zone=zone, first=first, days=days)
    if any(therapy not in plan.services for therapy in therapies):
        return []
    last = min(first + timedelta(days=days - 1), clearance.valid_until)
    slots: list[Slot] = []
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        slots += _on(day, therapies, clearance.patient_id, plan)
    return slots


def _on(day: date, therapies: tuple[str, ...], patient: int, plan: Plan) -> Iterator[Slot]:
    duty = {
        person.practitioner: plan.on_duty(person.practitioner, day)
        for therapy in therapies
        for person in plan.people(therapy, day)
    }
    for clock in CLOCK_TIMES if any(duty.values()) else []:
        start = plan.moment(day, clock)
        if start.astimezone(plan.zone).time() != clock:
            continue  # the clocks are put forward over this time: it does not happen
        slot = _slot(day, start, therapies, patient, plan, duty)
        if slot:
            yield slot


def _slot(
    day: date,
    start: datetime,
    therapies: tuple[str, ...],
    patient: int,
    plan: Plan,
    duty: dict[int, list[Span]],
) -> Slot | None:
    parts: list[Part] = []
    titles: list[str] = []
    for therapy in therapies:
        service = plan.services[therapy]
        span = Span(start, start + timedelta(minutes=service.minutes))
        person = _person(therapy, day, span, plan, duty)
        room = next((r for r in plan.rooms[therapy] if plan.free("room", r, span)), None)
        if person is None or room is None or not plan.free("patient", patient, span):
            return None
        parts.append(Part(therapy, person.practitioner, room, *span))
        titles.append(person.title)
        start = span.ends_at + timedelta(minutes=service.pause)
    return Slot(day, tuple(parts), tuple(titles))


def _person(
    therapy: str, day: date, span: Span, plan: Plan, duty: dict[int, list[Span]]
) -> Registered | None:
    """The first who is registered that day, at work then, and free."""
    for person in plan.people(therapy, day):
        at_work = any(hours.holds(span) for hours in duty[person.practitioner])
        if at_work and plan.free("practitioner", person.practitioner, span):
            return person
    return None
