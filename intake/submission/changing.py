"""Changing a sent form: a working copy that is the patient's alone until it is sent."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.audit.services import record
from clinic.errors import MoveNotPossible, NotAllowed, Refused
from clinic.people import policy
from clinic.people.models import User
from intake.questionnaire.outline import outline
from intake.submission.last_time import carried_over, restored
from intake.submission.models import Intake, Revision
from intake.submission.states import CHANGEABLE, REASONS_OF_THE_PATIENT


class CannotBeChanged(Refused):
    sentence = _("This form cannot be changed any more.")


class NewerForm(CannotBeChanged):
    sentence = _("You sent us a newer form. Change that one, so that we read one thing only.")


class OtherChange(CannotBeChanged):
    sentence = _("You are already changing another form. Send that change or drop it first.")


class NoReason(Refused):
    sentence = _("Choose why you want to change your form.")


@transaction.atomic
def begin_change(
    *, intake: Intake, reason: str, by: User, note: str = "", now: datetime | None = None
) -> Intake:
    """The working copy; the one begun earlier, perhaps on another device, if there is one.

    What is asked anew starts without an answer. Nobody waits for it until it is sent.
    Raises NotAllowed, NoReason, CannotBeChanged, NewerForm, OtherChange.
    """
    policy.require(by, "patient")
    locked = _own(intake, by)
    if locked.is_changing:
        return locked
    if reason not in REASONS_OF_THE_PATIENT:
        raise NoReason
    now, last = now or timezone.now(), _last_sent(locked)
    if Intake.objects.being_changed().filter(patient=locked.patient_id).exists():
        raise OtherChange
    locked.answers = carried_over(
        {**locked.answers, **last.answers}, outline(locked.question_set_id)
    )
    locked.builds_on, locked.form_token = last, uuid.uuid4()
    locked.changing_since, locked.saved_at = now, now
    locked.change_reason, locked.change_note = reason, note
    locked.save()
    record(action="change_begun", by=by, patient=locked.patient, reference=locked.reference, at=now)
    return locked


def can_be_changed(intake: Intake) -> bool:
    return intake.state in CHANGEABLE and _newest(intake) is not None


def _last_sent(intake: Intake) -> Revision:
    if intake.state not in CHANGEABLE:
        raise CannotBeChanged
    last = _newest(intake)
    if last is None:
        raise NewerForm
    return last


def _newest(intake: Intake) -> Revision | None:
    """What was sent last on this form, unless the patient has sent another form since."""
    newest = Revision.objects.standing().filter(intake__patient=intake.patient_id).last_sent()
    return newest if newest and newest.intake_id == intake.pk else None


@transaction.atomic
def drop_change(*, intake: Intake, by: User | None, now: datetime | None = None) -> None:
    """Keeps the form as it was sent. by: None when nobody sent it in time."""
    locked = _own(intake, by)
    if not locked.is_changing:
        raise MoveNotPossible
    questions = outline(locked.question_set_id)
    locked.answers = restored(locked.answers, locked.builds_on.answers, questions)
    locked.form_token = uuid.uuid4()
    close_change(locked)
    locked.save()
    record(
        action="change_dropped", by=by, patient=locked.patient, reference=locked.reference, at=now
    )


def close_change(intake: Intake) -> None:
    """Not stored yet: the caller saves."""
    intake.builds_on = intake.changing_since = None
    intake.change_reason = intake.change_note = ""


def _own(intake: Intake, by: User | None) -> Intake:
    locked = Intake.objects.locked(intake.pk)
    if by is not None and locked.patient.account_id != by.pk:
        raise NotAllowed
    return locked
