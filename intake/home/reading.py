"""All that a patient's own pages say, in a number of queries that does not grow with the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import cached_property

from clinic.audit.models import Event
from clinic.people.household import Household
from clinic.people.models import Patient, User
from intake.booking.models import Visit
from intake.home.facts import Facts
from intake.home.history import Known, Moment, events_of, history
from intake.home.messages import Message, messages
from intake.home.next_step import NextStep, next_step
from intake.referral.models import Letter
from intake.review.models import AskRound, Clearance, ClearanceState, Decision, HoldReason
from intake.review.urgent import UrgentOpen
from intake.submission.models import Intake
from intake.submission.states import CHANGEABLE

LISTED = 200
"""Forms and letters of one account; older ones are kept, and not listed."""


def forms_of(account: User) -> QuerySet[Intake]:
    """Newest first, with `sent_at`, `decided_by`, `asked_in_writing` and, about their patient,
    `is_urgent`; no answer is opened."""
    decisions = Decision.objects.filter(revision__intake=OuterRef("pk")).order_by("-pk")
    in_writing = AskRound.objects.open().in_writing().filter(intake=OuterRef("pk"))
    return (
        Intake.objects.visible_to(account)
        .with_sent_at()
        .annotate(
            decided_by=Subquery(decisions.values("by__name")[:1]),
            asked_in_writing=Exists(in_writing),
            is_urgent=UrgentOpen("patient_id"),
        )
        .defer("answers")
        .order_by("-pk")
    )


def live_clearance(person: Patient) -> Clearance | None:
    """The live one, whatever its days, with the visits `left` and why it is on `hold`."""
    standing = Count("visits", filter=Q(visits__cancelled_at__isnull=True))
    return (
        Clearance.objects.filter(patient=person, state=ClearanceState.LIVE)
        .annotate(left=F("sessions") - standing, hold=HoldReason("patient_id", "created_at"))
        .prefetch_related("therapies")
        .first()
    )


@dataclass(frozen=True)
class Papers:
    """The forms and letters of a whole account, and what we wrote in them."""

    account: User
    household: Household

    @cached_property
    def all_forms(self) -> list[Intake]:
        return list(forms_of(self.account)[:LISTED])

    @cached_property
    def all_letters(self) -> list[Letter]:
        gone = Letter.objects.visible_to(self.account).order_by("-sent_at")
        return list(gone.defer("body", "reply")[:LISTED])

    @cached_property
    def all_messages(self) -> list[Message]:
        return messages(account=self.account, forms=self.all_forms, letters=self.all_letters)

    def _of_person(self, rows: list) -> list:
        person = self.household.person
        return [row for row in rows if person and row.patient_id == person.pk]

    @cached_property
    def forms(self) -> list[Intake]:
        return self._of_person(self.all_forms)

    @cached_property
    def messages(self) -> list[Message]:
        return self._of_person(self.all_messages)

    @cached_property
    def letters(self) -> list[Letter]:
        return self._of_person(self.all_letters)

    @cached_property
    def people(self) -> list[tuple[Patient, int]]:
        """Everyone of the account, with how many new messages wait for each."""
        new = [message.patient_id for message in self.all_messages if message.is_new]
        return [(person, new.count(person.pk)) for person in self.household.people]


@dataclass(frozen=True)
class Home:
    """The page of one person."""

    papers: Papers
    now: datetime

    @cached_property
    def person(self) -> Patient | None:
        return self.papers.household.person

    @cached_property
    def was_decided(self) -> bool:
        """Before the first decision there is nothing cleared, and no visit."""
        decided = any(form.decided_by is not None for form in self.papers.forms)
        return decided or len(self.papers.all_forms) == LISTED

    @cached_property
    def visits(self) -> list[Visit]:
        """Without their treatments: their own pages say those."""
        if not self.was_decided:
            return []
        mine = Visit.objects.filter(patient=self.person).select_related("clearance")
        held = mine.annotate(hold=HoldReason("patient_id", "clearance__created_at"))
        return list(held.order_by("starts_at"))

    @cached_property
    def ahead(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.can_be_cancelled(at=self.now)]

    @cached_property
    def facts(self) -> Facts:
        new = frozenset(each.reference for each in self.papers.messages if each.is_new)
        return Facts(
            person=self.person,
            forms=self.papers.forms,
            new=new,
            visit=self.ahead[0] if self.ahead else None,
            clearance=live_clearance(self.person) if self.was_decided else None,
            today=timezone.localdate(self.now),
        )

    @cached_property
    def ends_soon(self) -> Intake | None:
        return self.facts.ends_soon() if self.person else None

    @cached_property
    def step(self) -> NextStep:
        return next_step(self.facts)

    def history(self, events: Iterable[Event]) -> list[Moment]:
        known = Known(
            forms={form.reference: form for form in self.papers.forms},
            visits={visit.reference: visit for visit in self.visits},
            letters={letter.reference: letter for letter in self.papers.letters},
        )
        return history(events, self.person, known) if self.person else []

    def events(self) -> QuerySet[Event]:
        return events_of(self.person) if self.person else Event.objects.none()

    @cached_property
    def is_urgent(self) -> bool:
        """Something urgent was answered, and nobody has noted that it is over."""
        return any(form.is_urgent for form in self.papers.forms)

    @cached_property
    def may_change(self) -> Intake | None:
        """The form that was sent last and not taken back: what is new is said about that one."""
        sent = [form for form in self.papers.forms if form.sent_at and form.state in CHANGEABLE]
        return max(sent, key=lambda form: form.sent_at, default=None)
