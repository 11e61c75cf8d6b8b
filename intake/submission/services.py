"""Filling in and sending. Every change is one transaction with its trace."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.audit.services import record
from clinic.errors import MoveNotPossible, NotAllowed, Refused
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people import policy
from clinic.people.models import Patient, User
from intake.questionnaire.conditions import OPENED
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.outline import outline
from intake.questionnaire.shape import LANGUAGE
from intake.screening.medicines.reading import opened_questions
from intake.screening.services import NoRulesPublished, published
from intake.submission.changing import close_change
from intake.submission.document import medicine_names
from intake.submission.models import EmergencyEvent, Intake, Revision
from intake.submission.revisions import write_revision
from intake.submission.states import MOVES
from intake.submission.words_shown import shown, standing, with_words_seen

Follow = Callable[..., None]
_following: list[Follow] = []


def after_move(follow: Follow) -> Follow:
    """Registers what a later room does, in the same transaction, once a form has moved.
    Takes: intake, name (of the move), by, now. It may refuse the move."""
    _following.append(follow)
    return follow


class NotComplete(Refused):
    sentence = _("Some questions still need an answer before you can send this.")


class NotReady(Refused):
    sentence = _("This clinic has not opened its form yet.")


class FormChanged(Refused):
    sentence = _("This form was already sent, or was opened anew. Your answers are safe.")


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
    record(action=f"form_{name}", by=by, patient=intake.patient, reference=intake.reference, at=now)
    for follow in _following:
        follow(intake=intake, name=name, by=by, now=now)


@transaction.atomic
def begin(*, by: User, patient: Patient | None = None, now: datetime | None = None) -> Intake:
    """The draft of this person's form; the one begun earlier if there is one.

    patient: one of those the account looks after; without one, the account holder. What they sent
    last time is at hand beside it, and counts for nothing by itself.
    """
    policy.require(by, "patient")
    User.objects.select_for_update().get(pk=by.pk)
    patient = patient or Patient.objects.looked_after_by(by).first()
    if patient and patient.account_id != by.pk:
        raise NotAllowed
    draft = Intake.objects.drafts().filter(patient=patient).first() if patient else None
    if draft:
        return draft
    question_set = _open_question_set()
    patient = patient or Patient.objects.create(account=by)
    now = now or timezone.now()
    intake = Intake.objects.create(
        patient=patient,
        question_set=question_set,
        builds_on=Revision.objects.standing().filter(intake__patient=patient).last_sent(),
        created_at=now,
        saved_at=now,
        state_since=now,
    )
    record(action="form_begun", by=by, patient=patient, reference=intake.reference, at=now)
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
def save_answers(
    *,
    intake: Intake,
    answers: dict,
    by: User,
    now: datetime | None = None,
    seen: int | None = None,
) -> Intake:
    """Keeps one page's answers; None takes an answer back. Raises MoveNotPossible after sending.

    seen: the translation that was on the page; None for the original words.
    """
    locked = _own_open(intake=intake, by=by)
    questions = outline(locked.question_set_id)
    kept = with_words_seen({**locked.answers, **answers}, answers, questions, seen)
    if "medicines" in answers:
        kept[OPENED] = _opened_by(answers["medicines"])
    today = timezone.localdate(now)
    kept = questions.with_subjects(kept, answers, today)
    locked.answers = {code: value for code, value in kept.items() if value is not None}
    locked.saved_at = now or timezone.now()
    locked.save(update_fields=["answers", "saved_at"])
    return locked


def _opened_by(medicines: list[dict] | None) -> list[str] | None:
    """Questions that the names on the list lead to. They raise nothing by themselves."""
    return sorted(opened_questions(medicine_names(medicines), published()[1])) or None


@transaction.atomic
def note_emergency(
    *,
    intake: Intake,
    codes: list[str],
    message: str,
    happened: str,
    by: User,
    said: dict[str, str] | None = None,
) -> EmergencyEvent:
    """Leaves the event that staff will see, whatever is answered afterwards. Raises NotAllowed."""
    if intake.patient.account_id != by.pk:
        raise NotAllowed
    event = EmergencyEvent.objects.create(
        intake=intake, codes=codes, said=said or {}, message=message, happened=happened
    )
    record(action=f"urgent_{happened}", by=by, patient=intake.patient, reference=intake.reference)
    return event


def send(
    *,
    intake: Intake,
    token: str,
    by: User,
    now: datetime | None = None,
    language: str = LANGUAGE,
) -> Revision:
    """Sends the form once. A double click, a reload or a retry gets the same revision back.

    language: the one the patient reads the site in. Raises NotComplete, FormChanged, NotAllowed.
    """
    try:
        with transaction.atomic():
            return _send(intake=intake, token=token, by=by, now=now, language=language)
    except IntegrityError:
        sent = Revision.objects.filter(intake=intake, form_token=token).first()
        if sent is None:
            raise
        return sent


def _send(*, intake: Intake, token: str, by: User, now: datetime | None, language: str) -> Revision:
    """The moment of sending is read once the form is ours: a decision that was quicker is older.
    Forms of one patient are sent one after the other, so that their order is never in doubt."""
    locked = locked_for(intake=intake, by=by)
    Patient.objects.select_for_update(no_key=True).get(pk=locked.patient_id)
    now = now or timezone.now()
    for sent in locked.revisions.all():
        if str(sent.form_token) == token:
            return sent
    if str(locked.form_token) != token or not locked.is_open:
        raise FormChanged
    today = timezone.localdate(now)
    questions = shown(locked, language)
    if questions.missing(standing(locked.answers, questions), today):
        raise NotComplete
    locked.answers = standing(locked.answers, questions)
    revision = write_revision(
        intake=locked, by=by, now=now, today=today, questions=questions, language=language
    )
    know_the_patient(locked.patient, revision.answers)
    name = "amend" if locked.is_changing else "send"
    close_change(locked)
    locked.save(update_fields=["builds_on", "changing_since", "change_reason", "change_note"])
    move(intake=locked, name=name, by=by, now=now)
    tell(patient=locked.patient, kind=Kind.FORM_SENT, reference=locked.reference)
    return revision


RELATIONS = {
    "for_someone": Patient.Relation.CARED_FOR,
    "for_my_child": Patient.Relation.CHILD,
}
"""Who is filling in the form -> whom the form is about, from the account's side."""


def know_the_patient(patient: Patient, answers: dict) -> None:
    """Someone whose first form is for a child never had one of their own: the child's it is."""
    if not patient.name:
        patient.relation = RELATIONS.get(answers.get("filled_in_by"), patient.relation)
    patient.name = answers["full_name"]
    patient.call_me = answers.get("call_me") or ""
    patient.born = date.fromisoformat(answers["born"])
    patient.phone = answers.get("phone") or ""
    patient.save(update_fields=["relation", "name", "call_me", "born", "phone"])


def locked_for(*, intake: Intake, by: User) -> Intake:
    """The form, held until the transaction ends. Raises NotAllowed for anyone but its account."""
    locked = Intake.objects.locked(intake.pk)
    if locked.patient.account_id != by.pk:
        raise NotAllowed
    return locked


def _own_open(*, intake: Intake, by: User) -> Intake:
    locked = locked_for(intake=intake, by=by)
    if not locked.is_open:
        raise MoveNotPossible(_("This form was already sent."))
    return locked
