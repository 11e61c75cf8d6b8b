"""Asking the patient about single answers, and how a round of questions ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import MoveNotPossible, Refused
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people import policy
from clinic.people.models import User
from intake.questionnaire.outline import outline
from intake.review.asking_models import AskQuestion, AskRound, Ended, ReplyDraft
from intake.review.asking_reading import askable
from intake.review.services import OneselfOnly, Outdated
from intake.submission.due import Span, owed_by_the_patient
from intake.submission.models import Intake, Revision
from intake.submission.services import after_move, move
from intake.submission.states import State


class NothingAsked(Refused):
    sentence = "Choose at least one question, and write a line for each."


class NoteNeeded(Refused):
    sentence = "Write in a line what they said on the phone."


class NotInWriting(Refused):
    sentence = "One of these is not asked in writing. Call them, or ask at the visit."


class NotWaiting(MoveNotPossible):
    sentence = "This form is not in review any more. Nothing was sent."


@dataclass(frozen=True)
class Asked:
    code: str
    """Empty for something that the form does not ask."""
    line: str


@transaction.atomic
def ask(
    *, revision: Revision, questions: Sequence[Asked], by: User, now: datetime | None = None
) -> AskRound:
    """One round of questions about what was sent last. The patient is told that there is one.

    Raises NothingAsked, OneselfOnly, Outdated, NotWaiting, NotInWriting.
    """
    policy.require(by, "practitioner")
    if not questions or any(not each.line.strip() for each in questions):
        raise NothingAsked
    intake = Intake.objects.locked(revision.intake_id)
    if intake.patient.account_id == by.pk:
        raise OneselfOnly("You cannot ask yourself or someone whose account you hold.")
    if intake.state != State.IN_REVIEW:
        raise NotWaiting
    if intake.revisions.filter(number__gt=revision.number).exists():
        raise Outdated
    may_be = {each.code for each in askable(revision, outline(revision.question_set_id))}
    if {each.code for each in questions} - {"", *may_be}:
        raise NotInWriting
    now = now or timezone.now()
    asked = AskRound.objects.create(intake=intake, revision=revision, by=by, asked_at=now)
    AskQuestion.objects.bulk_create(
        AskQuestion(round=asked, code=each.code, line=each.line.strip()) for each in questions
    )
    move(intake=intake, name="ask", by=by, now=now)
    tell(patient=intake.patient, kind=Kind.QUESTION_ASKED, reference=intake.reference)
    return asked


@transaction.atomic
def answered_by_phone(*, intake: Intake, note: str, by: User, now: datetime | None = None) -> None:
    """Closes what was asked with a line on what was said. Raises NoteNeeded, MoveNotPossible."""
    policy.require(by, "practitioner")
    if not note.strip():
        raise NoteNeeded
    locked, now = Intake.objects.locked(intake.pk), now or timezone.now()
    waiting = open_round(locked)
    if waiting is None or locked.state != State.ASKED:
        raise MoveNotPossible
    end(waiting, how=Ended.PHONE, by=by, now=now, note=note.strip())
    move(intake=locked, name="answered_by_phone", by=by, now=now)


@transaction.atomic
def take_up_again(*, intake: Intake, by: User, now: datetime | None = None) -> None:
    """Goes on with a form that was closed without an answer. Raises MoveNotPossible."""
    policy.require(by, "practitioner")
    locked = Intake.objects.locked(intake.pk)
    if locked.state != State.CLOSED:
        raise MoveNotPossible
    move(intake=locked, name="reopen", by=by, now=now)


def open_round(intake: Intake) -> AskRound | None:
    return AskRound.objects.open().filter(intake=intake).first()


@owed_by_the_patient
def owed(intake: Intake, now: datetime) -> Span | None:
    """The last round, if it was in writing. A call is ours to make: it stops no clock."""
    last = AskRound.objects.filter(intake=intake).first()
    if last is None or last.by_phone:
        return None
    return Span(last.asked_at, last.ended_at or now)


def end(
    waiting: AskRound,
    *,
    how: str,
    by: User | None,
    now: datetime,
    note: str = "",
    came_back: Revision | None = None,
) -> None:
    """Once; what was not sent of an answer goes with it."""
    waiting.ended, waiting.ended_at, waiting.ended_by = how, now, by
    waiting.note, waiting.came_back = note, came_back
    waiting.save(update_fields=["ended", "ended_at", "ended_by", "note", "came_back"])
    ReplyDraft.objects.filter(round=waiting).delete()


ENDS = {
    "amend": Ended.CHANGED,
    "withdraw": Ended.WITHDRAWN,
    "reopen": Ended.REOPENED,
    "answered_by_phone": Ended.PHONE,
}
"""Move of a form -> how it ends the round that is open then."""


@after_move
def keep_rounds(*, intake: Intake, name: str, by: User | None, now: datetime) -> None:
    """A form waits for its patient exactly while a round is open. Raises NoteNeeded,
    MoveNotPossible."""
    if name == "answer":
        _only_with_replies(intake, now)
    waiting = open_round(intake) if name == "ask" or name in ENDS else None
    if name == "ask" and waiting is None:
        _we_call(intake, by, now)
    if name in ENDS and waiting is not None:
        if name == "answered_by_phone" and not waiting.by_phone:
            raise NoteNeeded
        end(waiting, how=ENDS[name], by=by, now=now)


def _we_call(intake: Intake, by: User | None, now: datetime) -> None:
    newest = intake.revisions.order_by("-number").first()
    AskRound.objects.create(intake=intake, revision=newest, by=by, asked_at=now, by_phone=True)
    record(action="ask_by_phone", by=by, patient=intake.patient, reference=intake.reference, at=now)


def _only_with_replies(intake: Intake, now: datetime) -> None:
    answered = AskRound.objects.filter(intake=intake, ended=Ended.WRITTEN, ended_at=now)
    if not answered.exists():
        raise MoveNotPossible
