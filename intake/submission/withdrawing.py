"""Taking a form back: nobody works on it any more, and nothing of it is read again."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from clinic.errors import MoveNotPossible, Refused
from clinic.people.models import User
from intake.submission.changing import close_change
from intake.submission.models import Intake
from intake.submission.services import locked_for, move
from intake.submission.states import MOVES

CLEARED = "taken_back_only_while_nothing_is_cleared"
"""The database knows what is cleared; this room does not."""


class StillCleared(Refused):
    sentence = _(
        "You can book visits because of a form we have read. We must read this one too, "
        "so it cannot be taken back. Call us if you have a question."
    )


def can_be_withdrawn(intake: Intake) -> bool:
    return intake.state in MOVES["withdraw"].sources


def withdraw(*, intake: Intake, by: User, now: datetime | None = None) -> None:
    """A change that was begun goes with it. Raises NotAllowed, MoveNotPossible, StillCleared."""
    try:
        with transaction.atomic():
            _withdraw(intake, by, now)
    except IntegrityError as error:
        if getattr(error.__cause__.diag, "constraint_name", "") == CLEARED:
            raise StillCleared from error
        raise


def _withdraw(intake: Intake, by: User, now: datetime | None) -> None:
    locked = locked_for(intake=intake, by=by)
    if not can_be_withdrawn(locked):
        raise MoveNotPossible(_("This form cannot be taken back any more."))
    if locked.is_changing:
        close_change(locked)
        locked.save(update_fields=["builds_on", "changing_since", "change_reason", "change_note"])
    move(intake=locked, name="withdraw", by=by, now=now)
