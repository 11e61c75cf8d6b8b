"""From verdicts to a clearance, in the transaction of the decision that completes them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils import timezone

from clinic.audit.services import record
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people.models import User
from intake.review import drafts, newer_rules
from intake.review.agreeing import Standing, standings
from intake.review.models import Clearance, ClearanceState, ClearedTherapy, Conclusion, Verdict
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


def close_if_decided(*, intake: Intake, revision: Revision, by: User, now: datetime) -> bool:
    """Once every wanted therapy is decided and nothing can be taken back any more: moves the form,
    clears, and tells the patient. Whether it did."""
    standing = standings(revision, day=timezone.localdate(now))
    if not all(each.is_decided for each in standing.values()):
        return False
    if any(v.decision.effective_at > now for each in standing.values() for v in each.opinions):
        return False
    positive = {t: each for t, each in standing.items() if each.verdict.is_positive}
    if any(is_over(v, now) for each in positive.values() for v in (each.verdict, each.second) if v):
        return False
    if newer_rules.unread(revision, {t: each.verdict for t, each in positive.items()}):
        return False
    move(intake=intake, name="decide", by=by, now=now)
    Conclusion.objects.create(revision=revision, by=by, at=now)
    drafts.gone_out(intake)
    verdicts = {therapy: each.verdict for therapy, each in standing.items()}
    if not _stands_as_it_was(revision, verdicts, positive, day=timezone.localdate(now)):
        _replace(intake, revision, positive, by=by, now=now)
    tell(patient=intake.patient, kind=Kind.DECIDED, reference=intake.reference)
    return True


def is_over(verdict: Verdict, now: datetime) -> bool:
    """What was allowed for some weeks clears nothing after them: it is to be decided again."""
    allowed = timedelta(weeks=verdict.decision.weeks)
    return timezone.localdate(now) > timezone.localdate(verdict.decision.at) + allowed


def _stands_as_it_was(
    revision: Revision,
    verdicts: dict[str, Verdict],
    positive: dict[str, Standing],
    *,
    day: date,
) -> bool:
    """Whether every verdict repeats an earlier one, and what they allowed is still there and goes
    on as it was: neither over by now, nor asked to be renewed."""
    if any(verdict.decision.keeps_id is None for verdict in verdicts.values()):
        return False
    cleared_now = Clearance.objects.filter(
        patient=revision.intake.patient_id, state=ClearanceState.LIVE
    )
    live = cleared_now.select_related("revision").first()
    if live and live.revision.intake_id != revision.intake_id:
        return False
    if live and (revision.change_reason == Reason.RENEW or live.valid_until < day):
        return False
    cleared = {each.therapy for each in live.therapies.all()} if live else set()
    return cleared == positive.keys()


def _replace(
    intake: Intake, revision: Revision, positive: dict[str, Standing], *, by: User, now: datetime
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
    positive: dict[str, Standing],
    *,
    by: User,
    now: datetime,
) -> Clearance:
    day = timezone.localdate(now)
    found = [v for each in positive.values() for v in (each.verdict, each.second) if v]
    decisions = [verdict.decision for verdict in found]
    clearance = Clearance.objects.create(
        patient=intake.patient,
        revision=revision,
        valid_from=day,
        valid_until=day + timedelta(weeks=min(d.weeks for d in decisions)),
        sessions=min(d.sessions for d in decisions),
        together=all(d.together for d in decisions) and len(positive) == 2,
        created_at=now,
    )
    ClearedTherapy.objects.bulk_create(
        ClearedTherapy(
            clearance=clearance, therapy=therapy, verdict=each.verdict, second=each.second
        )
        for therapy, each in positive.items()
    )
    record(action="clearance_issued", by=by, patient=intake.patient, reference=intake.reference)
    return clearance
