"""Urgent answers: who waits to be called, and what was found. They are never closed by time."""

from django.db import transaction
from django.db.models import BooleanField, Exists, Func, Min, OuterRef, QuerySet

from clinic.audit.services import record
from clinic.people import policy
from clinic.people.models import Patient, User
from intake.review.models import SPOKEN_TO, Contact, Outcome
from intake.screening.levels import Level
from intake.submission.models import EmergencyEvent, Intake, Revision


class UrgentOpen(Func):
    """Whether a patient has an urgent answer whose end nobody has noted. Takes: patient id."""

    function = "review_urgent_open"
    output_field = BooleanField()


def _spoken(outcomes: list[str]) -> QuerySet[Contact]:
    """Contacts that cover an event and were not followed by being sent to urgent care."""
    later = Contact.objects.filter(
        intake=OuterRef("intake"), outcome=Outcome.SENT_ON, pk__gt=OuterRef("pk")
    )
    covering = Contact.objects.filter(
        intake=OuterRef("intake"), outcome__in=outcomes, newest_event__gte=OuterRef("pk")
    )
    return covering.filter(~Exists(later)) if outcomes == [Outcome.RESOLVED] else covering


def unresolved() -> QuerySet[EmergencyEvent]:
    """Urgent events that nobody has noted as resolved."""
    return EmergencyEvent.objects.filter(~Exists(_spoken([Outcome.RESOLVED])), happened="shown")


def with_open_ones() -> QuerySet[Intake]:
    """Forms, drafts too, with an urgent answer whose end nobody has noted; the oldest first.

    `to_call`: whether nobody has spoken to the patient since one of their answers.
    """
    mine = unresolved().filter(intake=OuterRef("pk"))
    return (
        Intake.objects.filter(emergencies__in=unresolved())
        .defer("answers")
        .select_related("patient__account")
        .annotate(
            urgent_since=Min("emergencies__at"),
            to_call=Exists(mine.filter(~Exists(_spoken(SPOKEN_TO)))),
        )
        .order_by("urgent_since")
    )


def waiting() -> QuerySet[Intake]:
    """Those after whose answer nobody has spoken to the patient yet."""
    return with_open_ones().filter(to_call=True)


def sent_on() -> QuerySet[Intake]:
    """Those whose patient was sent to urgent care, and where the end of it is not noted yet."""
    return with_open_ones().filter(to_call=False)


def events(patient: Patient) -> QuerySet[EmergencyEvent]:
    """Urgent events of all forms of this patient, oldest first."""
    return EmergencyEvent.objects.filter(intake__patient=patient).order_by("pk")


def contacts(patient: Patient) -> QuerySet[Contact]:
    return Contact.objects.filter(intake__patient=patient).select_related("by").order_by("pk")


def blocks(intake: Intake, revision: Revision) -> bool:
    """Whether something urgent, on any form of this patient, still forbids clearing a therapy.

    The database asks the same (trigger emergency_resolved_before_clearing).
    """
    if unresolved().filter(intake__patient=intake.patient_id).exists():
        return True
    if not revision.flags.filter(rank=Level.EMERGENCY).exists():
        return False
    contact = intake.contacts.filter(outcome__in=SPOKEN_TO).order_by("pk").last()
    if contact is None or contact.outcome != Outcome.RESOLVED:
        return True
    return contact.newest_event_id is None and contact.at < revision.sent_at


@transaction.atomic
def read(*, intake: Intake, by: User) -> list[EmergencyEvent]:
    """The urgent answers of a form, a draft too; leaves a trace of the reading."""
    policy.require(by, "practitioner")
    record(action="read_urgent_answers", by=by, patient=intake.patient, reference=intake.reference)
    return list(intake.emergencies.order_by("pk"))


@transaction.atomic
def note_contact(
    *, intake: Intake, outcome: str, found: str, by: User, spoke_with: str = "", seen: int | None
) -> Contact:
    """Notes one call or talk about the urgent events up to `seen`, the last one on the page."""
    policy.require(by, "practitioner")
    newest = intake.emergencies.filter(pk=seen).first()
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
