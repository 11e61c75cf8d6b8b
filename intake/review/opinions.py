"""Whose opinion a form waits for, and what two people disagree about: read with what was sent, so
that it costs a list of forms no query of its own."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from clinic.people.therapies import Therapy
from intake.review import needing
from intake.review.holders import name_of
from intake.review.models import POSITIVE, Suitability
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
        third = needing.asked_of(therapy).filter(role=Role.THIRD)
        arrays = {
            f"{therapy}_asked": ArraySubquery(needing.awaited(therapy).values(found=found)),
            f"{therapy}_said": ArraySubquery(needing.said(therapy).values("suitability")),
            f"{therapy}_third": ArraySubquery(third.values("pk")),
        }
        revisions = revisions.annotate(**arrays)
    return revisions


def asked_about(revision: Revision) -> list[Asked]:
    return [Asked(**each) for t in revision.wanted for each in getattr(revision, f"{t}_asked")]


def disagreed_about(revision: Revision) -> list[str]:
    """Therapies."""
    return [therapy for therapy in revision.wanted if _is_split(revision, therapy)]


def _is_split(revision: Revision, therapy: str) -> bool:
    """As needing.stuck asks the database; looked up row by row, which is quick for one page."""
    said = set(getattr(revision, f"{therapy}_said"))
    both = Suitability.NOT_NOW in said and not said.isdisjoint(POSITIVE)
    return both and not getattr(revision, f"{therapy}_third")
