"""Ten minutes to take a decision back; then the worker sends it out."""

from random import Random

from base import LUCK, Base
from hypothesis.stateful import precondition, rule
from model import DECIDED_FROM, Form, Sent, Verdict
from practitioners_do import WHO

from intake.review import taking_back
from intake.review.models import Decision

Closes = dict[str, list[Verdict]]


class TenMinutesPass(Base):
    def made(self) -> list[tuple[Sent, Verdict]]:
        """One verdict of each decision that stands."""
        found = {
            each.decision: (sent, each)
            for form in self.clinic.forms
            for sent in form.sent
            for each in sent.verdicts
        }
        return list(found.values())

    def can_be_taken_back(self, sent: Sent, verdict: Verdict) -> bool:
        form = sent.form
        open_still = form.state in DECIDED_FROM and sent is form.newest
        return open_still and verdict.effective > self.then

    @precondition(lambda machine: machine.made())
    @rule(luck=LUCK)
    def takes_a_decision_back(self, luck: Random) -> None:
        sent, verdict = self.chosen(self.made(), luck, lambda each: self.can_be_taken_back(*each))
        form = sent.form
        name = verdict.by if luck.random() < 0.8 else self.actor(luck.choice(WHO), form.patient)
        stored = Decision.objects.select_related("revision").get(pk=verdict.decision)
        user = self.world.users[name]
        done = self.attempt(
            "take a decision back",
            lambda: taking_back.take_back(decision=stored, by=user),
            allowed=name == verdict.by
            and self.clinic.practises(name, self.day)
            and self.can_be_taken_back(sent, verdict),
            events=lambda _: self.was_taken_back(sent, verdict),
        )
        if done:
            self.waits_or_not(form)

    def was_taken_back(self, sent: Sent, verdict: Verdict) -> tuple:
        reference, waited = sent.form.reference, sent.form.state == "second_opinion"
        sent.verdicts = [each for each in sent.verdicts if each.decision != verdict.decision]
        for each in sent.asked:
            each.off |= each.by == verdict.by and each.at == verdict.at
        moved = ("form_give_opinion",) if waited else ()
        waits = ("form_ask_colleague",) if self.waits(sent) else ()
        return tuple((each, reference) for each in ("decision_taken_back", *moved, *waits))

    def pending(self) -> list[Form]:
        """Forms the worker looks at, in its order: somebody has decided since the patient was told
        or has answered, and one decision at least cannot be taken back."""
        forms = [
            form
            for form in self.clinic.forms
            if form.state == "in_review"
            and any(
                each.effective <= self.then
                and (form.undecided_since is None or each.at > form.undecided_since)
                for each in form.newest.verdicts
            )
        ]
        return sorted(forms, key=lambda form: form.newest.pk)

    @precondition(lambda machine: machine.pending() or machine.steps % 20 == 7)
    @rule(luck=LUCK)
    def decisions_go_out(self, luck: Random) -> None:
        due, kept, told, events = self.pending(), False, [], []
        closing = [form for form in due if self.goes_out_now(form.newest)]
        kept = any(self.only_keeps(self.goes_out_now(form.newest)) for form in closing)

        def went_out(_: object) -> list:
            for form in due:
                self.goes_out(form, events, told)
            return events

        done = self.attempt(
            "send out" if closing else "nothing goes out",
            lambda: (taking_back.send_out(),),
            allowed=None if kept else True,
            events=went_out,
            notices=lambda _: told,
        )
        assert done == (len(closing),)
        if kept:
            left = self.watcher.left()
            for form in due:
                self.learns_of(form, left) if form in closing else self.goes_out(form, [], [])

    @staticmethod
    def only_keeps(closes: Closes) -> bool:
        return all(verdicts[-1].keeps for verdicts in closes.values())

    def goes_out(self, form: Form, events: list, told: list) -> None:
        sent = form.newest
        counted = self.clinic.counted(sent, self.day, self.now)
        if not counted or self.is_over(counted):
            return
        if self.positive(counted):
            raised, notices = self.about_reading(sent)
            events += raised
            told += notices
            self.was_read(sent)
        if self.clinic.was_read_before(sent, counted):
            events += self.events_of_closing(form, counted)
            told += self.notices_of(form, counted)
            self.was_closed(form, sent, counted)

    def learns_of(self, form: Form, left) -> None:
        """What keeping leaves as it is, is for its own tests."""
        self.was_read(form.newest)
        self.went_out_as_kept(form, form.newest, left)
