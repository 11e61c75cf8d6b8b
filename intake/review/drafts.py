"""A decision is kept while it is written: reviews are interrupted by treatments.

What is kept is the writer's own, and is on the page again when they come back. It clears nothing
and is no part of the record until they save the decision.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone

from clinic.people import policy
from clinic.people.models import User
from intake.review.draft_models import DecisionDraft
from intake.review.models import Decision
from intake.review.opinion_models import TakenBack
from intake.submission.models import Intake, Revision

OF_THE_PAGE = {
    *("csrfmiddlewaretoken", "revision", "seen", "drawn_for", "next", "preview"),
    *("keep", "discard", "private_text"),
}
"""Sent with a decision, and no part of it."""


@transaction.atomic
def save_draft(
    *, revision: Revision, by: User, typed: QueryDict, seen: int = 0, now: datetime | None = None
) -> datetime:
    """Replaces what this person had begun; returns when. A page that is older than their own
    decision changes nothing. seen: the newest decision that was on the page."""
    policy.require(by, "practitioner")
    now = now or timezone.now()
    mine = DecisionDraft.objects.select_for_update().filter(intake=revision.intake_id, by=by)
    became = [each.decision_id for each in mine if (each.decision_id or 0) > seen]
    if Decision.objects.standing().filter(pk__in=became).exists():
        return now
    values = {name: each for name, each in typed.lists() if name not in OF_THE_PAGE}
    DecisionDraft.objects.update_or_create(
        intake_id=revision.intake_id,
        by=by,
        defaults={"revision": revision, "typed": values, "saved_at": now, "decision": None},
    )
    return now


def became(*, decision: Decision) -> None:
    """It is stored now. Its words are kept as long as it can be taken back."""
    mine = DecisionDraft.objects.filter(intake=decision.revision.intake_id, by=decision.by_id)
    mine.update(decision=decision)


def discard(*, intake: Intake, by: User) -> None:
    policy.require(by, "practitioner")
    DecisionDraft.objects.filter(intake=intake, by=by).delete()


def gone_out(intake: Intake) -> None:
    """What has gone out is on record, and nothing of it can be taken back."""
    DecisionDraft.objects.filter(intake=intake, decision__isnull=False).delete()


def with_draft_of(forms: QuerySet[Intake], user: User) -> QuerySet[Intake]:
    """Adds what bring_back reads."""
    back = TakenBack.objects.filter(decision=OuterRef("decision"))
    mine = DecisionDraft.objects.filter(Q(decision=None) | Exists(back), by=user)
    mine = mine.filter(intake=OuterRef("pk"))
    return forms.annotate(
        drafted=Subquery(mine.values("typed")[:1]),
        drafted_on=Subquery(mine.values("revision_id")[:1]),
        drafted_at=Subquery(mine.values("saved_at")[:1]),
    )
