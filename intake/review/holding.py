"""Who has a form: opened by, put back, handed over. It informs; nobody is kept out by it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import MoveNotPossible, Refused
from clinic.people import policy
from clinic.people.models import Practitioner, Registration, User
from intake.review.models import Claim, Decision, Handover
from intake.submission.models import Intake, Revision
from intake.submission.services import move
from intake.submission.states import OPEN, State

COUNTS_FOR = timedelta(minutes=30)
"""How long after opening a form somebody counts as reading it."""
PASSED_ON = {State.SUBMITTED, State.IN_REVIEW}


class CannotTake(Refused):
    sentence = "This colleague cannot decide on this form. Choose someone else, or put it back."


def reading(now: datetime) -> QuerySet[Claim]:
    """Claims that count: recent, and of someone who has not decided on what was sent last."""
    later = Revision.objects.filter(
        intake=OuterRef("revision__intake"), number__gt=OuterRef("revision__number")
    )
    decided = Decision.objects.standing().filter(
        revision__intake=OuterRef("intake"), by=OuterRef("by")
    )
    return Claim.objects.filter(~Exists(decided.filter(~Exists(later))), at__gt=now - COUNTS_FOR)


def held_by(user: User | None, now: datetime) -> Q:
    """The forms somebody is reading or was handed last; with None, those nobody has."""
    last = Handover.objects.filter(intake=OuterRef("pk")).order_by("-pk").values("to")[:1]
    claims = reading(now).filter(intake=OuterRef("pk"))
    if user is None:
        return ~Q(Exists(claims)) & ~Q(Exists(_last_given()))
    return Q(Exists(claims.filter(by=user))) | Q(pk__in=_given_to(user, last))


def _last_given() -> QuerySet[Handover]:
    later = Handover.objects.filter(intake=OuterRef("intake"), pk__gt=OuterRef("pk"))
    return Handover.objects.filter(~Exists(later), intake=OuterRef("pk"), to__isnull=False)


def _given_to(user: User, last: QuerySet) -> QuerySet:
    given = Intake.objects.filter(handovers__to=user, state__in=OPEN)
    return given.alias(last=Subquery(last)).filter(last=user.pk).values("pk")


def opened(*, intake: Intake, by: User, now: datetime | None = None) -> None:
    """Tells others who is reading: one row for each person, in one statement."""
    policy.require(by, "practitioner")
    if intake.state not in OPEN or intake.patient.account_id == by.pk:
        return
    Claim.objects.bulk_create(
        [Claim(intake=intake, by=by, at=now or timezone.now())],
        update_conflicts=True,
        unique_fields=["intake", "by"],
        update_fields=["at"],
    )


@transaction.atomic
def put_back(*, intake: Intake, by: User, note: str = "", now: datetime | None = None) -> Handover:
    """For whoever reads it next, with a note for them. Raises MoveNotPossible."""
    policy.require(by, "practitioner")
    locked = Intake.objects.locked(intake.pk)
    if locked.state != State.SUBMITTED:
        move(intake=locked, name="put_back", by=by, now=now)
    return _pass_on(locked, by, None, note, now)


@transaction.atomic
def hand_over(
    *, intake: Intake, to: User, by: User, note: str = "", now: datetime | None = None
) -> Handover:
    """To a colleague who may decide on it. Raises CannotTake, MoveNotPossible."""
    policy.require(by, "practitioner")
    locked = Intake.objects.locked(intake.pk)
    if locked.state not in PASSED_ON:
        raise MoveNotPossible
    if to.pk == by.pk or not may_take(to, locked, _last(locked)):
        raise CannotTake
    return _pass_on(locked, by, to, note, now)


def hand_over_all(
    *, to: User, by: User, note: str = "", now: datetime | None = None
) -> tuple[list[Intake], list[Intake]]:
    """Everything this person has: (handed over, what the colleague cannot take). All or nothing
    of each form; one that has moved on meanwhile is left alone."""
    given, left = [], []
    for intake in everything_of(by, now or timezone.now()):
        try:
            hand_over(intake=intake, to=to, by=by, note=note, now=now)
            given.append(intake)
        except Refused:
            left.append(intake)
    return given, left


def everything_of(user: User, now: datetime) -> QuerySet[Intake]:
    forms = Intake.objects.filter(held_by(user, now), state__in=PASSED_ON)
    return forms.select_related("patient").defer("answers").order_by("due_at", "pk")


def may_take(person: User, intake: Intake, revision: Revision) -> bool:
    """Whether this person may decide on something the patient asked for."""
    if not policy.allows("practitioner", person) or intake.patient.account_id == person.pk:
        return False
    held = person.practitioner.therapies_on(timezone.localdate())
    return bool(held & set(revision.wanted))


def _last(intake: Intake) -> Revision:
    return intake.revisions.defer("answers", "screening").order_by("-number").first()


def _pass_on(
    intake: Intake, by: User, to: User | None, note: str, now: datetime | None
) -> Handover:
    now = now or timezone.now()
    Claim.objects.filter(intake=intake, by=by).delete()
    done = Handover.objects.create(intake=intake, by=by, to=to, note=note, at=now)
    action = "handed_over" if to else "put_back"
    whom = f"to {to.email}"[:200] if to else ""
    record(action=action, by=by, patient=intake.patient, reference=intake.reference, detail=whom)
    return done


def who_may_take(intake: Intake, revision: Revision, user: User) -> list[User]:
    return [each for each in colleagues_of(user) if may_take(each, intake, revision)]


def colleagues_of(user: User) -> list[User]:
    """Everyone else who may read forms, by name."""
    others = Practitioner.objects.exclude(user=user).filter(user__is_active=True)
    found = others.select_related("user").prefetch_related("registrations").order_by("user__name")
    return [_known_as(each) for each in found if each.therapies_on(timezone.localdate())]


def _known_as(practitioner: Practitioner) -> User:
    """Their account, which then knows its practitioner without asking again."""
    practitioner.user.practitioner = practitioner
    return practitioner.user


def names_of_colleagues(user: User) -> QuerySet[User]:
    """The same people, for a list of names."""
    valid = Registration.objects.filter(
        practitioner__user=OuterRef("pk"), valid_until__gte=timezone.localdate()
    )
    return User.objects.filter(Exists(valid), is_active=True).exclude(pk=user.pk).order_by("name")
