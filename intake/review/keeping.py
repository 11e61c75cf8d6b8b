"""Keeping a decision after the patient changed the form: the same words, on what was sent last."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from clinic.errors import Refused
from clinic.people import policy
from clinic.people.models import User
from intake.review import services
from intake.review.models import Decision, FlagAnswer, FlagSeen, Verdict
from intake.review.queries import decided_before, decisions_on_form, standing_verdicts
from intake.review.registered import NotRegistered
from intake.review.weighing import Terms, needs_look, reasons_for
from intake.submission.comparing import DOWN, flag_changes
from intake.submission.models import Revision


class CannotKeep(Refused):
    sentence = "There is no earlier decision on this form to keep."


class OtherWish(CannotKeep):
    sentence = "The patient asks for other therapies now. Decide again."


class NewCheck(CannotKeep):
    sentence = "A Check flag is new, or not as it was. Tick it as seen, or decide again."


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
    *,
    revision: Revision,
    by: User,
    seen: int | None = None,
    flags_seen: Collection[int] = (),
    now: datetime | None = None,
) -> list[Decision]:
    """Repeats the earlier decisions for the therapies this person is registered in.

    Once all of them are repeated, the clearance and its visits stand as they were.
    Raises what `decide` raises, CannotKeep, OtherWish, NewStop, NewCheck.
    """
    policy.require(by, "practitioner")
    now = now or timezone.now()
    earlier = decided_before(decisions_on_form(revision.intake), revision.number)
    if refusal := why_not(revision, earlier):
        raise refusal
    _with_flags(earlier)
    standing = standing_verdicts(earlier)
    held = set(by.practitioner.therapies_on(timezone.localdate(now)))
    kept = []
    for decision in sorted(earlier, key=lambda each: each.pk):
        mine = [v for v in standing.values() if v.decision_id == decision.pk and v.therapy in held]
        if mine:
            ticked = set(flags_seen) | ticked_before(revision, decision)
            kept.append(_repeat(revision, decision, mine, by, None if kept else seen, ticked, now))
    if not kept:
        raise NotRegistered
    return kept


def _repeat(
    revision: Revision,
    earlier: Decision,
    verdicts: list[Verdict],
    by: User,
    seen: int | None,
    ticked: set[int],
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
            flags_seen=ticked,
            seen=seen,
            keeps=earlier,
            now=now,
        )
    except services.NotAnswered:
        raise NewStop from None
    except services.NotSeen:
        raise NewCheck from None


def to_look_at(revision: Revision, decisions: list[Decision]) -> set[int]:
    """Ids of the flags to be ticked before these earlier decisions can be kept."""
    found = set()
    _with_flags(decisions)
    for verdict in standing_verdicts(decisions).values():
        if verdict.is_positive:
            done = ticked_before(revision, verdict.decision)
            done |= _answers_that_still_fit(revision, verdict.decision).keys()
            flags = revision.flags.all()
            found |= {f.pk for f in flags if needs_look(f, verdict.therapy)} - done
    return found


def ticked_before(revision: Revision, earlier: Decision) -> set[int]:
    """What was ticked then counts again only where the finding is the same."""
    seen = {each.flag.code: each.flag.details for each in earlier.flags_seen.all()}
    return {flag.pk for flag in revision.flags.all() if seen.get(flag.code) == flag.details}


def _answers_that_still_fit(revision: Revision, earlier: Decision) -> dict[int, tuple[str, str]]:
    """What was done about a flag counts again only while the flag weighs no more than it did."""
    said = {answer.flag.code: answer for answer in earlier.flag_answers.all()}
    return {
        flag.pk: (said[flag.code].reason, said[flag.code].text)
        for flag in revision.flags.all()
        if flag.code in said
        and said[flag.code].reason in reasons_for(flag)
        and all(
            each.change == DOWN
            for each in flag_changes([said[flag.code].flag.details], [flag.details])
        )
    }


def _with_flags(decisions: list[Decision]) -> None:
    """Reads what was said about flags, for all of them at once."""
    answers, seen = FlagAnswer.objects, FlagSeen.objects
    prefetch_related_objects(
        decisions,
        Prefetch("flag_answers", answers.select_related("flag")),
        Prefetch("flags_seen", seen.select_related("flag")),
    )
