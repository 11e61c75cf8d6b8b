"""Asking a colleague to look at one therapy, and asking them no longer."""

from random import Random

from base import LUCK, Base
from hypothesis.stateful import precondition, rule
from model import DECIDED_FROM, Asked, Sent, asked_about
from practitioners_do import WHO, some_sent

from intake.review import seconds
from intake.review.models import SecondOpinion
from intake.submission.models import Revision

COLLEAGUES = ("both", "needles", "hands", "unregistered", "reception", "rosa")


class ColleaguesDo(Base):
    @precondition(some_sent)
    @rule(luck=LUCK)
    def asks_a_colleague(self, luck: Random) -> None:
        form = self.a_form(luck, *DECIDED_FROM)
        sent = form.sent[0] if luck.random() < 0.1 else form.newest
        by, therapy = self.actor(luck.choice(WHO), form.patient), luck.choice(sent.wanted)
        others = [each for each in COLLEAGUES[:3] if each != by]
        colleague = luck.choice(others if luck.random() < 0.8 else COLLEAGUES)
        third = self.clinic.disagree(sent, therapy, self.day)
        moves = ("form_ask_colleague",) if form.state == "in_review" else ()
        users = self.world.users
        revision = Revision.objects.select_related("intake__patient").get(pk=sent.pk)
        asked = self.attempt(
            "ask a colleague",
            lambda: seconds.ask_colleague(
                revision=revision, therapy=therapy, colleague=users[colleague], by=users[by]
            ),
            allowed=self.can_be_asked(sent, therapy, colleague, by),
            events=tuple((each, form.reference) for each in ("colleague_asked", *moves)),
        )
        if asked:
            sent.asked.append(Asked(asked.pk, therapy, colleague, by, third, self.now))
            form.state = "second_opinion"

    def can_be_asked(self, sent: Sent, therapy: str, colleague: str, by: str) -> bool:
        return (
            self.clinic.practises(by, self.day)
            and sent is sent.form.newest
            and sent.form.state in DECIDED_FROM
            and self.may_look(sent, therapy, colleague, by)
        )

    def may_look(self, sent: Sent, therapy: str, colleague: str, by: str) -> bool:
        """Whether this colleague can be asked, as far as the therapy itself says."""
        said = {verdict.by for verdict in self.clinic.said(sent, therapy, self.day)}
        return (
            len(self.clinic.rests_on(sent, therapy, self.day)) < 2
            and not self.clinic.awaited(sent, therapy, self.day)
            and all(
                each.third != self.clinic.disagree(sent, therapy, self.day)
                for each in asked_about(sent, therapy)
            )
            and colleague != by
            and colleague not in {*said, *self.clinic.inactive}
            and self.clinic.holds(colleague, therapy, self.day)
        )

    @precondition(lambda machine: machine.all_asked())
    @rule(luck=LUCK)
    def calls_a_colleague_off(self, luck: Random) -> None:
        sent, asked = self.chosen(self.all_asked(), luck, lambda each: not each[1].off)
        form = sent.form
        by = self.actor(luck.choice(WHO), form.patient)
        awaited = self.clinic.awaited(sent, asked.therapy, self.day)
        user = self.world.users[by]
        stored = SecondOpinion.objects.select_related("revision").get(pk=asked.pk)
        done = self.attempt(
            "call a colleague off",
            lambda: seconds.call_off(asked=stored, by=user),
            allowed=self.clinic.practises(by, self.day)
            and awaited is asked
            and sent is form.newest,
            events=lambda _: self.called_off(sent, asked),
        )
        if done and form.state == "second_opinion":
            self.waits_or_not(form)

    def called_off(self, sent: Sent, asked: Asked) -> tuple:
        asked.off, reference = True, sent.form.reference
        moved = ("form_give_opinion",) if sent.form.state == "second_opinion" else ()
        waits = ("form_ask_colleague",) if moved and self.waits(sent) else ()
        return tuple((each, reference) for each in ("colleague_called_off", *moved, *waits))

    def all_asked(self) -> list[tuple[Sent, Asked]]:
        sent = [each for form in self.clinic.forms for each in form.sent]
        return [(each, asked) for each in sent for asked in each.asked]
