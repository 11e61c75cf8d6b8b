"""Writing and sending a letter, and noting the reply: each one transaction with its trace."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import MoveNotPossible, Refused
from clinic.identity.services import clinic
from clinic.people import policy
from clinic.people.models import User
from intake.questionnaire.outline import outline
from intake.referral.drafting import Sender, doctor, draft
from intake.referral.models import Letter
from intake.referral.states import MOVES, Permission, Status, Urgency
from intake.review.agreeing import standings
from intake.review.urgent import blocks
from intake.screening.services import data_of
from intake.submission.models import Intake

ALREADY_SENT = "This letter was sent already. Its words stay as they are."


class NothingSent(Refused):
    sentence = "A letter is drafted from a form that was sent. This one was not."


class NobodyToWriteTo(Refused):
    sentence = "Write who the letter goes to before it is sent."


class NoPermission(Refused):
    sentence = (
        "On the form the patient agreed only to letters to their own doctor, or did not agree. "
        "Ask them, or say why it cannot wait."
    )


@transaction.atomic
def start(*, intake: Intake, by: User, now: datetime | None = None) -> Letter:
    """The letter this person is writing about this form; a new draft if there is none.

    Raises NothingSent.
    """
    policy.require(by, "practitioner")
    Intake.objects.select_for_update().get(pk=intake.pk)
    mine = Letter.objects.filter(intake=intake, written_by=by, status=Status.DRAFTED).first()
    if mine:
        return mine
    revision = intake.revisions.select_related("rule_set").order_by("-number").first()
    if revision is None:
        raise NothingSent
    today = timezone.localdate(now or timezone.now())
    said = standings(revision, day=today).values()
    verdicts = [verdict for each in said if (verdict := each.verdict or each.newest)]
    is_urgent = blocks(intake, revision)
    body = draft(
        revision=revision,
        flags=list(revision.flags.all()),
        verdicts=verdicts,
        questions=outline(revision.question_set_id),
        rules=data_of(revision.rule_set),
        sender=_sender(by, today),
        urgent=is_urgent,
        on=today,
    )
    to_name, to_place = doctor(revision.answers)
    asks = not verdicts or any(not verdict.is_positive for verdict in verdicts)
    letter = Letter.objects.create(
        patient=intake.patient,
        intake=intake,
        decision=max((v.decision for v in verdicts), key=lambda d: d.pk, default=None),
        urgency=_how_soon(is_urgent, asks),
        to_name=to_name,
        to_place=to_place,
        body=body,
        written_by=by,
    )
    for action, reference in (
        ("read_answers", intake.reference),
        ("letter_drafted", letter.reference),
    ):
        record(action=action, by=by, patient=intake.patient, reference=reference)
    return letter


@transaction.atomic
def rewrite(
    *, letter: Letter, to_name: str, to_place: str, urgency: str, body: str, by: User
) -> None:
    """Raises MoveNotPossible once the letter is sent."""
    policy.require(by, "practitioner")
    words = {"to_name": to_name, "to_place": to_place, "urgency": urgency, "body": body}
    _change(letter, Status.DRAFTED, ALREADY_SENT, **words)
    record(action="letter_changed", by=by, patient=letter.patient, reference=letter.reference)


@transaction.atomic
def send(
    *, letter: Letter, permission: str, way: str, by: User, now: datetime | None = None
) -> None:
    """Notes that the letter left the clinic; this site sends no health words by e-mail.

    Raises NobodyToWriteTo, NoPermission, MoveNotPossible.
    """
    policy.require(by, "practitioner")
    if not letter.to_name.strip():
        raise NobodyToWriteTo
    if permission == Permission.ON_FORM and not agreed_on_form(letter):
        raise NoPermission
    now = now or timezone.now()
    _change(
        letter,
        Status.DRAFTED,
        ALREADY_SENT,
        status=MOVES[Status.DRAFTED],
        permission=permission,
        way=way,
        sent_by=by,
        sent_at=now,
    )
    _record("letter_sent", letter, by, now)


@transaction.atomic
def note_reply(*, letter: Letter, reply: str, by: User, now: datetime | None = None) -> None:
    """Raises MoveNotPossible unless the letter is sent and unanswered."""
    policy.require(by, "practitioner")
    now = now or timezone.now()
    _change(
        letter,
        Status.SENT,
        "There is no open letter to answer. A reply may be noted already.",
        status=MOVES[Status.SENT],
        reply=reply,
        reply_noted_by=by,
        replied_at=now,
    )
    _record("letter_answered", letter, by, now)


@transaction.atomic
def read(*, letter: Letter, by: User) -> Letter:
    """Leaves a trace that staff read this letter."""
    policy.require(by, "practitioner")
    record(action="read_letter", by=by, patient=letter.patient, reference=letter.reference)
    return letter


def agreed_on_form(letter: Letter) -> bool:
    """Whether the newest form says yes to a letter to this recipient: the patient's own doctor."""
    revision = letter.intake.revisions.order_by("-number").first()
    agreed = revision is not None and revision.answers.get("consent_share") == "yes"
    return agreed and letter.to_name.strip() == doctor(revision.answers)[0].strip()


def _record(action: str, letter: Letter, by: User, now: datetime) -> None:
    record(action=action, by=by, patient=letter.patient, reference=letter.reference, at=now)


def _how_soon(is_urgent: bool, asks: bool) -> Urgency:
    if is_urgent:
        return Urgency.SAME_DAY
    return Urgency.QUESTION if asks else Urgency.ROUTINE


def _change(letter: Letter, standing: Status, otherwise: str, **fields) -> None:
    """Writes only where the letter still stands there; `otherwise` is the refusal."""
    if not Letter.objects.filter(pk=letter.pk, status=standing).update(**fields):
        raise MoveNotPossible(otherwise)
    letter.refresh_from_db()


def _sender(by: User, today) -> Sender:
    details = clinic()
    held = [
        f"{r.get_therapy_display()}: {r.body}, {r.number}"
        for r in by.practitioner.registrations.all()
        if r.valid_until >= today
    ]
    return Sender(str(by), held, details.name, details.address, details.phone)
