"""The decisions a patient is told, each in a fixed number of queries."""

from django.db.models import Exists, OuterRef, Subquery

from intake.review.holders import name_of
from intake.review.models import (
    Clearance,
    ClearanceState,
    Conclusion,
    Decision,
    HoldReason,
    LookAgain,
    Verdict,
)
from intake.screening.models import RuleSet
from intake.submission.models import Intake, Revision
from intake.submission.states import OPEN, State


def decisions_on_form(intake: Intake) -> list[Decision]:
    """On whatever was sent, what was sent last first and the newest decision first."""
    told = Conclusion.objects.filter(revision=OuterRef("revision")).order_by("-pk")
    return list(
        Decision.objects.standing()
        .filter(revision__intake=intake)
        .annotate(
            told_at=Subquery(told.values("at")[:1]),
            has_gone_out=Exists(told.filter(at__gte=OuterRef("effective_at"))),
        )
        .select_related("by", "revision")
        .defer("revision__answers", "revision__screening")
        .prefetch_related("verdicts")
        .order_by("-revision__number", "-pk")
    )


def decisions_on_revision(intake: Intake, revision: Revision) -> list[Decision]:
    return [each for each in decisions_on_form(intake) if each.revision_id == revision.pk]


def decided_before(decisions: list[Decision], number: int) -> list[Decision]:
    """Of these, those on the last revision before this one whose decisions went out."""
    told = [each for each in decisions if each.has_gone_out and each.revision.number < number]
    newest = max((each.revision.number for each in told), default=0)
    return [each for each in told if each.revision.number == newest]


def decisions_for_the_patient(intake: Intake) -> list[Decision]:
    """What they were told last: on a form that waits after a change, what was decided before it."""
    decisions = decisions_on_form(intake)
    if intake.state not in (State.DECIDED, State.CLOSED, *OPEN) or not decisions:
        return []
    return decided_before(decisions, decisions[0].revision.number + 1)


def standing_verdicts(decisions: list[Decision]) -> dict[str, Verdict]:
    """Therapy -> the verdict that counts: of those in these decisions, the one recorded last."""
    all_of_them = (verdict for decision in decisions for verdict in decision.verdicts.all())
    return {verdict.therapy: verdict for verdict in sorted(all_of_them, key=lambda v: v.pk)}


def last_sent(intake: Intake) -> Revision:
    """With the rules `in_force`, why what is cleared for this patient is on `hold`, and what was
    `learned` since it was decided that made somebody look again."""
    in_force = RuleSet.objects.published().newest_first().values("pk")[:1]
    live = Clearance.objects.filter(patient=intake.patient_id, state=ClearanceState.LIVE)
    held = live.annotate(hold=HoldReason("patient_id", "created_at")).values("hold")[:1]
    told = Conclusion.objects.filter(revision__intake=OuterRef("intake"), at__gt=OuterRef("at"))
    looks = LookAgain.objects.filter(~Exists(told), intake=OuterRef("intake")).order_by("-pk")
    return (
        intake.revisions.annotate(in_force=Subquery(in_force), hold=Subquery(held))
        .annotate(
            learned=Subquery(looks.values("reason")[:1]),
            learned_by=Subquery(looks.values(who=name_of("by"))[:1]),
            learned_at=Subquery(looks.values("at")[:1]),
        )
        .select_related("question_set", "rule_set")
        .defer("rule_set__rows")
        .prefetch_related("flags")
        .order_by("-number")
        .first()
    )
