"""Ten minutes to take a decision back; then it clears, and the patient is told."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import NotAllowed, Refused
from clinic.people import policy
from clinic.people.models import User
from intake.review import drafts
from intake.review.agreeing import standings
from intake.review.asking_models import AskRound
from intake.review.clearing import close_if_decided
from intake.review.models import Decision
from intake.review.opinion_models import Conclusion, TakenBack
from intake.review.seconds import wait_if_asked
from intake.submission.models import Intake, Revision
from intake.submission.services import move
from intake.submission.states import State

logger = logging.getLogger(__name__)
TAKE_BACK = timedelta(minutes=10)


class TooLate(Refused):
    sentence = "This decision has gone out. It can only be replaced by a new one now."


class Overtaken(Refused):
    sentence = "The patient has sent something newer, so this decision counts no longer."


@transaction.atomic
def take_back(*, decision: Decision, by: User, now: datetime | None = None) -> None:
    """As if it had not been made; it stays on record. Raises NotAllowed, TooLate, Overtaken."""
    policy.require(by, "practitioner")
    now = now or timezone.now()
    intake = Intake.objects.locked(decision.revision.intake_id)
    if decision.by_id != by.pk:
        raise NotAllowed
    open_still = intake.state in (State.IN_REVIEW, State.SECOND_OPINION)
    if not open_still or decision.effective_at <= now or hasattr(decision, "taken_back"):
        raise TooLate
    if intake.revisions.filter(number__gt=decision.revision.number).exists():
        raise Overtaken
    TakenBack.objects.create(decision=decision, by=by, at=now)
    decision.revision.second_opinions.standing().filter(asked_by=by, at=decision.at).update(
        called_off_at=now
    )
    record(action="decision_taken_back", by=by, patient=intake.patient, reference=intake.reference)
    if intake.state == State.SECOND_OPINION:
        move(intake=intake, name="give_opinion", by=by, now=now)
    wait_if_asked(intake=intake, revision=decision.revision, by=by, now=now)
    drafts.taken_back(decision=decision, now=now)


def going_out(*, now: datetime) -> QuerySet[Revision]:
    """What was decided on, can no longer be taken back, and has not gone out yet.

    What was decided before the patient was told, or before they answered a question, does not go
    out by itself: somebody decides again first.
    """
    newest = Revision.objects.filter(intake=OuterRef("intake")).order_by("-number")
    told = Conclusion.objects.filter(revision=OuterRef("revision"), at__gte=OuterRef("at"))
    asked = AskRound.objects.filter(
        intake=OuterRef("revision__intake"), ended_at__gte=OuterRef("at")
    )
    decided = (
        Decision.objects.standing()
        .filter(revision=OuterRef("pk"), effective_at__lte=now)
        .filter(~Exists(told), ~Exists(asked))
    )
    return (
        Revision.objects.filter(
            Exists(decided),
            intake__state=State.IN_REVIEW,
            number=Subquery(newest.values("number")[:1]),
        )
        .defer("answers", "screening")
        .order_by("pk")
    )


def send_out(*, now: datetime | None = None) -> int:
    """Closes the forms whose decisions can no longer be taken back; returns how many.

    A form that PostgreSQL refuses to clear stays in review, and the others go on.
    """
    now = now or timezone.now()
    closed = 0
    for revision in going_out(now=now):
        try:
            closed += _send_out(revision, now)
        except (IntegrityError, NotAllowed):
            logger.exception("A decided form could not be closed: %s", revision.intake_id)
    return closed


@transaction.atomic
def _send_out(revision: Revision, now: datetime) -> bool:
    intake = Intake.objects.locked(revision.intake_id)
    if (
        intake.state != State.IN_REVIEW
        or intake.revisions.filter(number__gt=revision.number).exists()
    ):
        return False
    by = _who_decided(revision, now)
    return by is not None and close_if_decided(intake=intake, revision=revision, by=by, now=now)


def _who_decided(revision: Revision, now: datetime) -> User | None:
    """The last of those whose word counts still: who said something later may have left."""
    found = standings(revision, day=timezone.localdate(now)).values()
    said = [verdict for each in found for verdict in each.opinions]
    return max(said, key=lambda verdict: verdict.pk).decision.by if said else None
