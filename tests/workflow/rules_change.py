"""Newer rules come into force; the worker reads what was sent before them; somebody answers."""

from random import Random

from base import LUCK, Base
from hypothesis.stateful import precondition, rule
from model import THERAPIES, VERSIONS
from practitioners_do import WHO
from records import CAUTION, CONTRAINDICATED, Clearance, Read, Sent

from intake.review import answering_rules
from intake.review.models import Rescreening
from intake.review.rescreening import rescreen_due

AT_MOST = 2
"""Publications in one run: they are slow."""


class RulesChange(Base):
    def later(self) -> list[str]:
        versions = list(VERSIONS)
        return versions[versions.index(self.clinic.rules) + 1 :]

    def may_publish(self) -> bool:
        return bool(self.later()) and len(self.world.rule_pks) <= AT_MOST

    @precondition(lambda machine: machine.may_publish() and machine.steps % 30 == 29)
    @rule(luck=LUCK)
    def rules_are_published(self, luck: Random) -> None:
        version = luck.choice(self.later()[:2])
        self.attempt(
            "publish rules",
            lambda: self.world.publishes(version),
            allowed=True,
            events=(("rules_published", ""),),
        )
        self.clinic.rules = version

    def to_reread(self) -> list[Sent]:
        return self.clinic.to_reread(self.day)

    @precondition(lambda machine: machine.to_reread() or machine.steps % 25 == 3)
    @rule(luck=LUCK)
    def the_worker_reads_again(self, luck: Random) -> None:
        due = self.to_reread()
        told = [self.about_reading(each) for each in due]
        done = self.attempt(
            "read again" if due else "nothing to read again",
            lambda: (rescreen_due(),),
            allowed=True,
            events=[event for events, _ in told for event in events],
            notices=[notice for _, notices in told for notice in notices],
        )
        assert done == (len(due),)
        self.was_read(*due)

    def read_again(self) -> list[tuple[Sent, Read]]:
        sent = [each for form in self.clinic.forms for each in form.sent]
        return [(each, read) for each in sent for read in each.reads.values()]

    @precondition(lambda machine: machine.read_again())
    @rule(luck=LUCK)
    def answers_the_rules(self, luck: Random) -> None:
        can_keep = any(self.is_open(*each, keeps=True) for each in self.read_again())
        keeps = luck.random() < (0.8 if can_keep else 0.3)
        sent, read = self.chosen(
            self.read_again(), luck, lambda each: self.is_open(*each, keeps=keeps)
        )
        form, reason = sent.form, luck.choice(("It is known.",) * 5 + (" ",))
        name = self.actor(luck.choice(WHO), form.patient)
        open_for = self.open_for(sent, read, keeps=keeps)
        mine = [each for each in open_for if self.clinic.holds(name, each, self.day)]
        found = Rescreening.objects.select_related("revision__intake").get(pk=read.pk)
        user, can = self.world.users[name], self.is_open(sent, read, keeps=keeps)
        allowed = can and bool(mine) and self.clinic.practises(name, self.day)
        if keeps:
            done = self.attempt(
                "keep past newer rules",
                lambda: answering_rules.keep(found=found, reason=reason, by=user),
                allowed=allowed and bool(reason.strip()),
                events=(("rules_kept", form.reference),),
                notices=lambda _: self.stands(sent, read, mine),
            )
        else:
            reopened = (("form_reopen", form.reference),) if form.state == "decided" else ()
            done = self.attempt(
                "decide again",
                lambda: answering_rules.decide_again(found=found, by=user),
                allowed=allowed,
                events=(("rules_read", form.reference), *reopened),
            )
        if done and not keeps:
            read.answers += [(each, False, self.now) for each in mine]
            if form.state == "decided":
                form.state = "in_review"
                form.due_anew()

    def stands(self, sent: Sent, read: Read, mine: list[str]) -> tuple:
        """The patient is told once nothing the rules raise is in the way any more."""
        read.answers += [(each, True, self.now) for each in mine]
        live = self.clinic.live(sent.form.patient)
        said_first = self.clinic.held_by_something_newer(live)
        held = self.clinic.held_by_rules(live) and not said_first
        return () if held else (("stands", sent.form.reference),)

    def settled_for(self, sent: Sent, read: Read, therapy: str) -> bool:
        live = self.clearance_of(sent)
        return read.is_settled(therapy, live.created if live else None)

    def clearance_of(self, sent: Sent) -> Clearance | None:
        live = self.clinic.live(sent.form.patient)
        return live if live and live.rests_on.form is sent.form else None

    def open_for(self, sent: Sent, read: Read, *, keeps: bool) -> list[str]:
        """Therapies that nobody has answered for; keeping ends only what holds a clearance."""
        live = self.clearance_of(sent)
        found = [t for t in THERAPIES if not self.settled_for(sent, read, t)]
        if not keeps:
            return found
        cleared = live.therapies if live and read.level < CONTRAINDICATED else ()
        return [each for each in found if each in cleared]

    def is_open(self, sent: Sent, read: Read, *, keeps: bool) -> bool:
        return (
            sent is sent.form.newest
            and read.version == self.clinic.rules
            and read.level >= CAUTION
            and bool(self.open_for(sent, read, keeps=keeps))
        )
