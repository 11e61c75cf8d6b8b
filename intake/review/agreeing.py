"""Where one therapy stands when one or several people have said what they think of it.

One person's word is enough where nothing rules the therapy out and nobody was asked besides. Where
a finding rules it out, or a colleague was asked, two must find the same; where they do not, a third
person who is named decides. What weighs against treating needs no second person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinic.people.models import Registration, User
from clinic.people.therapies import Therapy
from intake.review.models import Decision, Verdict
from intake.review.opinion_models import Role, SecondOpinion
from intake.review.weighing import rules_out
from intake.submission.models import Revision


class Stand(StrEnum):
    OPEN = "nobody has decided yet"
    SECOND = "a second person has to look"
    DISAGREE = "two people disagree: a third one decides"
    DECIDED = "decided"


@dataclass(frozen=True)
class Standing:
    """What counts for one therapy. `verdict`, and `second` who found the same, once decided."""

    stand: Stand
    opinions: tuple[Verdict, ...] = ()
    """The last word of each person, in the order they were recorded."""
    asked: tuple[SecondOpinion, ...] = ()
    verdict: Verdict | None = None
    second: Verdict | None = None

    @property
    def is_decided(self) -> bool:
        return self.stand is Stand.DECIDED

    @property
    def counting(self) -> tuple[Verdict, ...]:
        found = tuple(verdict for verdict in (self.verdict, self.second) if verdict)
        return found or self.opinions

    @property
    def awaited(self) -> SecondOpinion | None:
        """Who was asked and has not said anything yet."""
        said = {verdict.decision.by_id for verdict in self.opinions}
        return next((each for each in self.asked if each.colleague_id not in said), None)

    @property
    def newest(self) -> Verdict | None:
        return self.opinions[-1] if self.opinions else None

    @property
    def may_be_asked_about(self) -> bool:
        """Nobody is awaited, and two have not found the same already."""
        return not self.awaited and not (self.is_decided and self.second)

    def said_by(self, user_id: int) -> Verdict | None:
        return next((v for v in self.opinions if v.decision.by_id == user_id), None)


def standing_of(
    opinions: Iterable[Verdict], asked: Iterable[SecondOpinion], *, ruled_out: bool
) -> Standing:
    """opinions: of people who are registered still, as they were recorded."""
    last = {verdict.decision.by_id: verdict for verdict in opinions}
    said = tuple(sorted(last.values(), key=lambda verdict: verdict.pk))
    asked = tuple(asked)
    stand, verdict, second = _weigh(said, asked, ruled_out)
    return Standing(stand, said, asked, verdict, second)


def _weigh(
    said: tuple[Verdict, ...], asked: tuple[SecondOpinion, ...], ruled_out: bool
) -> tuple[Stand, Verdict | None, Verdict | None]:
    if not said:
        return Stand.OPEN, None, None
    for_it = [verdict for verdict in said if verdict.is_positive]
    two = bool(asked) or (ruled_out and bool(for_it))
    if two and len(said) < 2:
        return Stand.SECOND, None, None
    third = _of_the_third(said, asked)
    if third is None and 0 < len(for_it) < len(said):
        return Stand.DISAGREE, None, None
    agreeing = for_it if (third or said[-1]).is_positive else [v for v in said if v not in for_it]
    verdict = agreeing[-1]
    return Stand.DECIDED, verdict, agreeing[-2] if len(agreeing) > 1 else None


def _of_the_third(said: tuple[Verdict, ...], asked: tuple[SecondOpinion, ...]) -> Verdict | None:
    named = {each.colleague_id for each in asked if each.role == Role.THIRD}
    return next((verdict for verdict in said if verdict.decision.by_id in named), None)


People = dict[str, list[User]]
"""Therapy -> everyone who may decide on it."""


def registered(day: date) -> People:
    """On this day. One query."""
    held = (
        Registration.objects.filter(valid_until__gte=day, practitioner__user__is_active=True)
        .select_related("practitioner__user")
        .order_by("practitioner__user__name", "practitioner__user_id")
    )
    found: People = {therapy: [] for therapy in Therapy.values}
    for each in held:
        if each.practitioner.user not in found[each.therapy]:
            found[each.therapy].append(each.practitioner.user)
    return found


def standings(revision: Revision, *, day: date) -> dict[str, Standing]:
    """Therapy the patient wants -> where it stands on this day. Six queries."""
    decisions = revision.decisions.standing().prefetch_related("verdicts").order_by("pk")
    told = revision.conclusions.last()
    return standings_among(
        list(decisions), revision, people=registered(day), told_at=told.at if told else None
    )


def standings_among(
    decisions: list[Decision], revision: Revision, *, people: People, told_at: datetime | None
) -> dict[str, Standing]:
    """decisions: all that stand on this revision; people: who may decide now; told_at: when what
    was decided last went out. What those said who may not decide any more counts no longer. One
    query, and one for flags that were not read yet.

    Once a form was reopened, what is said anew about a therapy takes the place of what was said.
    """
    asked = list(revision.second_opinions.standing().select_related("colleague", "asked_by"))
    flags = list(revision.flags.all())
    return {
        therapy: standing_of(
            _that_count(decisions, therapy, people, told_at),
            [each for each in asked if each.therapy == therapy],
            ruled_out=any(rules_out(flag, therapy) for flag in flags),
        )
        for therapy in revision.wanted
    }


def _that_count(
    decisions: list[Decision], therapy: str, people: People, told_at: datetime | None
) -> list[Verdict]:
    may = {each.pk for each in people[therapy]}
    said = [
        verdict
        for decision in decisions
        for verdict in decision.verdicts.all()
        if verdict.therapy == therapy and decision.by_id in may
    ]
    since = [each for each in said if told_at and each.decision.at > told_at]
    return sorted(since or said, key=lambda verdict: verdict.pk)
