"""Who has a form, read with the form itself: no query of its own, however many forms there are."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils import timezone

from clinic.people.models import User
from intake.review.drafts import with_draft_of
from intake.review.holding import PASSED_ON, reading
from intake.review.models import Handover, PrivateNote
from intake.submission.models import Intake


@dataclass(frozen=True)
class Reader:
    by_id: int
    by: str
    at: datetime


@dataclass(frozen=True)
class PassedOn:
    """The last time a form was put back or handed over, with the note for its next reader."""

    by: str
    to_id: int | None
    to: str
    note: str
    at: datetime


@dataclass(frozen=True)
class OnCase:
    """What a case page says about who has it, and what its reader noted."""

    others: list[Reader]
    passed_on: PassedOn | None
    can_pass_on: bool
    note: str
    noted_at: datetime | None


def with_holders(forms: QuerySet[Intake], now: datetime) -> QuerySet[Intake]:
    """Adds what readers_of and passed_on_of read."""
    last = Handover.objects.filter(intake=OuterRef("pk")).order_by("-pk")
    claims = reading(now).filter(intake=OuterRef("pk")).order_by("-at")
    reader = JSONObject(by_id="by_id", by=name_of("by"), at="at")
    return forms.annotate(
        read_by=ArraySubquery(claims.values(found=reader)),
        passed_by=Subquery(last.values(found=name_of("by"))[:1]),
        passed_to_id=Subquery(last.values("to_id")[:1]),
        passed_to=Subquery(last.values(found=name_of("to"))[:1]),
        passed_note=Subquery(last.values("note")[:1]),
        passed_at=Subquery(last.values("at")[:1]),
    )


def with_note_of(forms: QuerySet[Intake], user: User) -> QuerySet[Intake]:
    mine = PrivateNote.objects.filter(intake=OuterRef("pk"), by=user)
    return forms.annotate(
        noted=Subquery(mine.values("text")[:1]), noted_at=Subquery(mine.values("saved_at")[:1])
    )


def readers_of(intake: Intake) -> list[Reader]:
    """The last to open it first."""
    return [
        Reader(each["by_id"], each["by"], datetime.fromisoformat(each["at"]))
        for each in intake.read_by
    ]


def passed_on_of(intake: Intake) -> PassedOn | None:
    if intake.passed_at is None:
        return None
    return PassedOn(
        by=intake.passed_by,
        to_id=intake.passed_to_id,
        to=intake.passed_to or "",
        note=intake.passed_note,
        at=intake.passed_at,
    )


def on_case(intake: Intake, user: User) -> OnCase:
    return OnCase(
        others=[each for each in readers_of(intake) if each.by_id != user.pk],
        passed_on=passed_on_of(intake),
        can_pass_on=intake.state in PASSED_ON and intake.patient.account_id != user.pk,
        note=intake.noted or "",
        noted_at=intake.noted_at,
    )


def case_forms(user: User) -> QuerySet[Intake]:
    """The forms this person may open, with all that a case page says about who has them, and what
    its reader noted or began to write."""
    forms = Intake.objects.visible_to(user).select_related("patient").defer("answers")
    return with_draft_of(with_note_of(with_holders(forms, timezone.now()), user), user)


def name_of(who: str) -> Coalesce:
    """As an account calls itself: its name, or else its address."""
    name = NullIf(F(f"{who}__name"), Value(""))
    return Coalesce(name, F(f"{who}__email"), output_field=CharField())
