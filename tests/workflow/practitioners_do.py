"""What practitioners do: read, ask, note a talk, decide, keep; and what others try of it."""

from random import Random

from base import LUCK, Base
from hypothesis.stateful import precondition, rule
from model import DECIDED_FROM, STEPS, Asked, Form, Round, Sent, Verdict
from what_goes_out import WhatGoesOut

from intake.review import services, urgent
from intake.review.models import AskRound, SecondOpinion
from intake.review.taking_back import TAKE_BACK
from intake.review.weighing import Terms
from intake.submission.models import Intake, Revision

WHO = ("both",) * 16 + ("needles", "hands") * 4
WHO += ("unregistered", "reception", "manager", "owner", "anonymous")
SAID = ("suitable", "suitable", "suitable", "suitable_with_changes", "not_now")


def some_sent(machine: Base) -> bool:
    return any(form.sent for form in machine.clinic.forms)


class PractitionersDo(WhatGoesOut):
    def a_form(self, luck: Random, *states: str) -> Form:
        sent = [form for form in self.clinic.forms if form.sent]
        return self.chosen(sent, luck, lambda each: each.state in states)

    def stored(self, form: Form) -> Intake:
        return Intake.objects.select_related("patient__account").get(pk=form.pk)

    @precondition(some_sent)
    @rule(luck=LUCK)
    def opens(self, luck: Random) -> None:
        who = luck.choice(WHO)
        form = self.a_form(luck, "submitted")
        name = self.actor(who, form.patient)
        reads, moves = ("read_answers", form.reference), ("form_open", form.reference)
        intake, user = self.stored(form), self.world.users[name]
        opened = self.attempt(
            "open",
            lambda: services.open_form(intake=intake, by=user),
            allowed=self.clinic.practises(name, self.day),
            events=(reads, moves) if form.state == "submitted" else (reads,),
        )
        if opened:
            assert opened.pk == form.newest.pk
            if form.state == "submitted":
                form.state = "in_review"

    def calls(self) -> list[Form]:
        """Forms that wait for a call of ours."""
        return [f for f in self.clinic.forms if f.state == "asked" and f.round.by_phone]

    @precondition(some_sent)
    @rule(luck=LUCK)
    def presses_a_step(self, luck: Random) -> None:
        who, name = luck.choice(WHO), luck.choice((*STEPS, "decide"))
        sources, target = STEPS.get(name, ((), ""))
        form = self.a_form(luck, sources)
        if self.calls() and luck.random() < 0.5:
            name, form = "answered_by_phone", luck.choice(self.calls())
            sources, target = STEPS[name]
        actor = self.actor(who, form.patient)
        asks = ("question_asked", form.reference)
        intake, user = self.stored(form), self.world.users[actor]
        done = self.attempt(
            name if name in STEPS else "no such step",
            lambda: services.step(intake=intake, name=name, by=user),
            allowed=self.clinic.practises(actor, self.day)
            and form.state == sources
            and (name != "answered_by_phone" or form.round.by_phone),
            events=tuple(
                (each, form.reference)
                for each in (f"form_{name}", *(("ask_by_phone",) if name == "ask" else ()))
            ),
            notices=(asks,) if name == "ask" else (),
        )
        if done:
            form.state = target
        if done and name == "ask":
            pk = AskRound.objects.open().get(intake=form.pk).pk
            form.rounds.append(Round(pk, True, self.now))
        elif done and name == "answered_by_phone":
            form.ends_round(self.now)

    @precondition(lambda machine: machine.clinic.alarms)
    @rule(luck=LUCK)
    def notes_a_talk(self, luck: Random) -> None:
        who = luck.choice(WHO)
        outcome = luck.choice(("resolved", "resolved", "resolved", "sent_on", "no_answer"))
        alarms = self.clinic.alarms
        alarm = self.chosen(alarms, luck, lambda each: not each.resolved)
        name = self.actor(who, alarm.form.patient)
        intake, user = self.stored(alarm.form), self.world.users[name]
        noted = self.attempt(
            "note a talk",
            lambda: urgent.note_contact(
                intake=intake, outcome=outcome, found="Spoke.", by=user, seen=alarm.pk
            ),
            allowed=self.clinic.practises(name, self.day),
            events=((f"contact_{outcome}", alarm.form.reference),),
        )
        if noted and outcome != "no_answer":
            for each in alarms:
                if each.form is alarm.form and outcome == "sent_on":
                    each.resolved = False
                elif each.form is alarm.form and each.pk <= alarm.pk:
                    each.resolved = True

    @precondition(some_sent)
    @rule(luck=LUCK)
    def decides(self, luck: Random) -> None:
        who, form = luck.choice(WHO), self.a_form(luck, *DECIDED_FROM)
        sent = form.sent[0] if luck.random() < 0.1 else form.newest
        name, careful = self.actor(who, form.patient), luck.random() < 0.85
        said = {t: luck.choice(SAID) for t in ("acupuncture", "massage") if luck.random() < 0.9}
        if careful:
            held = self.clinic.registered.get(who, said)
            said = {t: w for t, w in said.items() if t in held and t in sent.wanted}
        answered, together = luck.choice((0, 1, 2, 3, 4, 5, 6, 7)), luck.random() < 0.7
        page, wait = luck.choice((None, None, "fresh", "old")), luck.choice((0, 1)) * TAKE_BACK
        ticked = page != "old"
        made = sorted({verdict.decision for verdict in sent.verdicts})
        seen = {"fresh": made[-1] if made else 0, "old": 0}.get(page)
        terms = Terms(2 + answered, 1 + answered, together)
        user, revision = self.world.users[name], Revision.objects.get(pk=sent.pk)
        given = (terms.weeks, terms.sessions, together, 10**9, self.then, self.then + wait)
        new = [Verdict(t, word != "not_now", name, *given) for t, word in said.items()]
        second = luck.choice(("both", "needles", "hands")) if luck.random() < 0.5 else None
        asked = self.named(sent, new, second)
        allowed = self.may_decide(name, sent, said, bool(answered), ticked)
        allowed &= seen is None or not any(pk > seen for pk in made)
        allowed &= self.can_be_named(sent, new, asked)
        closes = self.after(sent, new, asked) if allowed else None
        raised, told = self.about_reading(sent)
        decision = self.attempt(
            "decide",
            lambda: services.decide(
                revision=revision,
                opinions=[self.opinion(t, word) for t, word in said.items()],
                by=user,
                terms=terms,
                flag_answers={f: ("confirmed_with_doctor", "") for f in sent.flags if answered},
                flags_seen=sent.flags if ticked else [],
                seen=seen,
                second=self.world.users[second] if second else None,
                wait=wait,
            ),
            allowed=allowed,
            events=lambda _: (*raised, *self.events_of(form, sent, new, asked, closes)),
            notices=lambda _: (*told, *self.notices_of(form, closes)),
        )
        if decision:
            for verdict in new:
                verdict.decision = decision.pk
            for each in asked:
                filters = {"revision": sent.pk, "therapy": each.therapy, "at": self.now}
                each.pk = SecondOpinion.objects.get(**filters).pk
            self.was_read(sent)
            sent.verdicts += new
            sent.asked += asked
            self.waits_or_not(form)
            self.was_closed(form, sent, closes)

    def named(self, sent: Sent, new: list[Verdict], second: str | None) -> list[Asked]:
        """Who is to look too at what one person clears against a finding that rules it out."""
        return [
            Asked(0, each.therapy, second or "", each.by, False, self.then)
            for each in new
            if each.positive
            and each.therapy in sent.ruled_out
            and not self.seconded(each.by, sent, each.therapy)
        ]

    def can_be_named(self, sent: Sent, new: list[Verdict], asked: list[Asked]) -> bool:
        with self.clinic.as_if(sent, new):
            return all(
                each.colleague and self.may_look(sent, each.therapy, each.colleague, each.by)
                for each in asked
            )

    def waits_or_not(self, form: Form) -> None:
        form.state = "second_opinion" if self.waits(form.newest) else "in_review"

    def waits(self, sent: Sent) -> bool:
        return any(self.clinic.awaited(sent, therapy, self.day) for therapy in sent.wanted)

    def may_answer(self, name: str, sent: Sent, therapy: str) -> bool:
        """While a colleague is asked, only they, who asked, and who has said something already."""
        if not (asked := self.clinic.awaited(sent, therapy, self.day)):
            return True
        said = {verdict.by for verdict in self.clinic.said(sent, therapy, self.day)}
        return name in {asked.colleague, asked.by, *said}

    @staticmethod
    def opinion(therapy: str, word: str) -> services.Opinion:
        step = "see_doctor" if word == "not_now" else ""
        return services.Opinion(therapy, word, "Said why.", [], step)

    def may_decide(
        self, name: str, sent: Sent, said: dict[str, str], answered: bool, ticked: bool
    ) -> bool:
        form, cleared = sent.form, [t for t, word in said.items() if word != "not_now"]
        return (
            bool(said)
            and self.clinic.practises(name, self.day)
            and sent is form.newest
            and form.state in DECIDED_FROM
            and all(self.clinic.holds(name, therapy, self.day) for therapy in said)
            and set(said) <= set(sent.wanted)
            and not (cleared and self.clinic.urgent(form.patient))
            and all(self.may_answer(name, sent, therapy) for therapy in said)
            and self.clinic.passes_newer_rules(sent, cleared)
            and (answered or not any(sent.stops[t] for t in cleared))
            and (answered or ticked or not any(sent.checks[t] for t in cleared))
        )

    def seconded(self, name: str, sent: Sent, therapy: str) -> bool:
        """What rules a therapy out is passed only where someone else has looked or is asked."""
        others = [v for v in self.clinic.said(sent, therapy, self.day) if v.by != name]
        return bool(others or self.clinic.awaited(sent, therapy, self.day))

    def after(
        self, sent: Sent, new: list[Verdict], asked: list[Asked]
    ) -> dict[str, list[Verdict]] | None:
        """What each therapy then rests on, once all are decided; None as long as one is not."""
        with self.clinic.as_if(sent, new, asked):
            return self.goes_out_now(sent)

    def goes_out_now(self, sent: Sent) -> dict[str, list[Verdict]] | None:
        counted = self.clinic.counted(sent, self.day, self.then)
        if counted and self.is_over(counted):
            return None
        return counted if counted and self.clinic.was_read_before(sent, counted) else None

    def events_of(
        self, form: Form, sent: Sent, new: list[Verdict], asked: list[Asked], closes
    ) -> tuple:
        given = (("form_give_opinion", form.reference),) if form.state == "second_opinion" else ()
        named = (("colleague_asked", form.reference),) * len(asked)
        said = (("decided", form.reference), *given, *named)
        if closes is None:
            with self.clinic.as_if(sent, new, asked):
                waits = (("form_ask_colleague", form.reference),) if self.waits(sent) else ()
            return (*said, *waits)
        return (*said, *self.events_of_closing(form, closes))
