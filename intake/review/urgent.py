"""Urgent answers: who waits to be called, and what was found. They are never closed by time."""

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from clinic.audit.services import record
from clinic.people import policy
from clinic.people.models import User
from intake.review.models import SPOKEN_TO, Contact, Outcome
from intake.screening.levels import Level
from intake.submission.models import EmergencyEvent, Intake, Revision


def waiting() -> QuerySet[Intake]:
    """Forms, drafts too, with an urgent answer after which nobody has spoken to the patient yet."""
    spoken = Contact.objects.filter(
        intake=OuterRef("intake"), outcome__in=SPOKEN_TO, newest_event__gte=OuterRef("pk")
    )
    unanswered = EmergencyEvent.objects.filter(~Exists(spoken), happened="shown")
    return (
        Intake.objects.filter(emergencies__in=unanswered)
        .defer("answers")
        .select_related("patient__account")
        .annotate(urgent_since=Max("emergencies__at"))
        .order_by("urgent_since")
    )


def events(intake: Intake) -> QuerySet[EmergencyEvent]:
    return EmergencyEvent.objects.filter(intake=intake).order_by("pk")


def blocks(intake: Intake, revision: Revision) -> bool:
    """Whether an urgent answer still forbids clearing any therapy; the database asks the same."""
    newest = events(intake).last()
    if newest is None and not revision.flags.filter(rank=Level.EMERGENCY).exists():
        return False
    contact = intake.contacts.filter(outcome__in=SPOKEN_TO).order_by("pk").last()
    if contact is None or contact.outcome != Outcome.RESOLVED:
        return True
    if newest is None:
        return contact.at < revision.sent_at
    return (contact.newest_event_id or 0) < newest.pk


@transaction.atomic
def read(*, intake: Intake, by: User) -> list[EmergencyEvent]:
    """The urgent answers of a form, a draft too; leaves a trace of the reading."""
    policy.require(by, "practitioner")
    record(action="read_urgent_answers", by=by, patient=intake.patient, reference=intake.reference)
    return list(events(intake))


@transaction.atomic
def note_contact(
    *, intake: Intake, outcome: str, found: str, by: User, spoke_with: str = "", seen: int | None
) -> Contact:
    """Notes one call or talk about the urgent events up to `seen`, the last one on the page."""
    policy.require(by, "practitioner")
    newest = events(intake).filter(pk=seen).first()
    contact = Contact.objects.create(
        intake=intake,
        newest_event=newest,
        by=by,
        outcome=outcome,
        spoke_with=spoke_with,
        found=found,
    )
    record(action=f"contact_{outcome}", by=by, patient=intake.patient, reference=intake.reference)
    return contact
