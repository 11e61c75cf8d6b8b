"""What every step does: it moves the clock, asks the model, calls the service, and looks."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

import time_machine
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from invariants import harm
from model import Clinic, Form, Sent
from traces import Watcher
from world import LONG, World

from clinic.errors import Refused
from intake.review.models import Rescreening

TALLY: dict[str, Counter] = defaultdict(Counter)
"""Action -> how often it succeeded and how often it was refused."""
MINUTE = timedelta(minutes=1)
LUCK = st.integers(0, 2**32 - 1).map(lambda seed: Random(seed * 2654435761))
"""Hypothesis likes small numbers and draws them again and again; this spreads them."""
STRANGERS = ("other", "reception", "both", "manager", "anonymous")
DB_CLOCK_IS_BEHIND = "PostgreSQL's own clock does not move with ours: its day is the first one."


class Base(RuleBasedStateMachine):
    """Each run begins today at ten: what is drawn leads to the same steps at any hour."""

    world: World
    watcher: Watcher

    def __init__(self) -> None:
        super().__init__()
        start = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
        self.database_day = timezone.localdate(start)
        self.traveller = time_machine.travel(start, tick=False)
        self.clock = self.traveller.start()
        self.world.begin_again(self.day + LONG)
        self.watcher.begin_again()
        self.clinic = Clinic(
            registered={
                "both": {"acupuncture": self.day + LONG, "massage": self.day + LONG},
                "needles": {"acupuncture": self.day + LONG},
                "hands": {"massage": self.day + LONG},
                "unregistered": {},
            }
        )
        self.steps, self.unchanged = 0, False

    def teardown(self) -> None:
        self.traveller.stop()
        assert self.watcher.answers_as_they_were(all_of_them=True), "I4"

    @property
    def now(self) -> datetime:
        return timezone.now()

    @property
    def then(self) -> datetime:
        """The moment at which the next step acts: `attempt` moves the clock first."""
        return self.now + MINUTE

    @property
    def day(self) -> date:
        return timezone.localdate()

    def owner(self, form_or_patient: Form | int) -> str:
        patient = getattr(form_or_patient, "patient", form_or_patient)
        return "tomas" if patient == 2 else "rosa"

    def actor(self, who: str, patient: int) -> str:
        """The name of "owner" and "other" for this patient; everyone else has one already."""
        owner = self.owner(patient)
        return {"owner": owner, "other": "rosa" if owner == "tomas" else "tomas"}.get(who, who)

    def is_patient(self, name: str) -> bool:
        return name in ("rosa", "tomas")

    def chosen(self, things: list, luck: Random, likely: Callable[..., bool]):
        """Mostly one on which the action can succeed, sometimes any."""
        fitting = [each for each in things if likely(each)]
        return luck.choice(fitting if fitting and luck.random() < 0.85 else things)

    def attempt(
        self,
        action: str,
        work: Callable[[], object],
        *,
        allowed: bool | None,
        events: Callable[[object], tuple] | tuple = (),
        notices: Callable[[object], tuple] | tuple = (),
    ):
        """The result, or None when it was refused. allowed: None where the model leaves it open.

        Whatever is not a refusal in words goes through: nothing may end in a server error.
        """
        self.clock.move_to(self.now + MINUTE)
        self.steps, self.unchanged = self.steps + 1, False
        try:
            result = work()
        except Refused as refusal:
            TALLY[action]["refused"] += 1
            assert not allowed, (action, type(refusal), refusal.sentence)
            assert str(refusal.sentence)
            assert self.watcher.nothing_new(), f"{action}: refused, and something was stored"
            self.unchanged = True
            return None
        TALLY[action]["succeeded"] += 1
        assert allowed is not False, f"{action} must have been refused"
        if allowed:
            found = [each(result) if callable(each) else each for each in (events, notices)]
            self.traces(*(Counter(each) for each in found))
        return result if result is not None else True

    def about_reading(self, sent: Sent) -> tuple[tuple, tuple]:
        """Traces and e-mails of reading it under the rules in force, if nobody has yet."""
        if not self.clinic.unread(sent) or not self.clinic.reading(sent).raised:
            return (), ()
        held = any(
            each.rests_on.form is sent.form and each.state == "live" and each.last >= self.day
            for each in self.clinic.clearances
        )
        told = sent.form.reference
        return ((("rules_raised", told),), (("on_hold", told),)) if held else ((), ())

    def was_read(self, *several: Sent) -> None:
        """Under the rules in force, by this step or an earlier one."""
        new = [each for each in several if self.clinic.unread(each)]
        if not new:
            return
        in_force = self.world.rule_pks[self.clinic.rules]
        stored = dict(
            Rescreening.objects.filter(
                rule_set=in_force, revision__in=[sent.pk for sent in new]
            ).values_list("revision", "pk")
        )
        for sent in new:
            read = self.clinic.reading(sent)
            read.pk = stored[sent.pk]
            sent.reads[read.version] = read

    def traces(self, events: Counter, notices: Counter) -> None:
        """I6, I7: one trace for each change, one e-mail for each that is due, and no other."""
        left = self.watcher.left()
        assert left.events == events, (left.events, events)
        assert left.notices == notices, (left.notices, notices)
        assert left.jobs == sum(notices.values())
        assert not left.torn, left.torn

    @invariant()
    def no_harm(self) -> None:
        if self.unchanged:  # not one row is another than before: it was looked at then
            return
        found = harm(self.watcher, self.watcher.marks[3:])
        assert not found, found
        assert self.watcher.answers_as_they_were(all_of_them=self.steps % 20 == 0), "I4"
        self.watcher.look()

    @invariant()
    def acknowledged_is_stored(self) -> None:
        """I8: what the model was told is what another session finds."""
        if self.unchanged:
            return
        rows = self.watcher.rows(
            """SELECT 'f' || id, state FROM submission_intake
               UNION ALL SELECT 'c' || id, state FROM review_clearance
               UNION ALL SELECT 'v' || id, (cancelled_at IS NOT NULL)::text FROM booking_visit
               UNION ALL SELECT 'r' || id, (ended_at IS NULL)::text FROM review_askround
               UNION ALL SELECT 'n' || id, acupuncture || ' ' || massage FROM review_rescreening
               UNION ALL SELECT 'd' || id, due_at::text FROM submission_intake"""
        )
        found = dict(rows)
        expected = {f"f{form.pk}": form.state for form in self.clinic.forms}
        expected |= {f"c{each.pk}": each.state for each in self.clinic.clearances}
        expected |= {f"v{v.pk}": str(v.cancelled).lower() for v in self.clinic.visits}
        forms = self.clinic.forms
        expected |= {
            f"r{asked.pk}": str(asked.open).lower() for form in forms for asked in form.rounds
        }
        expected |= {
            f"n{read.pk}": f"{read.level} {read.level}"
            for form in forms
            for sent in form.sent
            for read in sent.reads.values()
        }
        for form in forms:
            form.due = form.due if form.due_learned else found[f"d{form.pk}"]
            form.due_learned = True
            expected[f"d{form.pk}"] = form.due
        assert found == expected
