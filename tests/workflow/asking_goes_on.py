"""Questions to the patient: in writing or by a call, answered or not, and the form that waits."""

from datetime import timedelta
from random import Random

from base import LUCK, Base
from hypothesis.stateful import precondition, rule
from model import Form, Round
from patients_do import WHO as PATIENTS
from practitioners_do import WHO, some_sent

from intake.review import asking, asking_reminders, asking_replies
from intake.review.asking_models import AskRound
from intake.submission.models import Revision

QUESTIONS = ((), ("",), ("osteoporosis",), ("osteoporosis",), ("osteoporosis", ""), ("signature",))
REPLIES = ("an answer", "an answer", "words", "I cannot say", "nothing")
REMIND, CLOSE = timedelta(days=3), timedelta(days=14)


class AskingGoesOn(Base):
    @precondition(some_sent)
    @rule(luck=LUCK)
    def asks_in_writing(self, luck: Random) -> None:
        who, codes, form = luck.choice(WHO), luck.choice(QUESTIONS), self.a_form(luck, "in_review")
        sent = form.sent[0] if luck.random() < 0.1 else form.newest
        name = self.actor(who, form.patient)
        user, revision = self.world.users[name], Revision.objects.get(pk=sent.pk)
        asked = self.attempt(
            "ask in writing",
            lambda: asking.ask(
                revision=revision,
                questions=[asking.Asked(code, "Since when?") for code in codes],
                by=user,
            ),
            allowed=self.clinic.practises(name, self.day)
            and form.state == "in_review"
            and sent is form.newest
            and bool(codes)
            and "signature" not in codes,
            events=(("form_ask", form.reference),),
            notices=(("question_asked", form.reference),),
        )
        if asked:
            form.state = "asked"
            form.rounds.append(Round(asked.pk, False, self.now, codes))

    def all_rounds(self) -> list[tuple[Form, Round]]:
        return [(form, asked) for form in self.clinic.forms for asked in form.rounds]

    @precondition(lambda machine: machine.all_rounds())
    @rule(luck=LUCK)
    def replies(self, luck: Random) -> None:
        form, asked = self.chosen(
            self.all_rounds(), luck, lambda each: each[1].open and not each[1].by_phone
        )
        name, how = self.actor(luck.choice(PATIENTS), form.patient), luck.choice(REPLIES)
        stored = AskRound.objects.select_related("intake__patient").get(pk=asked.pk)
        user, open_still = self.world.users[name], asked.open and not asked.by_phone
        complete = how in ("words", "I cannot say") or (
            how == "an answer" and "" not in asked.codes
        )
        if open_still and name == self.owner(form):
            asking_replies.save_draft(asked=stored, kept=self.kept(stored, how, luck), by=user)
            self.watcher.look()
        from_closed = form.state == "closed"
        revision = self.attempt(
            "reply",
            lambda: asking_replies.send_replies(asked=stored, by=user),
            allowed=name == self.owner(form)
            and (bool(asked.came_back) or (open_still and complete)),
            events=() if asked.came_back else (("form_answer", form.reference),),
            notices=() if asked.came_back else (("form_sent", form.reference),),
        )
        if revision and asked.came_back:
            assert revision.pk == asked.came_back
        elif revision:
            self.was_answered(form, asked, revision, from_closed=from_closed)

    @staticmethod
    def kept(stored: AskRound, how: str, luck: Random) -> asking_replies.Kept:
        keys = [asking_replies.key_of(each) for each in stored.questions.all()]
        if how == "an answer":
            return asking_replies.Kept(answers={"osteoporosis": luck.choice(("yes", "no"))})
        words = {key: "For two years." for key in keys if how == "words"}
        return asking_replies.Kept(words=words, cannot=keys if how == "I cannot say" else [])

    def was_answered(
        self, form: Form, asked: Round, revision: Revision, *, from_closed: bool
    ) -> None:
        before = form.newest
        form.ends_round(self.now, revision.pk)
        form.sent.append(self.as_sent(form, revision, before.says))
        form.state, form.said = "submitted", "replied"
        self.clock_goes_on(form, asked)

    def clock_goes_on(self, form: Form, asked: Round) -> None:
        """What they owed us is added to the time we have; a call of ours adds nothing."""
        if not asked.by_phone:
            form.due_anew()

    @precondition(lambda machine: machine.all_rounds())
    @rule(luck=LUCK)
    def notes_the_call(self, luck: Random) -> None:
        form, asked = self.chosen(self.all_rounds(), luck, lambda each: each[0].state == "asked")
        name = self.actor(luck.choice(WHO), form.patient)
        note = luck.choice(("They said no.",) * 5 + (" ",))
        intake, user = self.stored(form), self.world.users[name]
        done = self.attempt(
            "note the call",
            lambda: asking.answered_by_phone(intake=intake, note=note, by=user),
            allowed=self.clinic.practises(name, self.day)
            and bool(note.strip())
            and form.state == "asked",
            events=(("form_answered_by_phone", form.reference),),
        )
        if done:
            asked = form.round
            form.ends_round(self.now)
            form.state = "submitted"
            self.clock_goes_on(form, asked)

    @precondition(lambda machine: machine.all_rounds())
    @rule(luck=LUCK)
    def takes_it_up_again(self, luck: Random) -> None:
        form, _ = self.chosen(self.all_rounds(), luck, lambda each: each[0].state == "closed")
        name = self.actor(luck.choice(WHO), form.patient)
        intake, user = self.stored(form), self.world.users[name]
        done = self.attempt(
            "take up again",
            lambda: asking.take_up_again(intake=intake, by=user),
            allowed=self.clinic.practises(name, self.day) and form.state == "closed",
            events=(("form_reopen", form.reference),),
        )
        if done:
            form.ends_round(self.now)
            form.state = "in_review"
            form.due_anew()

    def owed(self, wait: timedelta) -> list[Form]:
        return [
            form
            for form in self.clinic.forms
            if form.state == "asked"
            and not form.round.by_phone
            and form.round.asked_at <= self.then - wait
        ]

    @precondition(lambda machine: machine.owed(REMIND))
    @rule(luck=LUCK)
    def the_morning_comes(self, luck: Random) -> None:
        """Whoever owes an answer is reminded. That it is once a mark is for its own tests:
        PostgreSQL's clock, which dates e-mails, stays where it was."""
        due = self.owed(REMIND)
        done = self.attempt(
            "remind",
            lambda: (asking_reminders.remind_of_questions(),),
            allowed=True,
            notices=[("question_waits", form.reference) for form in due],
        )
        assert done == (len(due),)

    @precondition(lambda machine: machine.owed(CLOSE))
    @rule(luck=LUCK)
    def nobody_has_answered(self, luck: Random) -> None:
        due = self.owed(CLOSE)
        done = self.attempt(
            "close",
            lambda: (asking_reminders.close_unanswered(),),
            allowed=True,
            events=[("form_close", form.reference) for form in due],
            notices=[("question_closed", form.reference) for form in due],
        )
        assert done == (len(due),)
        for form in due:
            form.state = "closed"
            form.not_due()
