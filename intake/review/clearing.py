"""From verdicts to a clearance, in the transaction of the decision that completes them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone

from clinic.audit.services import record
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people.models import User
from intake.review.models import (
    Clearance,
    ClearanceState,
    ClearedTherapy,
    Verdict,
)
from intake.submission.models import Intake, Revision
from intake.submission.services import move
from intake.submission.states import Reason

Settle = Callable[..., None]
_settling: list[Settle] = []


def after_clearing(settle: Settle) -> Settle:
    """Registers what a later room does, in the same transaction, once a clearance took the place
    of another. Takes: patient, clearance (None: nothing is cleared any more), by, now."""
    _settling.append(settle)
    return settle


def latest_verdicts(revision: Revision) -> dict[str, Verdict]:
    """The verdict that counts for each therapy: the one recorded last."""
    verdicts = Verdict.objects.filter(decision__revision=revision).select_related("decision")
    return {verdict.therapy: verdict for verdict in verdicts.order_by("pk")}


def close_if_decided(*, intake: Intake, revision: Revision, by: User, now: datetime) -> None:
    """Once every wanted therapy has a verdict: moves the form, clears, and tells the patient."""
    verdicts = latest_verdicts(revision)
    if set(revision.wanted) - verdicts.keys():
        return
    move(intake=intake, name="decide", by=by, now=now)
    positive = {t: v for t, v in verdicts.items() if v.is_positive}
    if not _stands_as_it_was(revision, verdicts, positive, day=timezone.localdate(now)):
        _replace(intake, revision, positive, by=by, now=now)
    tell(patient=intake.patient, kind=Kind.DECIDED, reference=intake.reference)


def _stands_as_it_was(
    revision: Revision,
    verdicts: dict[str, Verdict],
    positive: dict[str, Verdict],
    *,
    day: date,
) -> bool:
    """Whether every verdict repeats an earlier one, and what they allowed is still there and goes
    on as it was: neither over by now, nor asked to be renewed."""
    if any(verdict.decision.keeps_id is None for verdict in verdicts.values()):
        return False
    live = Clearance.objects.filter(
        revision__intake=revision.intake_id, state=ClearanceState.LIVE
    ).first()
    if live and (revision.change_reason == Reason.RENEW or live.valid_until < day):
        return False
    cleared = {each.therapy for each in live.therapies.all()} if live else set()
    return cleared == positive.keys()


def _replace(
    intake: Intake, revision: Revision, positive: dict[str, Verdict], *, by: User, now: datetime
) -> None:
    """Ends what was cleared before, clears anew, and lets later rooms settle what rests on it."""
    earlier = Clearance.objects.filter(patient=intake.patient).exclude(state=ClearanceState.REVOKED)
    earlier.update(state=ClearanceState.REVOKED, state_since=now)
    clearance = _issue(intake, revision, positive, by=by, now=now) if positive else None
    for settle in _settling:
        settle(patient=intake.patient, clearance=clearance, by=by, now=now)


def _issue(
    intake: Intake,
    revision: Revision,
    verdicts: dict[str, Verdict],
    *,
    by: User,
    now: datetime,
) -> Clearance:
    day = timezone.localdate(now)
    decisions = [verdict.decision for verdict in verdicts.values()]
    clearance = Clearance.objects.create(
        patient=intake.patient,
        revision=revision,
        valid_from=day,
        valid_until=day + timedelta(weeks=min(d.weeks for d in decisions)),
        sessions=min(d.sessions for d in decisions),
        together=all(d.together for d in decisions) and len(verdicts) == 2,
        created_at=now,
    )
    ClearedTherapy.objects.bulk_create(
        ClearedTherapy(clearance=clearance, therapy=therapy, verdict=verdict)
        for therapy, verdict in verdicts.items()
    )
    record(action="clearance_issued", by=by, patient=intake.patient, reference=intake.reference)
    return clearance
