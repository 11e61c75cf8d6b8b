"""Filling in and sending. Every change is one transaction with its trace."""

import hashlib
import json
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import MoveNotPossible, NotAllowed, Refused
from clinic.identity.services import clinic
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people import policy
from clinic.people.models import Patient, User
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.outline import outline
from intake.screening.engine import screen
from intake.screening.services import NoRulesPublished, published
from intake.submission.document import screening_document
from intake.submission.models import EmergencyEvent, Flag, Goal, Intake, Revision, Signature
from intake.submission.screened import ranked_flags
from intake.submission.states import MOVES, State


class NotComplete(Refused):
    sentence = "Some questions still need an answer before you can send this."


class NotReady(Refused):
    sentence = "This clinic has not opened its form yet."


class FormChanged(Refused):
    sentence = "This form was already sent, or was opened anew. Your answers are safe."


@transaction.atomic
def move(*, intake: Intake, name: str, by: User | None, now: datetime | None = None) -> None:
    """Moves only where the old state still holds. Raises MoveNotPossible."""
    now = now or timezone.now()
    the_move = MOVES[name]
    if the_move.who != "anyone":
        policy.require(by, the_move.who)
    won = Intake.objects.filter(pk=intake.pk, state__in=the_move.sources).update(
        state=the_move.target, state_since=now
    )
    if not won:
        raise MoveNotPossible
    intake.state = the_move.target
    record(action=f"form_{name}", by=by, patient=intake.patient, reference=intake.reference)


@transaction.atomic
def expire(*, intake: Intake, now: datetime | None = None) -> None:
    """Ends a draft that was not finished in time; its answers are deleted."""
    move(intake=intake, name="expire", by=None, now=now)
    Intake.objects.filter(pk=intake.pk).update(answers={})


@transaction.atomic
def begin(*, by: User) -> Intake:
    """The draft of the account's own form; the one begun earlier if there is one."""
    policy.require(by, "patient")
    User.objects.select_for_update().get(pk=by.pk)
    draft = Intake.objects.visible_to(by).drafts().order_by("pk").first()
    if draft:
        return draft
    question_set = _open_question_set()
    patient = by.patients.order_by("pk").first() or Patient.objects.create(account=by)
    intake = Intake.objects.create(patient=patient, question_set=question_set)
    record(action="form_begun", by=by, patient=patient, reference=intake.reference)
    return intake


def _open_question_set() -> QuestionSet:
    """Nobody fills in a form that could not be sent in the end. Raises NotReady."""
    question_set = QuestionSet.objects.current()
    try:
        published()
    except NoRulesPublished:
        raise NotReady from None
    if question_set is None:
        raise NotReady
    return question_set


@transaction.atomic
def save_answers(*, intake: Intake, answers: dict, by: User, now: datetime | None = None) -> Intake:
    """Keeps one page's answers; None takes an answer back. Raises MoveNotPossible after sending."""
    locked = _own_draft(intake=intake, by=by)
    kept = {**locked.answers, **answers}
    locked.answers = {code: value for code, value in kept.items() if value is not None}
    locked.saved_at = now or timezone.now()
    locked.save(update_fields=["answers", "saved_at"])
    return locked


@transaction.atomic
def note_emergency(
    *, intake: Intake, codes: list[str], message: str, happened: str, by: User
) -> EmergencyEvent:
    """Leaves the event that staff will see, whatever is answered afterwards."""
    event = EmergencyEvent.objects.create(
        intake=intake, codes=codes, message=message, happened=happened
    )
    record(action=f"urgent_{happened}", by=by, patient=intake.patient, reference=intake.reference)
    return event


def send(*, intake: Intake, token: str, by: User, now: datetime | None = None) -> Revision:
    """Sends the form once. A double click, a reload or a retry gets the same revision back.

    Raises NotComplete, FormChanged, NotAllowed.
    """
    now = now or timezone.now()
    try:
        with transaction.atomic():
            return _send(intake=intake, token=token, by=by, now=now)
    except IntegrityError:
        sent = Revision.objects.filter(intake=intake, form_token=token).first()
        if sent is None:
            raise
        return sent


def _send(*, intake: Intake, token: str, by: User, now: datetime) -> Revision:
    locked = Intake.objects.select_for_update().select_related("patient").get(pk=intake.pk)
    if locked.patient.account_id != by.pk:
        raise NotAllowed
    for sent in locked.revisions.all():
        if str(sent.form_token) == token:
            return sent
    if str(locked.form_token) != token or locked.state != State.DRAFT:
        raise FormChanged
    today = timezone.localdate(now)
    questions = outline(locked.question_set_id)
    if questions.missing(locked.answers, today):
        raise NotComplete
    revision = _revision(intake=locked, questions=questions, by=by, now=now, today=today)
    _know_the_patient(locked.patient, revision.answers)
    move(intake=locked, name="send", by=by, now=now)
    tell(patient=locked.patient, kind=Kind.FORM_SENT, reference=locked.reference)
    return revision


def _revision(*, intake: Intake, questions, by: User, now: datetime, today: date) -> Revision:
    answers = questions.relevant(intake.answers, today)
    rule_set, rules = published()
    document = screening_document(
        reference=intake.reference,
        outline=questions,
        answers=intake.answers,
        on=today,
        born=date.fromisoformat(answers["born"]),
    )
    result = screen(document, rules, asked=questions.codes())
    flags = ranked_flags(result)
    revision = Revision.objects.create(
        intake=intake,
        number=1,
        question_set_id=intake.question_set_id,
        rule_set=rule_set,
        answers=answers,
        screening=result,
        digest=_digest(answers),
        form_token=intake.form_token,
        language=settings.LANGUAGE_CODE,
        zone=clinic().time_zone,
        sent_by=by,
        sent_at=now,
        wants_acupuncture="acupuncture" in document["wants"],
        wants_massage="massage" in document["wants"],
        rank=max((rank for rank, _ in flags), default=0),
    )
    Flag.objects.bulk_create(
        Flag(revision=revision, code=flag["code"], rank=rank, details=flag) for rank, flag in flags
    )
    Goal.objects.bulk_create(_goals(revision, answers))
    Signature.objects.bulk_create(_signatures(revision, questions, answers))
    return revision


def _goals(revision: Revision, answers: dict) -> list[Goal]:
    ratings = {code: answers.get(f"rating_{code}") for code in answers.get("goals") or []}
    return [
        Goal(revision=revision, code=code, baseline=rating if isinstance(rating, int) else None)
        for code, rating in ratings.items()
    ]


def _signatures(revision: Revision, questions, answers: dict) -> list[Signature]:
    name = answers.get("signature", {}).get("name", "")
    return [
        Signature(
            revision=revision,
            code=question.code,
            agreed=answers[question.code] == "yes" or question.kind == "signature",
            typed_name=name,
            text_digest=_digest([question.label, question.extras]),
        )
        for question in questions.questions()
        if question.kind in ("consent", "signature") and question.code in answers
    ]


def _know_the_patient(patient: Patient, answers: dict) -> None:
    patient.name = answers["full_name"]
    patient.call_me = answers.get("call_me") or ""
    patient.born = date.fromisoformat(answers["born"])
    patient.phone = answers.get("phone") or ""
    patient.save(update_fields=["name", "call_me", "born", "phone"])


def _own_draft(*, intake: Intake, by: User) -> Intake:
    locked = Intake.objects.select_for_update().select_related("patient").get(pk=intake.pk)
    if locked.patient.account_id != by.pk:
        raise NotAllowed
    if locked.state != State.DRAFT:
        raise MoveNotPossible("This form was already sent.")
    return locked


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
