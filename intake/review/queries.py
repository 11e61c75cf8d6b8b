"""The decisions a patient is told, each in a fixed number of queries."""

from intake.review.models import Decision, Verdict
from intake.submission.models import Intake, Revision
from intake.submission.states import OPEN, State


def decisions_on_form(intake: Intake) -> list[Decision]:
    """On whatever was sent, what was sent last first and the newest decision first."""
    return list(
        Decision.objects.filter(revision__intake=intake)
        .select_related("by", "revision")
        .defer("revision__answers", "revision__screening")
        .prefetch_related("verdicts")
        .order_by("-revision__number", "-pk")
    )


def decided_before(decisions: list[Decision], number: int) -> list[Decision]:
    """Of these, those on the last revision before this one on which every wish was decided."""
    by_revision: dict[Revision, list[Decision]] = {}
    for decision in decisions:
        if decision.revision.number < number:
            by_revision.setdefault(decision.revision, []).append(decision)
    for revision, its in by_revision.items():
        if not set(revision.wanted) - standing_verdicts(its).keys():
            return its
    return []


def decisions_for_the_patient(intake: Intake) -> list[Decision]:
    """What they were told last: on a form that waits after a change, what was decided before it."""
    decisions = decisions_on_form(intake)
    if intake.state not in (State.DECIDED, *OPEN) or not decisions:
        return []
    return decided_before(decisions, decisions[0].revision.number + 1)


def standing_verdicts(decisions: list[Decision]) -> dict[str, Verdict]:
    """Therapy -> the verdict that counts: of those in these decisions, the one recorded last."""
    all_of_them = (verdict for decision in decisions for verdict in decision.verdicts.all())
    return {verdict.therapy: verdict for verdict in sorted(all_of_them, key=lambda v: v.pk)}
