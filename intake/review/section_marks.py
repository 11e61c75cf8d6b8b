"""Which parts of a case somebody has seen, and which one they had open last. For them alone."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinic.errors import Refused
from clinic.people import policy
from clinic.people.models import User
from intake.review.models import SectionMark
from intake.submission.models import Revision

SECTIONS = {
    "flags": "Flags",
    "words": "Own words",
    "chart": "Body",
    "medicines": "Medicines",
    "answers": "Answers",
    "history": "History",
}
"""Part of a case, as its address names it -> its name in the list of parts."""
SEEN, NOT_SEEN, OPEN = "seen", "not_seen", "open"


class NoSuchPart(Refused):
    sentence = "There is no such part of the form. Nothing was marked."


@dataclass(frozen=True)
class Part:
    code: str
    name: str
    seen_at: datetime | None


@dataclass(frozen=True)
class Marks:
    """The parts of one case, and where its reader stopped."""

    parts: dict[str, Part]
    last: Part | None
    """The part last open; none where they begin at the top anyway."""


def marks_of(revision: Revision, user: User, *, without: set[str]) -> Marks:
    """without: parts that this form does not have. One query."""
    mine = SectionMark.objects.filter(revision=revision, by=user).order_by("-open_at", "-pk")
    rows = {mark.section: mark for mark in mine}
    parts = {
        code: Part(code, name, rows[code].seen_at if code in rows else None)
        for code, name in SECTIONS.items()
        if code not in without
    }
    last = next((parts[code] for code in rows if code in parts), None)
    return Marks(parts, None if last and last.code == next(iter(SECTIONS)) else last)


@transaction.atomic
def mark(
    *, revision: Revision, section: str, what: str, by: User, now: datetime | None = None
) -> SectionMark:
    """what: SEEN, NOT_SEEN, or OPEN for the part that was on the screen last."""
    policy.require(by, "practitioner")
    if section not in SECTIONS or what not in (SEEN, NOT_SEEN, OPEN):
        raise NoSuchPart
    now = now or timezone.now()
    said = {} if what == OPEN else {"seen_at": now if what == SEEN else None}
    made, _ = SectionMark.objects.update_or_create(
        revision=revision, by=by, section=section, defaults={"open_at": now, **said}
    )
    return made
