"""Keeping a decision after a change. The model only says when it cannot be; then it learns."""

from random import Random

from base import LUCK, Base
from hypothesis.stateful import precondition, rule
from model import DECIDED_FROM, WAITING, Clearance, Form, Sent, Verdict
from practitioners_do import WHO, some_sent
from traces import Left

from intake.review import keeping
from intake.review.models import Clearance as StoredClearance
from intake.submission.models import Revision


class KeepingGoesOn(Base):
    @precondition(some_sent)
    @rule(luck=LUCK)
    def keeps(self, luck: Random) -> None:
        who = luck.choice(WHO)
        changed = [form for form in self.clinic.forms if len(form.sent) > 1]
        form = self.chosen(
            changed or self.clinic.forms,
            luck,
            lambda f: f.state == "in_review" and any(sent.verdicts for sent in f.sent[:-1]),
        )
        if not form.sent:
            return
        sent, name = form.newest, self.actor(who, form.patient)
        earlier = any(each.verdicts for each in form.sent[:-1])
        impossible = (
            not self.clinic.practises(name, self.day)
            or form.state not in DECIDED_FROM
            or not earlier
        )
        user = self.world.users[name]
        revision = Revision.objects.select_related("intake__patient").get(pk=sent.pk)
        kept = self.attempt(
            "keep",
            lambda: keeping.keep(revision=revision, by=user),
            allowed=False if impossible else None,
        )
        if kept:
            self.was_kept(form, sent, name, kept)

    def was_kept(self, form: Form, sent: Sent, name: str, kept: list) -> None:
        """Keeping is left to its own tests; here the model learns what it did, and goes on."""
        left = self.watcher.left()
        assert left.events[("decision_kept", form.reference)] == len(kept)
        assert form.state in WAITING
        for decision in kept:
            terms = (decision.weeks, decision.sessions, decision.together, decision.pk)
            sent.verdicts += [
                Verdict(v.therapy, v.is_positive, name, *terms, self.now, self.now, keeps=True)
                for v in decision.verdicts.all()
            ]
        self.was_read(sent)
        self.went_out_as_kept(form, sent, left)

    def went_out_as_kept(self, form: Form, sent: Sent, left: Left) -> None:
        form.state = self.stored(form).state
        if form.state == "decided":
            sent.told = self.now
            form.not_due()
        if form.state == "decided" and ("clearance_issued", form.reference) in left.events:
            self.learn(form, sent)
        elif form.state == "decided":
            self.learn(form, None)

    def learn(self, form: Form, sent: Sent | None) -> None:
        mine = [each for each in self.clinic.clearances if each.patient == form.patient]
        stored = StoredClearance.objects.in_bulk()
        for each in mine:
            each.state = stored[each.pk].state
        if sent:
            new = StoredClearance.objects.get(revision=sent.pk, state="live")
            terms = (new.valid_from, new.valid_until, new.sessions, new.together)
            cleared = {each.therapy for each in new.therapies.all()}
            self.clinic.clearances.append(
                Clearance(new.pk, form.patient, sent, "live", *terms, cleared, new.created_at)
            )
        by_pk = {each.pk: each for each in self.clinic.clearances}
        for visit in self.clinic.visits:
            row = self.visit_row(visit.pk)
            visit.cancelled, visit.clearance = row.cancelled_at is not None, by_pk[row.clearance_id]
