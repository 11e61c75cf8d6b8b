"""What a practitioner says about what newer rules raise: it stands, or is decided again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import Refused
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people import policy
from clinic.people.models import Registration, User
from intake.review import services
from intake.review.models import (
    Clearance,
    ClearanceState,
    HoldReason,
    Rescreening,
    RescreeningAnswer,
)
from intake.review.newer_rules import NewerRules, RuledOut, raised_on
from intake.review.registered import NotRegistered
from intake.submission.models import Intake
from intake.submission.services import move
from intake.submission.states import State

HELD_BY_RULES = ("new_rules", "rules_unread")


class NothingToSay(Refused):
    sentence = "Somebody has answered this already, or it has changed. Nothing was stored."


class NoReason(Refused):
    sentence = "Write in a line why what was decided stands."


@transaction.atomic
def keep(*, found: Rescreening, reason: str, by: User, now: datetime | None = None) -> list[str]:
    """What was decided stands, for the therapies this person is registered in.

    Raises NotAllowed, OneselfOnly, NotRegistered, NothingToSay, NoReason, RuledOut.
    """
    now = now or timezone.now()
    intake, raised = _open_to(found, by)
    if not reason.strip():
        raise NoReason
    if set(raised.open) & set(raised.cleared) <= set(raised.ruled_out):
        raise RuledOut if raised.holds else NothingToSay
    kept = _answer(raised, raised.to_keep, by=by, keeps=True, reason=reason.strip(), now=now)
    record(action="rules_kept", by=by, patient=intake.patient, reference=intake.reference)
    live = Clearance.objects.filter(patient=intake.patient, state=ClearanceState.LIVE)
    reasons = live.annotate(hold=HoldReason("patient_id", "created_at"))
    if not reasons.filter(hold__in=HELD_BY_RULES).exists():
        tell(patient=intake.patient, kind=Kind.STANDS, reference=intake.reference)
    return kept


@transaction.atomic
def decide_again(*, found: Rescreening, by: User, now: datetime | None = None) -> list[str]:
    """They have read it, and decide with it in mind. What is cleared stays on hold until then.

    Raises NotAllowed, OneselfOnly, NotRegistered, NothingToSay.
    """
    now = now or timezone.now()
    intake, raised = _open_to(found, by)
    read = _answer(raised, raised.open, by=by, keeps=False, reason="", now=now)
    record(action="rules_read", by=by, patient=intake.patient, reference=intake.reference)
    if intake.state == State.DECIDED:
        move(intake=intake, name="reopen", by=by, now=now)
    return read


def _open_to(found: Rescreening, by: User) -> tuple[Intake, NewerRules]:
    policy.require(by, "practitioner")
    revision = found.revision
    intake = Intake.objects.locked(revision.intake_id)
    if intake.patient.account_id == by.pk:
        raise services.OneselfOnly
    newer = intake.revisions.filter(number__gt=revision.number).exists()
    raised = raised_on(revision)
    if newer or raised is None or raised.found.pk != found.pk or not raised.open:
        raise NothingToSay
    return intake, raised


def _answer(
    raised: NewerRules, therapies: list[str], *, by: User, keeps: bool, reason: str, now: datetime
) -> list[str]:
    held = Registration.objects.filter(
        practitioner__user=by, therapy__in=therapies, valid_until__gte=timezone.localdate(now)
    )
    answers = [
        RescreeningAnswer(
            rescreening=raised.found,
            therapy=registration.therapy,
            keeps=keeps,
            reason=reason,
            by=by,
            registration=registration,
            at=now,
        )
        for registration in held
    ]
    if not answers:
        raise NotRegistered
    RescreeningAnswer.objects.bulk_create(answers)
    return [answer.therapy for answer in answers]
