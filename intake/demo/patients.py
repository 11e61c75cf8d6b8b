"""Invented patients at every station of the way, each brought there by the real services."""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from clinic.people.models import Patient, Practitioner, User
from intake.booking.free_times import free_times
from intake.booking.services import book
from intake.demo.answers import answers_of
from intake.demo.people import Person, person
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.outline import outline
from intake.questionnaire.shape import LANGUAGE
from intake.referral import services as letters
from intake.referral.models import Letter
from intake.review.models import Clearance
from intake.review.seconds import ask_colleague, colleagues
from intake.review.services import Opinion, decide, open_form, step
from intake.submission.drafts import expire
from intake.submission.models import Intake, Revision
from intake.submission.services import begin, move, note_emergency, save_answers, send
from intake.submission.words_shown import shown

STATIONS = [
    "draft",
    "urgent_draft",
    "sent",
    "urgent_sent",
    *["sent"] * 4,
    *["in_review"] * 3,
    "asked",
    "second_opinion",
    "withdrawn",
    "expired",
    "neither",
    "massage_only",
    "cleared",
    "booked",
    "booked",
]
"""Where the patient of this number (modulo 20) stands."""
WAITING_OR_LESS = set(STATIONS[:14])
SOMEWHERE_IN_REVIEW = {"asked", "second_opinion"}
FOR_PATIENT = {
    "cleared": "You can choose a time. We begin gently.",
    "massage_only": "You can book massage. For acupuncture we ask your doctor first.",
    "neither": "Talk to your doctor first. Ring us after that, and we look at it again.",
}


def add_patient(number: int, practitioner: Practitioner) -> int:
    """1 when the patient is new, 0 when they were here before."""
    who = person(number)
    if User.objects.filter(email=who.email).exists():
        return 0
    account = User.objects.create_user(who.email, name=who.name, language=who.language)
    station = STATIONS[number % len(STATIONS)]
    at = _sent_at(number, station)
    answers = answers_on(who, at)
    if station in ("draft", "urgent_draft", "expired"):
        answers = dict(list(answers.items())[:14])
    intake = filled_in(answers, account, at=at, language=who.language)
    if station.startswith("urgent"):
        _urgent(intake, account)
    if station == "expired":
        expire(intake=intake)
    elif not station.endswith("draft"):
        _sent(who, intake, station, practitioner, at)
    return 1


def _sent_at(number: int, station: str) -> datetime:
    """Those who wait sent it in the last days; those who were decided on, some time before."""
    hours = number * 7 % 90 + 2
    if station not in WAITING_OR_LESS:
        hours += waited(number)
    return timezone.now() - timedelta(hours=hours)


def waited(number: int) -> int:
    """Hours from sending to decision: from one afternoon to three days."""
    return 4 + number * 11 % 68


def answers_on(who: Person, day: datetime) -> dict[str, object]:
    questions = outline(QuestionSet.objects.current().pk)
    return answers_of(who, questions, timezone.localdate(day))


def filled_in(
    answers: dict[str, object],
    account: User,
    *,
    at: datetime,
    patient: Patient | None = None,
    language: str = LANGUAGE,
) -> Intake:
    """A draft, begun an hour before `at`."""
    intake = begin(by=account, patient=patient, now=at - timedelta(hours=1))
    seen = shown(intake, language).translation_id
    return save_answers(intake=intake, answers=answers, by=account, seen=seen, now=at)


def _urgent(intake: Intake, account: User) -> None:
    distress = intake.pk % 2
    code, message = ("em_suicide", "M4") if distress else ("em_stroke", "M6")
    said = {code: "thoughts" if distress else "yes"}
    for happened in ("shown", "not_now"):
        note_emergency(
            intake=intake, codes=[code], said=said, message=message, happened=happened, by=account
        )


def _sent(
    who: Person, intake: Intake, station: str, practitioner: Practitioner, at: datetime
) -> None:
    account = intake.patient.account
    revision = send(
        intake=intake, token=str(intake.form_token), by=account, now=at, language=who.language
    )
    intake = Intake.objects.select_related("patient").get(pk=intake.pk)
    if station in ("sent", "urgent_sent"):
        return
    if station == "withdrawn":
        move(intake=intake, name="withdraw", by=account)
        return
    open_form(intake=intake, by=practitioner.user, now=at + timedelta(hours=1))
    if station in SOMEWHERE_IN_REVIEW:
        _in_review(revision, station, practitioner, at + timedelta(hours=2))
    elif station != "in_review":
        decided(who, revision, station, practitioner, at + timedelta(hours=waited(who.number)))


def _in_review(revision: Revision, station: str, practitioner: Practitioner, at: datetime) -> None:
    if station == "asked":
        step(intake=revision.intake, name="ask", by=practitioner.user, now=at)
        return
    therapy, by = revision.wanted[0], practitioner.user
    ask_colleague(
        revision=revision,
        therapy=therapy,
        colleague=colleagues(revision, therapy, by=by, now=at)[0],
        by=by,
        question="Would you go ahead? I am not sure about the dose.",
        now=at,
    )


def decided(
    who: Person, revision: Revision, station: str, practitioner: Practitioner, at: datetime
) -> None:
    suitable = {"neither": (), "massage_only": ("massage",)}.get(station, who.wants)
    wanted = revision.wanted
    decide(
        revision=revision,
        opinions=[_opinion(therapy, therapy in suitable) for therapy in wanted],
        by=practitioner.user,
        for_patient=FOR_PATIENT.get(station, FOR_PATIENT["cleared"]),
        flag_answers={flag.pk: ("confirmed_with_doctor", "") for flag in revision.flags.all()},
        flags_seen=[flag.pk for flag in revision.flags.all()],
        now=at,
    )
    if station in ("neither", "massage_only"):
        letter(revision.intake, practitioner.user, sent=station == "massage_only", at=at)
    if station == "booked":
        booked(revision, who.wants)


def _opinion(therapy: str, suitable: bool) -> Opinion:
    if suitable:
        changes = {"massage": ["light pressure"], "acupuncture": ["few needles", "lying down"]}
        return Opinion(therapy, "suitable_with_changes", precautions=changes[therapy])
    reason = "We wait for the view of their doctor."
    return Opinion(therapy, "not_now", reason=reason, next_step="we_write")


def letter(intake: Intake, by: User, *, sent: bool, at: datetime) -> Letter:
    drafted = letters.start(intake=intake, by=by, now=at)
    if sent:
        letters.send(letter=drafted, permission="on_form", way="post", by=by, now=at)
    return drafted


def booked(revision: Revision, wants: tuple[str, ...], *, at: datetime | None = None) -> None:
    """The first time that is free after `at`."""
    patient = revision.intake.patient
    at = at or timezone.now()
    clearance = Clearance.objects.get(patient=patient, state="live")
    slots = free_times(clearance=clearance, therapies=wants, now=at)
    if slots:
        parts, token = list(slots[0].parts), str(uuid.uuid4())
        book(clearance=clearance, parts=parts, token=token, by=patient.account, now=at)
