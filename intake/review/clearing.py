"""From verdicts to a clearance, in the transaction of the decision that completes them."""

from datetime import datetime, timedelta

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
    earlier = Clearance.objects.filter(patient=intake.patient).exclude(state=ClearanceState.REVOKED)
    earlier.update(state=ClearanceState.REVOKED, state_since=now)
    if positive:
        _issue(intake, revision, positive, by=by, now=now)
    tell(patient=intake.patient, kind=Kind.DECIDED, reference=intake.reference)


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
