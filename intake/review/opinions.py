"""Whose opinion a form waits for, and what two people disagree about: read with what was sent, so
that it costs a list of forms no query of its own."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, QuerySet, When
from django.db.models.functions import JSONObject

from clinic.people.therapies import Therapy
from intake.review import needing
from intake.review.holders import name_of
from intake.review.opinion_models import Role
from intake.submission.models import Revision


@dataclass(frozen=True)
class Asked:
    """A colleague who has not said anything yet."""

    who_id: int
    who: str
    therapy: str
    role: str

    @property
    def is_third(self) -> bool:
        return self.role == Role.THIRD


def with_opinions(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Adds what asked_about and disagreed_about read."""
    found = JSONObject(
        who_id="colleague_id", who=name_of("colleague"), therapy="therapy", role="role"
    )
    for therapy in Therapy.values:
        revisions = revisions.annotate(
            **{
                f"{therapy}_asked": ArraySubquery(needing.awaited(therapy).values(found=found)),
                f"{therapy}_split": Case(When(needing.disagree(therapy), then=True), default=False),
            }
        )
    return revisions


def asked_about(revision: Revision) -> list[Asked]:
    return [Asked(**each) for t in revision.wanted for each in getattr(revision, f"{t}_asked")]


def disagreed_about(revision: Revision) -> list[str]:
    """Therapies."""
    return [therapy for therapy in revision.wanted if getattr(revision, f"{therapy}_split")]
