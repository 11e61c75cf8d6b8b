"""Keeping a decision after the patient changed the form: the same words, on what was sent last."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinic.errors import Refused
from clinic.people import policy
from clinic.people.models import User
from intake.review import services
from intake.review.models import Decision, Verdict
from intake.review.queries import decided_before, decisions_on_form, standing_verdicts
from intake.review.registered import NotRegistered
from intake.review.weighing import Terms
from intake.submission.comparing import DOWN, flag_changes
from intake.submission.models import Revision


class CannotKeep(Refused):
    sentence = "There is no earlier decision on this form to keep."


class OtherWish(CannotKeep):
    sentence = "The patient asks for other therapies now. Decide again."


class NewStop(CannotKeep):
    sentence = "A Stop flag is new, or weighs more than before. Decide again."


def why_not(revision: Revision, decisions: list[Decision]) -> type[CannotKeep] | None:
    """What stands in the way of keeping these decisions, as far as the form itself says."""
    if not decisions:
        return CannotKeep
    if set(decisions[0].revision.wanted) != set(revision.wanted):
        return OtherWish
    return None


@transaction.atomic
def keep(
    *, revision: Revision, by: User, seen: int | None = None, now: datetime | None = None
) -> list[Decision]:
    """Repeats the earlier decisions for the therapies this person is registered in.

    Once all of them are repeated, the clearance and its visits stand as they were.
    Raises what `decide` raises, CannotKeep, OtherWish, NewStop.
    """
    policy.require(by, "practitioner")
    now = now or timezone.now()
    earlier = decided_before(decisions_on_form(revision.intake), revision.number)
    if refusal := why_not(revision, earlier):
        raise refusal
    standing = standing_verdicts(earlier)
    held = set(by.practitioner.therapies_on(timezone.localdate(now)))
    kept = []
    for decision in sorted(earlier, key=lambda each: each.pk):
        mine = [v for v in standing.values() if v.decision_id == decision.pk and v.therapy in held]
        if mine:
            kept.append(_repeat(revision, decision, mine, by, None if kept else seen, now))
    if not kept:
        raise NotRegistered
    return kept


def _repeat(
    revision: Revision,
    earlier: Decision,
    verdicts: list[Verdict],
    by: User,
    seen: int | None,
    now: datetime,
) -> Decision:
    try:
        return services.decide(
            revision=revision,
            opinions=[
                services.Opinion(v.therapy, v.suitability, v.reason, v.precautions, v.next_step)
                for v in verdicts
            ],
            by=by,
            terms=Terms(earlier.weeks, earlier.sessions, earlier.together),
            for_patient=earlier.for_patient,
            note=earlier.note,
            flag_answers=_answers_that_still_fit(revision, earlier),
            seen=seen,
            keeps=earlier,
            now=now,
        )
    except services.NotAnswered:
        raise NewStop from None


def _answers_that_still_fit(revision: Revision, earlier: Decision) -> dict[int, tuple[str, str]]:
    """What was done about a flag counts again only while the flag weighs no more than it did."""
    answers = earlier.flag_answers.select_related("flag")
    said = {answer.flag.code: answer for answer in answers}
    return {
        flag.pk: (said[flag.code].reason, said[flag.code].text)
        for flag in revision.flags.all()
        if flag.code in said
        and all(
            each.change == DOWN
            for each in flag_changes([said[flag.code].flag.details], [flag.details])
        )
    }
