"""Booking and cancelling, by patients and the front desk; registrations, accounts, rules, time."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from base import LUCK, STRANGERS, Base
from factories import token as new_token
from hypothesis.stateful import precondition, rule
from model import Clearance, Form, Visit
from world import LONG

from intake.booking.models import Visit as StoredVisit
from intake.booking.services import Part, book, cancel
from intake.review.models import Clearance as StoredClearance
from intake.submission.drafts import expire_old_drafts
from intake.submission.reading import KEPT_FOR

LONDON = ZoneInfo("Europe/London")
WHO = ("owner",) * 12 + ("reception",) * 6 + STRANGERS
WHAT = (("massage",), ("acupuncture",)) + (("acupuncture", "massage"),) * 2
PEOPLE = ("both", "both", "needles", "hands")
WAITS = (0.2, 0.2, 1, 5, 24, 24 * 3, 24 * 7, 24 * 21, 24 * 35)
HOUR = timedelta(hours=1)


class FrontDeskDoes(Base):
    def visit_row(self, pk: int) -> StoredVisit:
        return StoredVisit.objects.get(pk=pk)

    def may_act(self, name: str, patient: int) -> bool:
        works_here = name in ("reception", "both", "needles", "hands", "unregistered")
        return name not in self.clinic.inactive and (works_here or name == self.owner(patient))

    @precondition(lambda machine: machine.clinic.clearances)
    @rule(luck=LUCK)
    def books(self, luck: Random) -> None:
        who, room = luck.choice(WHO), luck.randrange(2)
        cleared = self.chosen(self.clinic.clearances, luck, self.can_be_booked_in)
        name, what = self.actor(who, cleared.patient), luck.choice(WHAT)
        people = luck.choices(PEOPLE, k=2)
        if luck.random() < 0.85:
            what = tuple(t for t in what if t in cleared.therapies) or tuple(cleared.therapies)
            held = self.clinic.registered
            people = [p if t in held[p] else "both" for t, p in zip(what, people, strict=False)]
        days, hour = luck.randint(-1, 12), luck.randint(9, 14)
        start = datetime.combine(self.day + timedelta(days=days), time(hour), LONDON)
        parts = [
            (therapy, person, room, start + n * HOUR, start + n * HOUR + 0.75 * HOUR)
            for n, (therapy, person) in enumerate(zip(what, people, strict=False))
        ]
        stored, user = StoredClearance.objects.get(pk=cleared.pk), self.world.users[name]
        visit = self.attempt(
            "book both" if len(parts) == 2 else "book one",
            lambda: book(
                clearance=stored,
                parts=[self.part(each) for each in parts],
                token=new_token(),
                by=user,
            ),
            allowed=self.may_act(name, cleared.patient) and self.fits(cleared, parts),
            events=lambda visit: (("visit_booked", visit.reference),),
            notices=lambda visit: (("booked", visit.reference),),
        )
        if visit:
            self.clinic.visits.append(Visit(visit.pk, visit.reference, cleared, parts))

    def can_be_booked_in(self, cleared: Clearance) -> bool:
        return cleared.state == "live" and cleared.last > self.day and not self.clinic.held(cleared)

    def part(self, part: tuple) -> Part:
        therapy, person, room, start, end = part
        return Part(therapy, self.world.staff_pks[person], self.world.rooms[room].pk, start, end)

    def fits(self, cleared: Clearance, parts: list[tuple]) -> bool:
        start, end = min(p[3] for p in parts), max(p[4] for p in parts)
        day, standing = start.astimezone(LONDON).date(), self.clinic.standing()
        busy = [
            (mine, theirs)
            for visit in standing
            for theirs in visit.parts
            for mine in parts
            if mine[3] < theirs[4] and theirs[3] < mine[4]
        ]
        return (
            start > self.now + timedelta(minutes=1)
            and cleared.state == "live"
            and cleared.first <= day <= cleared.last
            and sum(visit.clearance is cleared for visit in standing) < cleared.sessions
            and not self.clinic.held(cleared)
            and {p[0] for p in parts} <= cleared.therapies
            and (len(parts) == 1 or cleared.together)
            and all(self.clinic.holds(p[1], p[0], day) for p in parts)
            and not self.clinic.inactive & {p[1] for p in parts}
            and not any(mine[1] == theirs[1] or mine[2] == theirs[2] for mine, theirs in busy)
            and not any(
                v.clearance.patient == cleared.patient and v.start < end and start < v.end
                for v in standing
            )
        )

    @precondition(lambda machine: machine.clinic.visits)
    @rule(luck=LUCK)
    def cancels(self, luck: Random) -> None:
        who = luck.choice(WHO)
        visit = self.chosen(self.clinic.visits, luck, lambda each: not each.cancelled)
        patient = visit.clearance.patient
        name = self.actor(who, patient)
        user = self.world.users[name]
        stored = StoredVisit.objects.select_related("clearance__patient").get(pk=visit.pk)
        ahead = visit.start > self.now + timedelta(minutes=1)
        done = self.attempt(
            "cancel",
            lambda: cancel(visit=stored, by=user),
            allowed=self.may_act(name, patient) and not visit.cancelled and ahead,
            events=(("visit_cancelled", visit.reference),),
            notices=(("cancelled", visit.reference),),
        )
        if done:
            visit.cancelled = True

    @rule(luck=LUCK)
    def time_passes(self, luck: Random) -> None:
        self.clock.move_to(self.now + timedelta(hours=luck.choice(WAITS)))

    def due(self) -> list[Form]:
        forms = self.clinic.forms
        return [each for each in forms if each.open and each.saved_at < self.now - KEPT_FOR]

    @precondition(lambda machine: machine.due() or machine.steps % 25 == 0)
    @rule()
    def drafts_expire(self) -> None:
        due = self.due()
        ended = self.attempt(
            "expire drafts" if due else "nothing expires",
            expire_old_drafts,
            allowed=True,
            events=tuple(
                ("change_dropped" if f.changing else "form_expire", f.reference) for f in due
            ),
        )
        assert ended == len(due)
        for form in due:
            form.state = form.state if form.changing else "expired"
            form.changing = False

    @rule(luck=LUCK)
    def a_registration_ends_or_begins_again(self, luck: Random) -> None:
        gone = [
            n
            for n, held in self.clinic.registered.items()
            if min(held.values(), default=self.day) < self.day
        ]
        name = luck.choice(gone or ["both", "needles", "hands"])
        held = self.clinic.registered[name]
        therapy = min(held, key=held.get) if gone else luck.choice(sorted(held))
        ended = self.database_day - timedelta(days=1)  # on both clocks
        until = ended if held[therapy] >= self.day else self.day + LONG
        self.world.registered(name, therapy, until)
        held[therapy] = until

    @precondition(lambda machine: machine.clinic.inactive or machine.steps % 5 == 2)
    @rule(luck=LUCK)
    def someone_leaves_or_comes_back(self, luck: Random) -> None:
        staff = ["both", "needles", "hands", "reception"]
        name = luck.choice(sorted(self.clinic.inactive) or staff)
        gone = name in self.clinic.inactive
        self.world.active(name, gone)
        self.clinic.inactive ^= {name}
