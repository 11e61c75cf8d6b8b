"""A practitioner learns something by phone about a form that is decided."""

from random import Random

from base import LUCK, Base
from hypothesis.stateful import precondition, rule
from practitioners_do import WHO

from intake.review.looking_again import look_again


class SomebodyLooksAgain(Base):
    def decided(self) -> bool:
        return any(form.state == "decided" for form in self.clinic.forms)

    @precondition(lambda machine: machine.decided() and machine.steps % 10 == 7)
    @rule(luck=LUCK)
    def looks_again(self, luck: Random) -> None:
        form = self.chosen(self.clinic.forms, luck, lambda each: each.state == "decided")
        name = self.actor(luck.choice(WHO), form.patient)
        learned = luck.choice(("She rang.",) * 5 + (" ",))
        live, intake = self.clinic.live(form.patient), self.stored(form)
        holds = live and live.rests_on.form is form and live.last >= self.day
        done = self.attempt(
            "look again",
            lambda: look_again(intake=intake, reason=learned, by=self.world.users[name]),
            allowed=form.state == "decided"
            and self.clinic.practises(name, self.day)
            and bool(learned.strip()),
            events=(("form_reopen", form.reference),),
            notices=(("on_hold", form.reference),) if holds else (),
        )
        if done:
            form.state, form.looked_at = "in_review", self.now
            form.due_anew()
