"""Who calls about an urgent answer, how often it was tried, and what else is known beside it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from clinic.audit.services import record
from clinic.people import policy
from clinic.people.models import User
from intake.review import urgent
from intake.review.alerts_policy import ACTIONS, RELATED
from intake.review.flags import FlagShown
from intake.review.models import AlertTaken, Contact
from intake.screening.answers import SELF_HARM_URGENCY
from intake.screening.rule_set import RuleSetData
from intake.submission.models import EmergencyEvent, Intake


@dataclass(frozen=True)
class AlertRow:
    intake: Intake
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
    found = urgent.with_open_ones().prefetch_related(
        Prefetch("contacts", contacts), Prefetch("alerts_taken", taken)
    )
    rows: dict[str, list[AlertRow]] = {"urgent": [], "sent_on": []}
    for intake in found:
        row = row_of(intake, list(intake.contacts.all()), intake.urgent_since)
        rows["urgent" if intake.to_call else "sent_on"].append(row)
    return rows


def row_of(intake: Intake, contacts: list[Contact], since: datetime) -> AlertRow:
    owners = [each for each in intake.alerts_taken.all() if each.at >= since]
    tried = [each for each in contacts if each.at >= since]
    return AlertRow(
        intake=intake,
        owner=owners[-1] if owners else None,
        attempts=len(tried),
        last=tried[-1] if tried else None,
    )


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
