"""Two revisions of one form beside each other: answers that moved, and flags."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone

from intake.questionnaire.outline import QuestionOutline, SetOutline
from intake.questionnaire.shape import Answers
from intake.screening.levels import BY_CODE
from intake.submission.document import WHERE
from intake.submission.models import Revision

PLACES_THAT_COUNT = "touch_boundaries"
NEW, GONE, UP, DOWN = "new", "gone", "level up", "level down"
ORDER = (NEW, UP, DOWN, GONE)


@dataclass(frozen=True)
class AnswerChange:
    question: str
    before: str
    """Words; empty where there was no answer."""
    now: str
    is_safety: bool
    revision: Revision
    """The one in which it was last changed, with its reason."""


@dataclass(frozen=True)
class FlagChange:
    code: str
    change: str
    """One of ORDER."""
    before: int
    """Highest level, 0 to 5; 0 where there was none."""
    now: int


def counts_for_safety(question: QuestionOutline) -> bool:
    """What was agreed to and where nobody may touch count too: a visit rests on them."""
    is_place = question.code == PLACES_THAT_COUNT or question.code.startswith(WHERE)
    return (question.is_asked_anew and question.kind != "signature") or is_place


def changed(questions: SetOutline, before: Answers, now: Answers) -> list[QuestionOutline]:
    """In the order of the form. A signature is made each time and says nothing new."""
    return [
        question
        for question in questions.questions()
        if question.kind != "signature" and before.get(question.code) != now.get(question.code)
    ]


def said_in(questions: SetOutline, revision: Revision) -> Answers:
    """With what other answers rule out: no diabetes, no diabetic foot."""
    return questions.for_screening(revision.answers, timezone.localdate(revision.sent_at))


def moves_safety(
    questions: SetOutline, before: Revision, said: Answers, flags: Iterable[dict]
) -> bool:
    """Whether a safety answer differs, or screening finds something else than it did before."""
    differs = changed(questions, said_in(questions, before), said)
    if any(counts_for_safety(question) for question in differs):
        return True
    return bool(flag_changes([flag.details for flag in before.flags.all()], flags))


def answer_changes(questions: SetOutline, revisions: Sequence[Revision]) -> list[AnswerChange]:
    """From the first of these revisions to the last, oldest first; safety answers come first."""
    said = [(each, said_in(questions, each)) for each in revisions]
    first, last = said[0][1], said[-1][1]
    rows = [
        AnswerChange(
            question=question.for_staff,
            before=question.words(first.get(question.code)),
            now=question.words(last.get(question.code)),
            is_safety=counts_for_safety(question),
            revision=_changed_in(question.code, said),
        )
        for question in changed(questions, first, last)
    ]
    return sorted(rows, key=lambda row: not row.is_safety)


def _changed_in(code: str, said: list[tuple[Revision, Answers]]) -> Revision:
    later = [(now, old, new) for (_, old), (now, new) in pairwise(said)]
    return [now for now, old, new in later if old.get(code) != new.get(code)][-1]


def flag_changes(before: Iterable[dict], now: Iterable[dict]) -> list[FlagChange]:
    """Flags as screening made them. A level that rises for one therapy and falls for another
    counts as risen."""
    old, new = {f["code"]: f for f in before}, {f["code"]: f for f in now}
    found = [_flag_change(code, old.get(code), new.get(code)) for code in {**old, **new}]
    return sorted(filter(None, found), key=lambda each: (ORDER.index(each.change), -each.now))


def _flag_change(code: str, before: dict | None, now: dict | None) -> FlagChange | None:
    old, new = _weights(before), _weights(now)
    highest = max(old.values(), default=0), max(new.values(), default=0)
    if before is None or now is None:
        return FlagChange(code, NEW if before is None else GONE, *highest)
    if any(new.get(key, 0) > old.get(key, 0) for key in {**old, **new}):
        return FlagChange(code, UP, *highest)
    return FlagChange(code, DOWN, *highest) if old != new else None


def _weights(flag: dict | None) -> dict[str, int]:
    """Way of treating, in general and in one place -> how much it weighs there."""
    if flag is None:
        return {}
    general = {way: int(BY_CODE[level]) for way, level in flag["levels"].items()}
    there = {
        f"{way}, there": int(BY_CODE[its["level"]]) for way, its in flag.get("local", {}).items()
    }
    return general | there
