"""What is known about one person, as far as it decides what they can do next."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from clinic.dates import in_words
from clinic.people.models import Patient
from intake.booking.models import Visit
from intake.review.models import Clearance
from intake.submission.models import Intake
from intake.submission.states import WITH_US, State

THERAPIES = {
    frozenset(["acupuncture"]): _("acupuncture"),
    frozenset(["massage"]): _("massage"),
    frozenset(["acupuncture", "massage"]): _("acupuncture and massage"),
}


SOON = timedelta(days=14)
BY_US = ("looked_at_again", "new_rules", "rules_unread")


@dataclass(frozen=True)
class Facts:
    """What is known about one person. `clearance` is their live one, with `left` and `hold`."""

    person: Patient | None
    forms: list[Intake]
    """Newest first."""
    new: frozenset[str]
    """References of what we wrote and they have not opened."""
    visit: Visit | None
    """The next one that stands."""
    clearance: Clearance | None
    today: date

    def form(self, *states: str) -> Intake | None:
        return next((form for form in self.forms if form.state in states), None)

    def asked_in_writing(self) -> Intake | None:
        return next((f for f in self.forms if f.state == State.ASKED and f.asked_in_writing), None)

    def closed(self) -> Intake | None:
        """Closed without an answer, and nothing was begun since."""
        newest = self.forms[0] if self.forms else None
        return newest if newest is not None and newest.state == State.CLOSED else None

    def being_changed(self) -> Intake | None:
        return next((form for form in self.forms if form.is_changing), None)

    def visit_in_doubt(self) -> Visit | None:
        """What it rests on has ended; nobody is at work on that."""
        visit = self.visit
        return None if visit is None or visit.still_cleared or visit.is_held else visit

    def visit_on_hold(self) -> Visit | None:
        """It waits for a practitioner to read what is new."""
        return self.visit if self.visit and self.visit.is_held else None

    def unread(self) -> Intake | None:
        """Older news may stay unread: it does not stand in the way."""
        newest = self.form(*WITH_US, State.DECIDED)
        if newest is None or newest.state != State.DECIDED or newest.reference not in self.new:
            return None
        return newest

    def held_by_us(self) -> Patient | None:
        """Nothing new from them: it is we who look again."""
        held = self.clearance is not None and self.clearance.hold in BY_US
        return self.person if held else None

    def ended(self) -> Intake | None:
        """The form behind what was cleared, once its last day has come; a change of it renews."""
        cleared = self.clearance
        if cleared is None or cleared.on_hold or cleared.valid_until > self.today:
            return None
        return self.form(State.DECIDED)

    def ends_soon(self) -> Intake | None:
        """The same while there are some days left."""
        cleared = self.clearance
        if cleared is None or cleared.on_hold or self.form(*WITH_US) or self.being_changed():
            return None
        left = cleared.valid_until - self.today
        return self.form(State.DECIDED) if timedelta(0) < left <= SOON else None

    def may_choose_a_time(self) -> Patient | None:
        """Times begin tomorrow, so a clearance that ends today is of no more use."""
        cleared = self.clearance
        if cleared is None or cleared.on_hold or cleared.valid_until <= self.today:
            return None
        return self.person if cleared.left > 0 else None

    def used_up(self) -> Patient | None:
        return self.person if self.clearance and not self.clearance.on_hold else None

    def words(self) -> dict[str, object]:
        """What the sentences of the table may name."""
        found: dict[str, object] = {}
        if self.visit:
            found["when"] = in_words(self.visit.starts_at, "weekday_moment")
        if self.clearance:
            cleared = frozenset(each.therapy for each in self.clearance.therapies.all())
            found["until"] = in_words(self.clearance.valid_until, "day")
            found["therapies"] = THERAPIES.get(cleared, "")
        held = [each for each in (self.visit, self.clearance) if each and each.why_on_hold]
        if held:
            found["why_on_hold"] = held[0].why_on_hold.for_the_patient
        return found
