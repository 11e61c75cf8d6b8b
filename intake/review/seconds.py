"""A colleague who looks at one therapy for themselves: asked, awaited, called off."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import MoveNotPossible, Refused
from clinic.people import policy
from clinic.people.models import Patient, User
from intake.review.agreeing import Stand, Standing, registered, standings
from intake.review.opinion_models import Role, SecondOpinion
from intake.submission.models import Intake, Revision
from intake.submission.services import move
from intake.submission.states import State


class NotThisColleague(Refused):
    sentence = (
        "Choose a colleague who is registered in this therapy, has not said anything about it "
        "yet, and is not the patient."
    )


class AskedAlready(Refused):
    sentence = "Somebody is asked about this therapy already. Their opinion comes first."


class NothingToAsk(Refused):
    sentence = "This therapy is not open: there is nothing to ask a colleague about."


def can_be_asked(
    people: list[User], standing: Standing, *, by: User, patient: Patient
) -> list[User]:
    """Of people who are registered in the therapy: not oneself, not the patient, and nobody who
    has decided on it already."""
    out = {by.pk, patient.account_id, *(each.decision.by_id for each in standing.opinions)}
    return [each for each in people if each.pk not in out]


def colleagues(revision: Revision, therapy: str, *, by: User, now: datetime) -> list[User]:
    """Who can be asked about it; nobody where this therapy is not on the form."""
    day = timezone.localdate(now)
    standing = standings(revision, day=day).get(therapy)
    if standing is None:
        return []
    return can_be_asked(registered(day)[therapy], standing, by=by, patient=revision.intake.patient)


@transaction.atomic
def ask_colleague(
    *,
    revision: Revision,
    therapy: str,
    colleague: User,
    by: User,
    question: str = "",
    now: datetime | None = None,
) -> SecondOpinion:
    """Asks one colleague about one therapy; the form waits for them. Where two disagree, it is the
    third who decides. Raises NotThisColleague, AskedAlready, NothingToAsk, MoveNotPossible."""
    policy.require(by, "practitioner")
    now = now or timezone.now()
    intake = Intake.objects.locked(revision.intake_id)
    if intake.state not in (State.IN_REVIEW, State.SECOND_OPINION):
        raise MoveNotPossible
    if intake.revisions.filter(number__gt=revision.number).exists():
        raise MoveNotPossible("The patient has sent something newer. Read that first.")
    asked = name_colleague(
        revision=revision, therapy=therapy, colleague=colleague, by=by, question=question, now=now
    )
    wait_if_asked(intake=intake, revision=revision, by=by, now=now)
    return asked


def name_colleague(
    *,
    revision: Revision,
    therapy: str,
    colleague: User,
    by: User,
    now: datetime,
    question: str = "",
) -> SecondOpinion:
    """In the caller's transaction, which holds the form."""
    standing = standings(revision, day=timezone.localdate(now)).get(therapy)
    if standing and standing.awaited:
        raise AskedAlready
    if standing is None or not standing.may_be_asked_about:
        raise NothingToAsk
    if colleague not in colleagues(revision, therapy, by=by, now=now):
        raise NotThisColleague
    role = Role.THIRD if standing.stand is Stand.DISAGREE else Role.SECOND
    if any(each.role == role for each in standing.asked):
        raise AskedAlready
    asked = SecondOpinion.objects.create(
        revision=revision,
        therapy=therapy,
        role=role,
        asked_by=by,
        colleague=colleague,
        question=question,
        at=now,
    )
    intake = revision.intake
    record(action="colleague_asked", by=by, patient=intake.patient, reference=intake.reference)
    return asked


def wait_if_asked(*, intake: Intake, revision: Revision, by: User, now: datetime) -> None:
    """The form waits as long as somebody is asked and has not said anything."""
    found = standings(revision, day=timezone.localdate(now)).values()
    if intake.state == State.IN_REVIEW and any(each.awaited for each in found):
        move(intake=intake, name="ask_colleague", by=by, now=now)


@transaction.atomic
def call_off(*, asked: SecondOpinion, by: User, now: datetime | None = None) -> None:
    """The colleague is asked no longer: they are away, or it has settled itself. Somebody else can
    be asked then. What a finding rules out still needs two people. Raises NothingToAsk."""
    policy.require(by, "practitioner")
    now = now or timezone.now()
    intake = Intake.objects.locked(asked.revision.intake_id)
    found = standings(asked.revision, day=timezone.localdate(now))[asked.therapy]
    newer = intake.revisions.filter(number__gt=asked.revision.number).exists()
    if newer or found.awaited != asked:
        raise NothingToAsk
    SecondOpinion.objects.filter(pk=asked.pk).update(called_off_at=now)
    record(action="colleague_called_off", by=by, patient=intake.patient, reference=intake.reference)
    if intake.state == State.SECOND_OPINION:
        move(intake=intake, name="give_opinion", by=by, now=now)
        wait_if_asked(intake=intake, revision=asked.revision, by=by, now=now)
