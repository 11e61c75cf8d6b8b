"""A practitioner learns something by phone or in the room: they hold what is cleared, and decide
again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinic.errors import MoveNotPossible, Refused
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people import policy
from clinic.people.models import Registration, User
from intake.review.models import Clearance, ClearanceState, LookAgain
from intake.review.registered import NotRegistered
from intake.review.services import OneselfOnly
from intake.submission.models import Intake
from intake.submission.services import move
from intake.submission.states import State


class NoReason(Refused):
    sentence = "Write what you learned, so that whoever decides knows it."


@transaction.atomic
def look_again(*, intake: Intake, reason: str, by: User, now: datetime | None = None) -> LookAgain:
    """From now on nothing is booked in what this form cleared, and visits ahead wait, until there
    is a new decision. Raises NotAllowed, OneselfOnly, NotRegistered, NoReason, MoveNotPossible."""
    policy.require(by, "practitioner")
    now = now or timezone.now()
    locked = Intake.objects.locked(intake.pk)
    if locked.patient.account_id == by.pk:
        raise OneselfOnly
    if locked.state != State.DECIDED:
        raise MoveNotPossible
    if not reason.strip():
        raise NoReason
    held = Registration.objects.filter(
        practitioner__user=by, valid_until__gte=timezone.localdate(now)
    ).first()
    if held is None:
        raise NotRegistered
    # First what PostgreSQL asks a decided form for, then the move away from it.
    stored = LookAgain.objects.create(
        intake=locked, reason=reason.strip(), by=by, registration=held, at=now
    )
    move(intake=locked, name="reopen", by=by, now=now)
    live = Clearance.objects.filter(state=ClearanceState.LIVE, revision__intake=locked)
    if live.filter(valid_until__gte=timezone.localdate(now)).exists():
        tell(patient=locked.patient, kind=Kind.ON_HOLD, reference=locked.reference)
    return stored
