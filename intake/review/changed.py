"""What is not as it was when this form was last decided on, for the practitioner who reads it."""

from dataclasses import dataclass
from datetime import datetime

from intake.questionnaire.outline import outline
from intake.review.asking_reading import RoundShown, ThreadRow
from intake.review.flags import FlagShown
from intake.review.keeping import to_look_at, why_not
from intake.review.models import Decision
from intake.review.queries import decided_before, standing_verdicts
from intake.review.ticks import Tick, ticks_for
from intake.screening.levels import Level, word_for
from intake.screening.rule_set import RuleSetData
from intake.submission.comparing import (
    GONE,
    NEW,
    AnswerChange,
    FlagChange,
    answer_changes,
    flag_changes,
)
from intake.submission.models import Intake, Revision
from intake.submission.states import Reason

CHANGES = {
    "new": "New",
    "gone": "Gone",
    "level up": "Level up",
    "level down": "Level down",
}


@dataclass(frozen=True)
class FlagRow:
    change: str
    title: str
    before: str
    """The word on screen; empty where there was none."""
    now: str


@dataclass(frozen=True)
class Changed:
    """From the last decision to what was sent last; from the first sending where none was made."""

    since: datetime
    was_reviewed: bool
    flags: list[FlagRow]
    answers: list[AnswerChange]
    replies: list[ThreadRow]
    """Questions with what the patient wrote back, the first one first. Nobody has screened it."""
    holds: bool
    """Whether what is cleared waits for this form to be decided on."""
    revisions: list[Revision]
    decisions: list[Decision]
    current: list[int]
    """Ids of the verdicts that counted."""
    cannot_keep: str
    """Why the earlier decision cannot be kept; empty where it can."""
    ticks: list[Tick]
    """What is to be ticked as seen before it is kept."""

    @property
    def renews(self) -> bool:
        """Whether the patient sent it to go on with what was decided."""
        return self.was_reviewed and self.revisions[-1].change_reason == Reason.RENEW

    @property
    def safety(self) -> int:
        return sum(row.is_safety for row in self.answers)

    @property
    def others(self) -> int:
        return len(self.answers) - self.safety


def since_the_review(
    intake: Intake,
    revision: Revision,
    on_form: list[Decision],
    rules: RuleSetData,
    flags: list[FlagShown],
    rounds: list[RoundShown],
) -> Changed | None:
    """on_form: the decisions on any of its revisions; flags: those of this one; rounds: of
    questions to the patient. None for a form sent once; else three queries."""
    if revision.number == 1:
        return None
    decisions = decided_before(on_form, revision.number)
    baseline = decisions[0].revision.number if decisions else 1
    revisions = list(intake.revisions.order_by("number"))
    since = [each for each in revisions if each.number >= baseline]
    refusal = why_not(revision, decisions)
    unseen = to_look_at(revision, decisions)
    return Changed(
        since=decisions[0].at if decisions else since[0].sent_at,
        was_reviewed=bool(decisions),
        flags=_flag_rows(since[0], since[-1], rules),
        answers=answer_changes(outline(revision.question_set_id), since),
        replies=_replies(rounds, baseline),
        holds=any(each.moves_safety for each in since[1:]),
        revisions=revisions,
        decisions=decisions,
        current=[verdict.pk for verdict in standing_verdicts(decisions).values()],
        cannot_keep=refusal.sentence if refusal else "",
        ticks=ticks_for([shown for shown in flags if shown.flag.pk in unseen]),
    )


def _replies(rounds: list[RoundShown], baseline: int) -> list[ThreadRow]:
    return [
        row
        for shown in reversed(rounds)
        if shown.round.came_back and shown.round.came_back.number > baseline
        for row in shown.rows
    ]


def _flag_rows(before: Revision, now: Revision, rules: RuleSetData) -> list[FlagRow]:
    found = flag_changes(before.screening.get("flags", []), now.screening.get("flags", []))
    return [_row(each, rules) for each in found]


def _row(change: FlagChange, rules: RuleSetData) -> FlagRow:
    code = change.code
    return FlagRow(
        change=CHANGES[change.change],
        title=rules.title(code) if rules.has_title(code) else code.replace("_", " "),
        before="" if change.change == NEW else word_for(code, Level(change.before)),
        now="" if change.change == GONE else word_for(code, Level(change.now)),
    )
