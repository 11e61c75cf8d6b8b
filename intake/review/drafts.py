"""A decision is kept while it is written: reviews are interrupted by treatments.

What is kept is the writer's own, and is on the page again when they come back. It clears nothing
and is no part of the record until they save the decision.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.http import QueryDict
from django.utils import timezone

from clinic.people import ended, policy
from clinic.people.models import User
from intake.review.draft_models import DecisionDraft
from intake.review.ending_models import Rescreening
from intake.review.models import Decision
from intake.review.outdated import DecidedSince, Outdated
from intake.submission.models import Intake, Revision

NO_PART = ended.OF_THE_PAGE | {"private_text"}
"""Sent with a decision, and no part of it."""


@transaction.atomic
def save_draft(
    *, revision: Revision, by: User, typed: QueryDict, seen: int = 0, now: datetime | None = None
) -> datetime:
    """Replaces what this person had begun; returns when.

    seen: the newest decision that was on the page. Raises DecidedSince where that leaves out one
    of their own (what a script sends may come in after the decision itself), Outdated where they
    have begun on something newer.
    """
    policy.require(by, "practitioner")
    now = now or timezone.now()
    intake = Intake.objects.locked(revision.intake_id)
    if Decision.objects.standing().filter(revision=revision, by=by, pk__gt=seen).exists():
        raise DecidedSince
    mine = DecisionDraft.objects.filter(intake=intake, by=by)
    if mine.filter(revision__number__gt=revision.number).exists():
        raise Outdated
    values = {name: each for name, each in typed.lists() if name not in NO_PART}
    DecisionDraft.objects.update_or_create(
        intake=intake,
        by=by,
        defaults={"revision": revision, "typed": values, "saved_at": now, "decision": None},
    )
    return now


def became(*, decision: Decision) -> None:
    """It is stored now. Its words are kept as long as it can be taken back."""
    mine = DecisionDraft.objects.filter(intake=decision.revision.intake_id, by=decision.by_id)
    mine.update(decision=decision)


def taken_back(*, decision: Decision, now: datetime) -> None:
    """Its words are there again."""
    DecisionDraft.objects.filter(decision=decision).update(decision=None, saved_at=now)


def discard(*, intake: Intake, by: User) -> None:
    policy.require(by, "practitioner")
    DecisionDraft.objects.filter(intake=intake, by=by).delete()


def gone_out(intake: Intake) -> None:
    """What has gone out is on record, and nothing of it can be taken back."""
    DecisionDraft.objects.filter(intake=intake, decision__isnull=False).delete()


def with_draft_of(forms: QuerySet[Intake], user: User) -> QuerySet[Intake]:
    """Adds what bring_back reads. `drafted_before`: whether the form has moved, or newer rules were
    read for it, since."""
    read_since = Rescreening.objects.filter(
        revision__intake=OuterRef("intake"), at__gt=OuterRef("saved_at")
    )
    news = Exists(read_since) | Q(intake__state_since__gt=F("saved_at"))
    mine = DecisionDraft.objects.filter(intake=OuterRef("pk"), by=user, decision=None)
    return forms.annotate(
        drafted=Subquery(mine.values("typed")[:1]),
        drafted_on=Subquery(mine.values("revision_id")[:1]),
        drafted_at=Subquery(mine.values("saved_at")[:1]),
        drafted_before=Subquery(mine.values(old=Case(When(news, then=True), default=False))[:1]),
    )
