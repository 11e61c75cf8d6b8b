"""All that free times depend on, read once, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from clinic.identity.services import clinic
from clinic.people.models import Practitioner
from intake.booking.models import Room, Service, Treatment, Visit, WeeklyHours
from intake.review.models import Clearance


class Span(NamedTuple):
    """From the first moment to the moment it is over. Both in UTC: adding minutes to a clock time
    of a zone would count wrongly over a change of the clocks."""

    starts_at: datetime
    ends_at: datetime

    def holds(self, other: "Span") -> bool:
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at

    def meets(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


class Registered(NamedTuple):
    practitioner: int
    title: str
    until: date


Busy = dict[tuple[str, int], list[Span]]


@dataclass(frozen=True)
class Plan:
    zone: ZoneInfo
    services: dict[str, Service]
    hours: dict[int, list[WeeklyHours]]
    registered: dict[str, list[Registered]]
    rooms: dict[str, list[int]]
    busy: Busy

    def moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def on_duty(self, practitioner: int, day: date) -> list[Span]:
        """The hours of that day. They end before midnight, so a treatment never runs past it."""
        return [
            Span(self.moment(day, hours.opens), self.moment(day, hours.closes))
            for hours in self.hours.get(practitioner, [])
            if hours.weekday == day.weekday()
        ]

    def people(self, therapy: str, day: date) -> list[Registered]:
        """Those who may give this therapy on that day."""
        return [person for person in self.registered.get(therapy, []) if person.until >= day]

    def free(self, kind: str, pk: int, span: Span) -> bool:
        return not any(span.meets(taken) for taken in self.busy.get((kind, pk), []))


def read_plan(*, clearance: Clearance, zone: ZoneInfo, first: date, days: int) -> Plan:
    return Plan(
        zone=zone,
        services={service.therapy: service for service in Service.objects.all()},
        hours=_hours(),
        registered=_registered(),
        rooms=_rooms(Room.objects.filter(in_use=True).order_by("pk")),
        busy=_busy(clearance, datetime.combine(first, time(), zone), days),
    )


def clinic_zone() -> ZoneInfo:
    return ZoneInfo(clinic().time_zone)


def _busy(clearance: Clearance, start: datetime, days: int) -> Busy:
    busy: Busy = defaultdict(list)
    window = {"starts_at__lt": start + timedelta(days=days + 1), "ends_at__gt": start}
    taken = Treatment.objects.filter(cancelled_at__isnull=True, **window)
    for person, room, *span in taken.values_list(
        "practitioner_id", "room_id", "starts_at", "ends_at"
    ):
        busy[("practitioner", person)].append(Span(*span))
        busy[("room", room)].append(Span(*span))
    visits = Visit.objects.standing().filter(patient=clearance.patient_id, **window)
    busy[("patient", clearance.patient_id)] = [
        Span(*span) for span in visits.values_list("starts_at", "ends_at")
    ]
    return busy


def _hours() -> dict[int, list[WeeklyHours]]:
    hours: dict[int, list[WeeklyHours]] = defaultdict(list)
    for row in WeeklyHours.objects.all():
        hours[row.practitioner_id].append(row)
    return hours


def _registered() -> dict[str, list[Registered]]:
    found: dict[str, list[Registered]] = defaultdict(list)
    rows = Practitioner.objects.filter(user__is_active=True, registrations__isnull=False)
    fields = ("registrations__therapy", "pk", "title", "registrations__valid_until")
    for therapy, *person in rows.order_by("pk").values_list(*fields):
        found[therapy].append(Registered(*person))
    return found


def _rooms(rooms: QuerySet[Room]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {"acupuncture": [], "massage": []}
    for room in rooms:
        for therapy in found:
            if getattr(room, f"for_{therapy}"):
                found[therapy].append(room.pk)
    return found
