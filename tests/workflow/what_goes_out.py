"""What follows for the patient when a decision goes out: what is cleared, which visits stand."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from base import Base
from model import Clearance, Form, Sent, Verdict

from intake.review.models import Clearance as StoredClearance

LONDON = ZoneInfo("Europe/London")


class WhatGoesOut(Base):
    def is_over(self, closes: dict[str, list[Verdict]]) -> bool:
        """Whether what somebody allowed for some weeks is longer ago than that."""
        return any(
            self.day > v.at.astimezone(LONDON).date() + timedelta(weeks=v.weeks)
            for found in self.positive(closes).values()
            for v in found
        )

    def events_of_closing(self, form: Form, closes) -> tuple:
        issued = (("clearance_issued", form.reference),) if self.positive(closes) else ()
        ended = (("visit_cancelled", visit.reference) for visit in self.ended(form, closes))
        return (("form_decide", form.reference), *issued, *ended)

    def notices_of(self, form: Form, closes) -> tuple:
        if closes is None:
            return ()
        ended = (("cancelled", visit.reference) for visit in self.ended(form, closes))
        return (("decided", form.reference), *ended)

    @staticmethod
    def positive(closes: dict[str, list[Verdict]]) -> dict[str, list[Verdict]]:
        return {t: found for t, found in closes.items() if found[-1].positive}

    def terms(self, closes) -> tuple:
        """last day, sessions, together, therapies"""
        positive = self.positive(closes)
        found = [verdict for each in positive.values() for verdict in each]
        weeks = min((v.weeks for v in found), default=0)
        return (
            self.day + timedelta(weeks=weeks),
            min((v.sessions for v in found), default=0),
            len(positive) == 2 and all(v.together for v in found),
            set(positive),
        )

    def settled(self, form: Form, closes) -> dict:
        """Visit ahead -> whether it stands under what is cleared now; the earliest come first."""
        last, left, together, therapies = self.terms(closes)
        ahead = [
            v
            for v in self.clinic.standing()
            if v.clearance.patient == form.patient and v.start > self.now
        ]
        found = {}
        for visit in sorted(ahead, key=lambda v: (v.start, v.pk)):
            given = {part[0] for part in visit.parts}
            fits = visit.start.astimezone().date() <= last and given <= therapies
            found[visit] = bool(left) and fits and (together or len(given) == 1)
            left -= found[visit]
        return found

    def ended(self, form: Form, closes) -> list:
        return [visit for visit, stands in self.settled(form, closes).items() if not stands]

    def was_closed(self, form: Form, sent: Sent, closes) -> None:
        if closes is None:
            return
        settled = self.settled(form, closes)
        form.state, sent.told = "decided", self.now
        form.not_due()
        for each in self.clinic.clearances:
            if each.patient == form.patient:
                each.state = "revoked"
        if positive := self.positive(closes):
            stored = StoredClearance.objects.filter(revision=sent.pk).latest("pk")
            terms = self.terms(closes)
            assert terms[:3] == (stored.valid_until, stored.sessions, stored.together)
            assert {each.therapy for each in stored.therapies.all()} == set(positive)
            self.clinic.clearances.append(
                Clearance(stored.pk, form.patient, sent, "live", self.day, *terms, self.now)
            )
        for visit, stands in settled.items():
            visit.cancelled = not stands
            if stands:
                visit.clearance = self.clinic.clearances[-1]
