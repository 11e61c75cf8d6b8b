"""The queue, and the decisions a patient is told, each in a fixed number of queries."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from intake.review.models import Decision, Verdict
from intake.review.weighing import STOP_FROM
from intake.screening.levels import UNKNOWN
from intake.submission.models import Flag, Intake, Revision
from intake.submission.states import State

OPEN = [State.SUBMITTED, State.IN_REVIEW, State.SECOND_OPINION, State.ASKED]


def queue(user) -> QuerySet[Intake]:
    """Forms that wait, most urgent first, then longest waiting. No answer is opened for it."""
    newest = Revision.objects.filter(intake=OuterRef("pk")).order_by("-number")
    latest = Revision.objects.filter(intake=OuterRef(OuterRef("pk"))).order_by("-number")
    stops = Flag.objects.filter(revision=Subquery(latest.values("pk")[:1]), rank__gte=STOP_FROM)
    return (
        Intake.objects.visible_to(user)
        .filter(state__in=OPEN)
        .defer("answers")
        .select_related("patient")
        .annotate(
            rank=Subquery(newest.values("rank")[:1]),
            sent_at=Subquery(newest.values("sent_at")[:1]),
            wants_acupuncture=Subquery(newest.values("wants_acupuncture")[:1]),
            wants_massage=Subquery(newest.values("wants_massage")[:1]),
            newest_number=Subquery(newest.values("number")[:1]),
            only_asks=Exists(stops) & ~Exists(stops.exclude(code=UNKNOWN)),
        )
        .order_by(F("rank").desc(nulls_last=True), "sent_at")
    )


def decisions_on(intake: Intake) -> QuerySet[Decision]:
    """Decisions on what was sent last, newest first."""
    newest = intake.revisions.order_by("-number").values("pk")[:1]
    return (
        Decision.objects.filter(revision__in=newest)
        .select_related("by")
        .prefetch_related("verdicts")
        .order_by("-pk")
    )


def decisions_before(intake: Intake, number: int) -> list[Decision]:
    """Decisions on the last revision before this one on which every wish was decided."""
    earlier = (
        Decision.objects.filter(revision__intake=intake, revision__number__lt=number)
        .select_related("by", "revision")
        .defer("revision__answers", "revision__screening")
        .prefetch_related("verdicts")
        .order_by("-revision__number", "-pk")
    )
    by_revision: dict[Revision, list[Decision]] = {}
    for decision in earlier:
        by_revision.setdefault(decision.revision, []).append(decision)
    for revision, decisions in by_revision.items():
        if not set(revision.wanted) - standing_verdicts(decisions).keys():
            return decisions
    return []


NEXT_NUMBER = 1 << 15
"""More than any revision has."""


def decisions_for_the_patient(intake: Intake) -> list[Decision]:
    """What they were told: on what they sent last once that is decided, until then on the one
    before. A form taken back or waiting for its first decision has none."""
    if intake.state == State.DECIDED:
        return list(decisions_on(intake))
    return decisions_before(intake, NEXT_NUMBER) if intake.state in OPEN else []


def standing_verdicts(decisions: list[Decision]) -> dict[str, Verdict]:
    """Therapy -> the verdict that counts: of those in these decisions, the one recorded last."""
    all_of_them = (verdict for decision in decisions for verdict in decision.verdicts.all())
    return {verdict.therapy: verdict for verdict in sorted(all_of_them, key=lambda v: v.pk)}
