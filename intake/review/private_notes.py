"""A note on a case that only its writer sees, before they decide and afterwards."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import Refused
from clinic.people import policy
from clinic.people.models import User
from intake.review.boxes import LONG
from intake.review.models import PrivateNote
from intake.submission.models import Intake


class TooLong(Refused):
    sentence = f"Your private note is longer than {LONG:,} characters. Shorten it, and save again."


@transaction.atomic
def save_note(*, intake: Intake, by: User, text: str, now: datetime | None = None) -> PrivateNote:
    """One row per person and case; what stood there before is replaced. Nothing new leaves
    no trace. Raises TooLong."""
    policy.require(by, "practitioner")
    if len(text) > LONG:
        raise TooLong
    now = now or timezone.now()
    locked = PrivateNote.objects.select_for_update().filter(intake=intake, by=by).first()
    there = locked or PrivateNote(intake=intake, by=by, saved_at=now)
    if there.text == text:
        return there
    note, _ = PrivateNote.objects.update_or_create(
        intake=intake, by=by, defaults={"text": text, "saved_at": now}
    )
    record(action="note_saved", by=by, patient=intake.patient, reference=intake.reference, at=now)
    return note


def note_of(intake: Intake, user: User) -> str:
    """What this person has noted so far."""
    note = PrivateNote.objects.filter(intake=intake, by=user).first()
    return note.text if note else ""
