"""The right-hand side of a case: what was decided, by whom, and what this person can do now.

Whoever may still say something about this form does not see what others think of it before they
have said it: what one reads first shifts what one finds. "Show it now" is there, and on record.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from clinic.people.models import User
from intake.review.agreeing import Stand, Standing, registered, standings_among
from intake.review.models import Decision
from intake.review.opinion_models import SecondOpinion
from intake.review.seconds import can_be_asked
from intake.review.weighing import rules_out
from intake.submission.models import Intake, Revision
from intake.submission.states import State

DECIDABLE = (State.IN_REVIEW, State.SECOND_OPINION)


@dataclass(frozen=True)
class Asking:
    """A therapy about which a colleague can be asked, and who."""

    therapy: str
    is_third: bool
    colleagues: list[User]


@dataclass(frozen=True)
class DecisionSide:
    viewer: User
    standing: dict[str, Standing]
    decisions: list[Decision]
    """Those this person may see, the newest first."""
    hidden: list[Decision]
    """Opinions of others that they see once they have given theirs."""
    mine: list[str] = field(default_factory=list)
    """Therapies this person can decide on now."""
    held: set[str] = field(default_factory=set)
    """Therapies this person is registered in."""
    own: bool = False
    """Whether it is the form of someone whose account this person holds."""
    askings: list[Asking] = field(default_factory=list)
    second_people: dict[str, list[User]] = field(default_factory=dict)
    """Therapies this person could only pass together with someone else -> who can be named."""
    seen: int = 0
    now: datetime = field(default_factory=timezone.now)

    @property
    def current(self) -> list[int]:
        """Verdicts that count: those a decision rests on, and everyone's while there is none."""
        return [verdict.pk for each in self.standing.values() for verdict in each.counting]

    @property
    def hidden_words(self) -> list[str]:
        return [
            f"{each.by} has decided on {' and '.join(v.therapy for v in each.verdicts.all())}."
            for each in self.hidden
        ]

    @property
    def awaited(self) -> list[SecondOpinion]:
        return [each.awaited for each in self.standing.values() if each.awaited]

    @property
    def awaited_of_others(self) -> list[SecondOpinion]:
        return [each for each in self.awaited if each.colleague_id != self.viewer.pk]

    @property
    def of_colleagues(self) -> list[str]:
        """Therapies of the form that only a colleague can decide on: one is not registered in them
        oneself. Nothing where one decides on none of it."""
        return [each for each in self.standing if each not in self.held] if self.mine else []

    @property
    def has_said(self) -> bool:
        """Whether this person has decided on all they can decide on."""
        said = [self.standing[therapy].said_by(self.viewer.pk) for therapy in self.mine]
        return bool(said) and all(said)

    @property
    def asked_of_me(self) -> list[SecondOpinion]:
        return [each for each in self.awaited if each.colleague_id == self.viewer.pk]

    @property
    def disagreeing(self) -> list[str]:
        return [t for t, each in self.standing.items() if each.stand is Stand.DISAGREE]

    @property
    def goes_out(self) -> list[Decision]:
        """Own decisions that can still be taken back."""
        return [
            each
            for each in self.decisions
            if each.by_id == self.viewer.pk and each.effective_at > self.now
        ]


def decision_side(
    *,
    intake: Intake,
    revision: Revision,
    decisions: list[Decision],
    viewer: User,
    shows_others: bool = False,
) -> DecisionSide:
    """decisions: on this revision, the newest first. Two queries."""
    now = timezone.now()
    day = timezone.localdate(now)
    people = registered(day)
    told_at = max((each.told_at for each in decisions if each.told_at), default=None)
    standing = standings_among(decisions, revision, people=people, told_at=told_at)
    is_own = intake.patient.account_id == viewer.pk
    open_now = intake.state in DECIDABLE and not is_own
    mine = [
        t for t in standing if open_now and viewer in people[t] and _may_say(viewer, standing[t])
    ]
    owes = [therapy for therapy in mine if not standing[therapy].said_by(viewer.pk)]
    hidden = [
        each
        for each in decisions
        if owes and not shows_others and each.by_id != viewer.pk and not each.has_gone_out
    ]
    free = {
        therapy: can_be_asked(people[therapy], each, by=viewer, patient=intake.patient)
        for therapy, each in standing.items()
        if open_now
    }
    return DecisionSide(
        viewer=viewer,
        standing=standing,
        decisions=[each for each in decisions if each not in hidden],
        hidden=hidden,
        mine=mine,
        held={therapy for therapy in standing if viewer in people[therapy]},
        own=is_own,
        askings=[
            Asking(therapy, standing[therapy].stand is Stand.DISAGREE, several)
            for therapy, several in free.items()
            if standing[therapy].may_be_asked_about
        ],
        second_people={t: free[t] for t in mine if _needs_company(viewer, revision, standing, t)},
        seen=decisions[0].pk if decisions else 0,
        now=now,
    )


def _may_say(viewer: User, standing: Standing) -> bool:
    """Anyone registered, but while a colleague is asked only they and those who have spoken."""
    if not standing.awaited:
        return True
    asked = {standing.awaited.colleague_id, standing.awaited.asked_by_id}
    return viewer.pk in asked or standing.said_by(viewer.pk) is not None


def _needs_company(
    viewer: User, revision: Revision, standing: dict[str, Standing], therapy: str
) -> bool:
    flags = revision.flags.all()
    others = [v for v in standing[therapy].opinions if v.decision.by_id != viewer.pk]
    ruled_out = any(rules_out(flag, therapy) for flag in flags)
    return ruled_out and not others and not standing[therapy].awaited
