"""What patients do with their forms, and what others try to do with them."""

from random import Random

from base import LUCK, STRANGERS, Base
from hypothesis.stateful import precondition, rule
from model import CHANGEABLE, TAKEN_BACK_FROM, Alarm, Form, Sent

from intake.review.weighing import needs_answer, needs_look, rules_out
from intake.submission import changing, services
from intake.submission.models import Intake, Revision
from intake.submission.withdrawing import withdraw

WHO = ("owner",) * 20 + STRANGERS
SAYS = ("well", "well", "other words", "a stop", "a stop", "not sure", "not sure", "not sure")
SAYS += ("ruled out", "massage only")
REASONS = ("changed", "forgot", "mistake", "renew", "")


def some_form(machine: Base) -> bool:
    return bool(machine.clinic.forms)


class PatientsDo(Base):
    def intake(self, form: Form) -> Intake:
        return Intake.objects.select_related("patient__account").get(pk=form.pk)

    def is_own(self, name: str, form: Form) -> bool:
        return name == self.owner(form)

    @rule(luck=LUCK)
    def begins(self, luck: Random) -> None:
        who, person = luck.choice(WHO), luck.randrange(3)
        name, forms = self.actor(who, person), self.clinic.forms
        draft = next((f for f in forms if (f.patient, f.state) == (person, "draft")), None)
        user, patient = self.world.users[name], self.world.patients[person]
        stored = self.attempt(
            "begin",
            lambda: services.begin(by=user, patient=patient),
            allowed=name == self.owner(person),
            events=lambda intake: () if draft else (("form_begun", intake.reference),),
        )
        if stored and not draft:
            token = str(stored.form_token)
            forms.append(Form(stored.pk, stored.reference, person, "draft", token, self.now))

    @precondition(some_form)
    @rule(luck=LUCK)
    def saves(self, luck: Random) -> None:
        who, says = luck.choice(WHO), luck.choice(SAYS)
        form = self.chosen(self.clinic.forms, luck, lambda each: each.open)
        name = self.actor(who, form.patient)
        intake, user = self.intake(form), self.world.users[name]
        answers = self.world.answers[says]
        saved = self.attempt(
            "save answers",
            lambda: services.save_answers(intake=intake, answers=answers, by=user),
            allowed=self.is_own(name, form) and form.open,
        )
        if saved:
            assert saved.answers["full_name"] == answers["full_name"]
            form.complete, form.saved_at = says, self.now

    @precondition(some_form)
    @rule(luck=LUCK)
    def sends(self, luck: Random) -> None:
        who, old_page = luck.choice(WHO), luck.random() < 0.1
        form = self.chosen(self.clinic.forms, luck, lambda each: each.open and each.complete)
        name = self.actor(who, form.patient)
        token = form.sent[0].token if form.sent and old_page else form.token
        before = {sent.token: sent.pk for sent in form.sent}.get(token)
        action = "form_amend" if form.changing else "form_send"
        intake, user = self.intake(form), self.world.users[name]
        fits = before or (form.open and form.complete and token == form.token)
        revision = self.attempt(
            action,
            lambda: services.send(intake=intake, token=token, by=user),
            allowed=self.is_own(name, form) and bool(fits),
            events=() if before else ((action, form.reference),),
            notices=() if before else (("form_sent", form.reference),),
        )
        if revision and before:
            assert revision.pk == before
        elif revision:
            self.was_sent(form, revision)

    def was_sent(self, form: Form, revision: Revision) -> None:
        same_rules = form.sent and form.newest.rules == self.clinic.rules
        if same_rules and form.complete == form.said:
            assert not revision.moves_safety
        if same_rules and {form.complete, form.said} == {"well", "a stop"}:
            assert revision.moves_safety
        form.sent.append(self.as_sent(form, revision, form.complete))
        form.state, form.changing, form.said = "submitted", False, form.complete
        form.ends_round(self.now)
        form.due_anew()

    def as_sent(self, form: Form, revision: Revision, says: str) -> Sent:
        flags, therapies = list(revision.flags.all()), tuple(revision.wanted)
        return Sent(
            revision.pk,
            form,
            therapies,
            revision.moves_safety,
            {t: {f.pk for f in flags if needs_answer(f, t)} for t in therapies},
            {t: {f.pk for f in flags if needs_look(f, t)} for t in therapies},
            {t for t in therapies if any(rules_out(f, t) for f in flags)},
            [flag.pk for flag in flags],
            str(revision.form_token),
            says,
            self.clinic.rules,
        )

    @precondition(some_form)
    @rule(luck=LUCK)
    def begins_a_change(self, luck: Random) -> None:
        who, reason = luck.choice(WHO), luck.choice(REASONS)
        form = self.chosen(self.clinic.forms, luck, lambda each: each.state in CHANGEABLE)
        name, newest = self.actor(who, form.patient), self.clinic.last_sent(form.patient)
        can = form.state in CHANGEABLE and newest is not None and newest.form is form
        can &= not any(f.changing for f in self.clinic.forms if f.patient == form.patient)
        intake, user = self.intake(form), self.world.users[name]
        copy = self.attempt(
            "begin a change",
            lambda: changing.begin_change(intake=intake, reason=reason, by=user),
            allowed=self.is_own(name, form) and (form.changing or (can and reason != "")),
            events=() if form.changing else (("change_begun", form.reference),),
        )
        if copy and not form.changing:
            form.changing, form.complete, form.saved_at = True, "", self.now
            form.token = str(copy.form_token)

    @precondition(some_form)
    @rule(luck=LUCK)
    def drops_the_change(self, luck: Random) -> None:
        who = luck.choice(WHO)
        form = self.chosen(self.clinic.forms, luck, lambda each: each.changing)
        name = self.actor(who, form.patient)
        intake, user = self.intake(form), self.world.users[name]
        dropped = self.attempt(
            "drop a change",
            lambda: changing.drop_change(intake=intake, by=user),
            allowed=self.is_own(name, form) and form.changing,
            events=(("change_dropped", form.reference),),
        )
        if dropped:
            form.changing, form.token = False, str(self.intake(form).form_token)

    @precondition(lambda machine: machine.clinic.forms and machine.steps % 5 == 0)
    @rule(luck=LUCK)
    def takes_back(self, luck: Random) -> None:
        who = luck.choice(WHO)
        form = self.chosen(self.clinic.forms, luck, lambda each: each.state in TAKEN_BACK_FROM[1:])
        name = self.actor(who, form.patient)
        cleared = any(
            each.patient == form.patient
            and each.state != "revoked"
            and each.last >= self.database_day
            for each in self.clinic.clearances
        )
        can = form.state in TAKEN_BACK_FROM and (form.state == "draft" or not cleared)
        intake, user = self.intake(form), self.world.users[name]
        taken = self.attempt(
            "take back",
            lambda: withdraw(intake=intake, by=user),
            allowed=self.is_own(name, form) and can,
            events=(("form_withdraw", form.reference),),
        )
        if taken:
            form.state, form.changing = "withdrawn", False
            form.ends_round(self.now)
            form.not_due()

    @precondition(lambda machine: machine.clinic.forms and machine.steps % 5 == 1)
    @rule(luck=LUCK)
    def gives_an_urgent_answer(self, luck: Random) -> None:
        who = luck.choice(WHO)
        form = self.chosen(self.clinic.forms, luck, lambda each: each.open)
        name = self.actor(who, form.patient)
        intake, user = self.intake(form), self.world.users[name]
        event = self.attempt(
            "urgent answer",
            lambda: services.note_emergency(
                intake=intake, codes=["em_stroke"], message="M6", happened="shown", by=user
            ),
            allowed=self.is_own(name, form),
            events=(("urgent_shown", form.reference),),
        )
        if event:
            self.clinic.alarms.append(Alarm(event.pk, form))
