"""Free times, computed from weekly hours and what is booked, in a fixed number of queries.

They are a hint: booking checks again under locks, and the database has the last word.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from clinic.identity.services import clinic
from clinic.people.models import Practitioner
from intake.booking.models import Room, Service, Treatment, Visit, WeeklyHours
from intake.booking.services import Part
from intake.review.models import Clearance

STEP = timedelta(minutes=30)
Busy = dict[tuple[str, int], list[tuple[datetime, datetime]]]


@dataclass(frozen=True)
class Slot:
    parts: tuple[Part, ...]

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


@dataclass
class Plan:
    """All that free times depend on, read once."""

    zone: ZoneInfo
    services: dict[str, Service]
    hours: dict[int, list[WeeklyHours]]
    registered: dict[str, list[tuple[int, date]]]
    rooms: dict[str, list[int]]
    busy: Busy


def free_times(
    *, clearance: Clearance, therapies: tuple[str, ...], now: datetime, days: int = 14
) -> list[Slot]:
    """Slots for these therapies in this order, from tomorrow, inside the clearance."""
    plan = _read(clearance, now, days)
    if any(therapy not in plan.services for therapy in therapies):
        return []
    first = now.astimezone(plan.zone).date() + timedelta(days=1)
    slots: list[Slot] = []
    for day in (first + timedelta(days=n) for n in range(days)):
        if clearance.valid_from <= day <= clearance.valid_until:
            slots += _on(day, therapies, plan)
    return slots


def _on(day: date, therapies: tuple[str, ...], plan: Plan) -> Iterator[Slot]:
    for minute in range(6 * 60, 21 * 60, int(STEP.total_seconds() // 60)):
        start = datetime.combine(day, time(minute // 60, minute % 60), plan.zone)
        parts = _parts(start, therapies, plan)
        if parts:
            yield Slot(tuple(parts))


def _parts(start: datetime, therapies: tuple[str, ...], plan: Plan) -> list[Part] | None:
    parts: list[Part] = []
    for therapy in therapies:
        service = plan.services[therapy]
        end = start + timedelta(minutes=service.minutes)
        person = next(
            (p for p in _people(therapy, start.date(), plan) if _works(p, start, end, plan)), None
        )
        room = next((r for r in plan.rooms[therapy] if _free("room", r, start, end, plan)), None)
        if person is None or room is None or not _free("patient", 0, start, end, plan):
            return None
        parts.append(Part(therapy, person, room, start, end))
        start = end + timedelta(minutes=service.pause)
    return parts


def _people(therapy: str, day: date, plan: Plan) -> list[int]:
    return [pk for pk, until in plan.registered[therapy] if until >= day]


def _works(person: int, start: datetime, end: datetime, plan: Plan) -> bool:
    on_duty = any(
        hours.opens <= start.time() and end.time() <= hours.closes
        for hours in plan.hours[person]
        if hours.weekday == start.weekday()
    )
    return on_duty and _free("practitioner", person, start, end, plan)


def _free(kind: str, pk: int, start: datetime, end: datetime, plan: Plan) -> bool:
    return all(end <= begins or ends <= start for begins, ends in plan.busy[(kind, pk)])


def _read(clearance: Clearance, now: datetime, days: int) -> Plan:
    busy: Busy = defaultdict(list)
    window = {"starts_at__lt": now + timedelta(days=days + 2), "ends_at__gt": now}
    for treatment in Treatment.objects.filter(cancelled_at__isnull=True, **window):
        span = (treatment.starts_at, treatment.ends_at)
        busy[("practitioner", treatment.practitioner_id)].append(span)
        busy[("room", treatment.room_id)].append(span)
    for visit in Visit.objects.standing().filter(patient=clearance.patient_id, **window):
        busy[("patient", 0)].append((visit.starts_at, visit.ends_at))
    hours: dict[int, list[WeeklyHours]] = defaultdict(list)
    for row in WeeklyHours.objects.all():
        hours[row.practitioner_id].append(row)
    return Plan(
        zone=ZoneInfo(clinic().time_zone),
        services={service.therapy: service for service in Service.objects.all()},
        hours=hours,
        registered=_registered(),
        rooms=_rooms(Room.objects.filter(in_use=True).order_by("pk")),
        busy=busy,
    )


def _registered() -> dict[str, list[tuple[int, date]]]:
    found: dict[str, list[tuple[int, date]]] = defaultdict(list)
    rows = Practitioner.objects.filter(user__is_active=True, registrations__isnull=False)
    fields = ("registrations__therapy", "pk", "registrations__valid_until")
    for therapy, pk, until in rows.order_by("pk").values_list(*fields):
        found[therapy].append((pk, until))
    return found


def _rooms(rooms: QuerySet[Room]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {"acupuncture": [], "massage": []}
    for room in rooms:
        for therapy in found:
            if getattr(room, f"for_{therapy}"):
                found[therapy].append(room.pk)
    return found
