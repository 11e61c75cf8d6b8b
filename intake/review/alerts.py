"""Who calls about an urgent answer, how often it was tried, and what else is known beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Case, Prefetch, When
from django.utils import timezone

from clinic.audit.services import record
from clinic.people import policy
from clinic.people.models import Patient, User
from intake.review import urgent
from intake.review.alerts_policy import ACTIONS, RELATED
from intake.review.flags import FlagShown
from intake.review.models import AlertTaken, Contact
from intake.screening.answers import SELF_HARM_URGENCY
from intake.screening.rule_set import RuleSetData
from intake.submission.models import EmergencyEvent, Intake


@dataclass(frozen=True)
class Who:
    """Whom it is about, as far as anybody knows before the form is sent."""

    name: str
    age: int | None

    def __str__(self) -> str:
        return self.name if self.age is None else f"{self.name}, {self.age}"


@dataclass(frozen=True)
class AlertRow:
    intake: Intake
    who: Who
    owner: AlertTaken | None
    """Who said last that they are calling, since this answer was given."""
    attempts: int
    last: Contact | None

    @property
    def is_being_called(self) -> bool:
        """Whether somebody said so and has not noted yet what came of it."""
        noted = self.last is not None and self.owner is not None and self.last.at >= self.owner.at
        return self.owner is not None and not noted


def on_queue() -> dict[str, list[AlertRow]]:
    """All that are not closed, drafts too: to be called now, and sent on with the end unknown."""
    contacts = Contact.objects.select_related("by").defer("found", "spoke_with")
    taken = AlertTaken.objects.select_related("by")
    unnamed = Case(When(patient__name="", then="answers"), default=None)
    found = (
        urgent.with_open_ones()
        .annotate(typed=unnamed)
        .prefetch_related(Prefetch("contacts", contacts), Prefetch("alerts_taken", taken))
    )
    rows: dict[str, list[AlertRow]] = {"urgent": [], "sent_on": []}
    for intake in found:
        contacts_of_it = list(intake.contacts.all())
        row = row_of(intake, contacts_of_it, intake.urgent_since, intake.typed or {})
        rows["urgent" if intake.to_call else "sent_on"].append(row)
    return rows


def row_of(
    intake: Intake, contacts: list[Contact], since: datetime, answers: dict[str, object]
) -> AlertRow:
    """answers: as far as they are needed to say who it is."""
    owners = [each for each in intake.alerts_taken.all() if each.at >= since]
    tried = [each for each in contacts if each.at >= since]
    return AlertRow(
        intake=intake,
        who=who_is(intake.patient, answers),
        owner=owners[-1] if owners else None,
        attempts=len(tried),
        last=tried[-1] if tried else None,
    )


def who_is(patient: Patient, answers: dict[str, object]) -> Who:
    """A patient has no name before their first form is sent: then it is what they typed, or the
    name of the account."""
    today = timezone.localdate()
    born = _day(answers.get("born"))
    age = patient.age_on(today) if patient.born or not born else Patient(born=born).age_on(today)
    name = patient.name or str(answers.get("full_name") or "").strip()
    if not name:
        name = str(patient.account)
        if patient.relation != Patient.Relation.SELF:
            name = f"Someone {name} looks after"
    return Who(name, age)


def _day(typed: object) -> date | None:
    try:
        return date.fromisoformat(typed) if isinstance(typed, str) else None
    except ValueError:
        return None


@transaction.atomic
def take(*, intake: Intake, by: User, now: datetime | None = None) -> AlertTaken:
    """ "I am calling". Whoever says it last owns the alert; nobody else is kept from calling."""
    policy.require(by, "practitioner")
    taken = AlertTaken.objects.create(intake=intake, by=by, at=now or timezone.now())
    record(action="alert_taken", by=by, patient=intake.patient, reference=intake.reference)
    return taken


def pressed_after(event: EmergencyEvent, events: list[EmergencyEvent]) -> EmergencyEvent | None:
    """The way on that the patient pressed on this urgent page; None while they pressed nothing."""
    after = next((each for each in events if each.pk > event.pk), None)
    return after if after and after.happened != "shown" else None


def beside(codes: set[str], flags: list[FlagShown]) -> list[FlagShown]:
    """Of what screening found in what they sent last: what changes the meaning of these answers."""
    related = {code for each in codes for code in RELATED.get(each, ())}
    return [shown for shown in flags if shown.flag.code in related]


def urgency_of(events: list[EmergencyEvent], rules: RuleSetData) -> str:
    """ "R0" or "R1": the more urgent of what was said; R0 where no rule says anything."""
    found = {
        SELF_HARM_URGENCY.get(event.said.get(code, ""), _urgency(code, rules))
        for event in events
        for code in event.codes
    }
    return min(found, default="R0")


def _urgency(code: str, rules: RuleSetData) -> str:
    rule = rules.by_code.get(code)
    return rule.urgency if rule and rule.urgency in ACTIONS else "R0"


def scripts(codes: set[str], rules: RuleSetData) -> list[tuple[str, str]]:
    """(what it is about, what to ask and do) for each urgent answer."""
    known = [rules.by_code[code] for code in sorted(codes) if code in rules.by_code]
    return [(rules.title(rule.code), rule.advice) for rule in known if rule.advice]
