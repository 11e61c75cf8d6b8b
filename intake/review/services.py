"""Deciding, per therapy, and the clearance that follows. One transaction, one trace."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import MoveNotPossible, Refused
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people import policy
from clinic.people.models import Registration, User
from intake.review import drafts, queries, seconds, urgent, what_was_seen
from intake.review.agreeing import Standing, standings
from intake.review.clearing import close_if_decided
from intake.review.doubt_models import RuleDoubt
from intake.review.models import POSITIVE, Decision, FlagAnswer, FlagSeen, Suitability, Verdict
from intake.review.outdated import DecidedSince, Outdated
from intake.review.policy import AFTER_CONTACT, DOES_NOT_FIT, NEXT_STEPS, STEPS
from intake.review.registered import registrations_of
from intake.review.weighing import Terms, needs_answer, needs_look, rules_out
from intake.screening.levels import Level
from intake.submission.models import Flag, Intake, Revision
from intake.submission.services import move
from intake.submission.states import State


class NotAnswered(Refused):
    sentence = "Every Stop flag on a therapy you clear needs its own answer."


class NotSeen(Refused):
    sentence = "Every Check flag on a therapy you clear is ticked as seen first."


class EmergencyOpen(Refused):
    sentence = (
        "An urgent answer cannot be passed. Speak to the patient and note what you found first."
    )


class OnlyAfterContact(Refused):
    sentence = "An emergency flag is answered with “Resolved after contact”, and no other flag is."


class SecondNeeded(Refused):
    sentence = (
        "A finding that rules a therapy out cannot be passed by one person alone. "
        "Name a colleague who looks at it too, or choose “not now” for that therapy."
    )


class AskedOfSomeoneElse(Refused):
    sentence = "A colleague was asked to look at this therapy. Their opinion comes first."


class OneselfOnly(Refused):
    sentence = "You cannot decide about yourself or someone whose account you hold."


class NotWanted(Refused):
    sentence = "The patient did not ask for this therapy, and has not read its consent."


class NoNextStep(Refused):
    sentence = "Choose what happens next for the patient. “Not now” is never a bare no."


@dataclass(frozen=True)
class Opinion:
    """What one practitioner says about one therapy; "not_now" needs one of NEXT_STEPS."""

    therapy: str
    suitability: str
    reason: str = ""
    precautions: list[str] = field(default_factory=list)
    next_step: str = ""


@transaction.atomic
def open_form(*, intake: Intake, by: User, now: datetime | None = None) -> Revision:
    """Opens a form for review and leaves a trace of the reading; returns what was sent last."""
    policy.require(by, "practitioner")
    if intake.state == State.SUBMITTED:
        try:
            move(intake=intake, name="open", by=by, now=now)
        except MoveNotPossible:
            intake.refresh_from_db()
    note_reading(intake=intake, by=by)
    return queries.last_sent(intake)


def note_reading(*, intake: Intake, by: User) -> None:
    policy.require(by, "practitioner")
    record(action="read_answers", by=by, patient=intake.patient, reference=intake.reference)


@transaction.atomic
def note_others_read(*, intake: Intake, by: User) -> None:
    """Somebody looked at what others think before they said what they think themselves."""
    policy.require(by, "practitioner")
    record(action="read_others_opinion", by=by, patient=intake.patient, reference=intake.reference)


@transaction.atomic
def step(*, intake: Intake, name: str, by: User, now: datetime | None = None) -> None:
    """One of STEPS. The patient is told when there is a question. Raises MoveNotPossible."""
    policy.require(by, "practitioner")
    if name not in STEPS:
        raise MoveNotPossible("There is no such step. Nothing was changed.")
    move(intake=intake, name=name, by=by, now=now)
    if name == "ask":
        tell(patient=intake.patient, kind=Kind.QUESTION_ASKED, reference=intake.reference)


@transaction.atomic
def decide(
    *,
    revision: Revision,
    opinions: list[Opinion],
    by: User,
    terms: Terms | None = None,
    for_patient: str = "",
    note: str = "",
    flag_answers: dict[int, tuple[str, str]] | None = None,
    flags_seen: Collection[int] = (),
    seen: int | None = None,
    keeps: Decision | None = None,
    second: User | None = None,
    now: datetime | None = None,
    wait: timedelta = timedelta(0),
) -> Decision:
    """Records one practitioner's decision; closes the form once every wanted therapy is decided.

    flag_answers: flag id -> (reason, text).
    flags_seen: ids of the Check flags that were ticked as seen.
    seen: id of the newest decision on the page, 0 for none; a newer one must be read first.
    keeps: the decision on an earlier revision that this one repeats.
    second: who is to look at what this person clears against a finding that rules it out.
    wait: how long it can be taken back before it clears anything.
    Raises OneselfOnly, NotWanted, NotRegistered, Outdated, NotAnswered, NotSeen,
    OnlyAfterContact, EmergencyOpen, SecondNeeded, AskedOfSomeoneElse, NoNextStep, MoveNotPossible.
    """
    now, terms = now or timezone.now(), terms or Terms()
    policy.require(by, "practitioner")
    intake = Intake.objects.locked(revision.intake_id)
    _open_to(by, intake, revision, seen)
    registrations = registrations_of(by, {o.therapy for o in opinions}, timezone.localdate(now))
    _sound(revision, opinions)
    _answer_flags(intake, revision, opinions, flag_answers or {}, set(flags_seen))
    before = standings(revision, day=timezone.localdate(now))
    _asked_of(by, opinions, before)
    ruled_out = _needing_a_second(by, revision, opinions, before)
    if ruled_out and second is None:
        raise SecondNeeded
    if intake.state == State.SECOND_OPINION:
        move(intake=intake, name="give_opinion", by=by, now=now)
    decision = Decision.objects.create(
        revision=revision,
        by=by,
        at=now,
        note=note,
        for_patient=for_patient,
        keeps=keeps,
        effective_at=now + wait,
        **asdict(terms),
    )
    _write(decision, opinions, registrations, flag_answers or {})
    FlagSeen.objects.bulk_create(FlagSeen(decision=decision, flag_id=pk) for pk in flags_seen)
    what_was_seen.keep(decision=decision)
    drafts.became(decision=decision)
    action = "decision_kept" if keeps else "decided"
    record(action=action, by=by, patient=intake.patient, reference=intake.reference)
    for therapy in ruled_out:
        seconds.name_colleague(revision=revision, therapy=therapy, colleague=second, by=by, now=now)
    if not close_if_decided(intake=intake, revision=revision, by=by, now=now):
        seconds.wait_if_asked(intake=intake, revision=revision, by=by, now=now)
    return decision


def _write(
    decision: Decision,
    opinions: list[Opinion],
    registrations: dict[str, Registration],
    flag_answers: dict[int, tuple[str, str]],
) -> None:
    Verdict.objects.bulk_create(
        Verdict(
            decision=decision,
            therapy=opinion.therapy,
            suitability=opinion.suitability,
            registration=registrations[opinion.therapy],
            reason=opinion.reason,
            next_step=opinion.next_step,
            precautions=opinion.precautions,
        )
        for opinion in opinions
    )
    FlagAnswer.objects.bulk_create(
        FlagAnswer(decision=decision, flag_id=pk, reason=reason, text=text)
        for pk, (reason, text) in flag_answers.items()
    )
    doubted = [pk for pk, (reason, _) in flag_answers.items() if reason == DOES_NOT_FIT]
    RuleDoubt.objects.bulk_create(
        RuleDoubt(
            code=flag.code,
            rule_set_id=decision.revision.rule_set_id,
            by=decision.by,
            at=decision.at,
        )
        for flag in decision.revision.flags.all()
        if flag.pk in doubted
    )


def _asked_of(by: User, opinions: list[Opinion], before: dict[str, Standing]) -> None:
    """While a colleague is asked, only they decide, and whoever has said something already."""
    for opinion in opinions:
        standing = before[opinion.therapy]
        if standing.awaited and by.pk not in {
            standing.awaited.colleague_id,
            standing.awaited.asked_by_id,
            *(verdict.decision.by_id for verdict in standing.opinions),
        }:
            raise AskedOfSomeoneElse


def _needing_a_second(
    by: User, revision: Revision, opinions: list[Opinion], before: dict[str, Standing]
) -> list[str]:
    """Therapies this person clears against a finding, while nobody else has looked or is asked."""
    flags = list(revision.flags.defer("details"))
    return [
        opinion.therapy
        for opinion in opinions
        if opinion.suitability in POSITIVE
        and any(rules_out(flag, opinion.therapy) for flag in flags)
        and not before[opinion.therapy].awaited
        and not [v for v in before[opinion.therapy].opinions if v.decision.by_id != by.pk]
    ]


def _open_to(by: User, intake: Intake, revision: Revision, seen: int | None) -> None:
    """Whether this person may decide on this form now, from the page they saw."""
    if intake.revisions.filter(number__gt=revision.number).exists():
        raise Outdated
    if intake.patient.account_id == by.pk:
        raise OneselfOnly
    if intake.state not in (State.IN_REVIEW, State.SECOND_OPINION):
        waits = intake.state == State.SUBMITTED  # whether somebody has read it before or not
        where = "waiting to be read" if waits else State(intake.state).label
        raise MoveNotPossible(f"This form has moved on: it is now “{where}”. Nothing was stored.")
    if seen is not None and revision.decisions.standing().filter(pk__gt=seen).exists():
        raise DecidedSince


def _sound(revision: Revision, opinions: list[Opinion]) -> None:
    if {o.therapy for o in opinions} - set(revision.wanted):
        raise NotWanted
    if any((o.suitability == Suitability.NOT_NOW) != (o.next_step in NEXT_STEPS) for o in opinions):
        raise NoNextStep


def _answer_flags(
    intake: Intake,
    revision: Revision,
    opinions: list[Opinion],
    answers: dict[int, tuple[str, str]],
    seen: set[int],
) -> None:
    cleared = [o.therapy for o in opinions if o.suitability in POSITIVE]
    flags = list(Flag.objects.filter(revision=revision))
    if (set(answers) | seen) - {flag.pk for flag in flags}:
        raise Refused("One of the flags is not on this form.")
    urgent_ones = {flag.pk for flag in flags if flag.rank == Level.EMERGENCY}
    if (cleared or urgent_ones & set(answers)) and urgent.blocks(intake, revision):
        raise EmergencyOpen
    if {pk for pk, (reason, _) in answers.items() if reason == AFTER_CONTACT} != (
        urgent_ones & set(answers)
    ):
        raise OnlyAfterContact
    for flag in flags:
        answered = answers.get(flag.pk, ("", ""))[0].strip()
        if not answered and any(needs_answer(flag, therapy) for therapy in cleared):
            raise NotAnswered
        if not (answered or flag.pk in seen) and any(needs_look(flag, t) for t in cleared):
            raise NotSeen
