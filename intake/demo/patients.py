"""Invented patients at every station of the way, each brought there by the real services."""

from datetime import datetime, timedelta

from django.utils import timezone

from clinic.people.models import Practitioner, User
from intake.booking.free_times import free_times
from intake.booking.services import book
from intake.demo.answers import answers_of
from intake.demo.people import Person, person
from intake.questionnaire.outline import outline
from intake.referral import services as letters
from intake.review.models import Clearance
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
SOMEWHERE_IN_REVIEW = {"asked": "ask", "second_opinion": "ask_colleague"}
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
    account = User.objects.create_user(who.email, name=who.name)
    station = STATIONS[number % len(STATIONS)]
    intake = begin(by=account)
    answers = answers_of(who, outline(intake.question_set_id), timezone.localdate())
    if station in ("draft", "urgent_draft", "expired"):
        answers = dict(list(answers.items())[:14])
    seen = shown(intake, who.language).translation_id
    intake = save_answers(intake=intake, answers=answers, by=account, seen=seen)
    if station.startswith("urgent"):
        _urgent(intake, account)
    if station == "expired":
        expire(intake=intake)
    elif not station.endswith("draft"):
        _sent(who, intake, station, practitioner)
    return 1


def _urgent(intake: Intake, account: User) -> None:
    distress = intake.pk % 2
    code, message = ("em_suicide", "M4") if distress else ("em_stroke", "M6")
    said = {code: "thoughts" if distress else "yes"}
    for happened in ("shown", "not_now"):
        note_emergency(
            intake=intake, codes=[code], said=said, message=message, happened=happened, by=account
        )


def _sent(who: Person, intake: Intake, station: str, practitioner: Practitioner) -> None:
    account, at = intake.patient.account, timezone.now() - timedelta(hours=who.number * 7 % 90 + 2)
    revision = send(
        intake=intake, token=str(intake.form_token), by=account, now=at, language=who.language
    )
    intake = Intake.objects.select_related("patient").get(pk=intake.pk)
    if station in ("sent", "urgent_sent"):
        return
    if station == "withdrawn":
        move(intake=intake, name="withdraw", by=account)
        return
    open_form(intake=intake, by=practitioner.user)
    if station in SOMEWHERE_IN_REVIEW:
        step(intake=intake, name=SOMEWHERE_IN_REVIEW[station], by=practitioner.user)
    elif station != "in_review":
        _decided(who, revision, station, practitioner, at + timedelta(hours=1))


def _decided(
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
        now=at,
    )
    if station in ("neither", "massage_only"):
        _letter(revision.intake, practitioner.user, sent=station == "massage_only")
    if station == "booked":
        _booked(revision, who.wants)


def _opinion(therapy: str, suitable: bool) -> Opinion:
    if suitable:
        changes = {"massage": ["light pressure"], "acupuncture": ["few needles", "lying down"]}
        return Opinion(therapy, "suitable_with_changes", precautions=changes[therapy])
    reason = "We wait for the view of their doctor."
    return Opinion(therapy, "not_now", reason=reason, next_step="we_write")


def _letter(intake: Intake, by: User, *, sent: bool) -> None:
    letter = letters.start(intake=intake, by=by)
    if sent:
        letters.send(letter=letter, permission="on_form", way="post", by=by)


def _booked(revision: Revision, wants: tuple[str, ...]) -> None:
    patient = revision.intake.patient
    clearance = Clearance.objects.get(patient=patient, state="live")
    slots = free_times(clearance=clearance, therapies=wants, now=timezone.now())
    if slots:
        parts, token = list(slots[0].parts), str(revision.form_token)
        book(clearance=clearance, parts=parts, token=token, by=patient.account)
