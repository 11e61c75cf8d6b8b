"""Fills an invented clinic. Twice changes nothing."""

from datetime import time, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils import timezone

from clinic.identity.models import Clinic
from clinic.people.models import Practitioner, Registration, User
from intake.booking.free_times import free_times
from intake.booking.models import Room, Service, WeeklyHours
from intake.booking.services import book
from intake.demo.answers import answers_of
from intake.demo.people import PASSWORD, TOTP_SECRET, person
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.review.models import Clearance
from intake.review.services import Opinion, decide, open_form
from intake.screening.services import load_default as load_rules
from intake.submission.services import begin, save_answers, send

STAFF = [
    ("mei@example.org", "Mei Lindqvist", ("acupuncture", "massage")),
    ("jo@example.org", "Jo Brandt", ("massage",)),
    ("lee@example.org", "Lee Park", ("acupuncture",)),
]


@transaction.atomic
def fill(*, patients: int = 40) -> int:
    """Staff, hours, and patients in every state; returns how many patients were added."""
    load_questions()
    load_rules()
    _clinic()
    staff = [_practitioner(*each) for each in STAFF]
    _account("sam@example.org", "Sam Reid", is_reception=True)
    _account("ada@example.org", "Ada Novak", is_manager=True)
    return sum(_patient(number, staff[0]) for number in range(patients))


def _clinic() -> None:
    Clinic.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Willow Lane Clinic",
            "address": "1 Willow Lane",
            "phone": "020 7946 0000",
            "emergency_number": "999",
            "hours_text": "Mon to Fri, 9 to 5",
        },
    )
    for name in ("Willow room", "Birch room", "Hazel room"):
        Room.objects.get_or_create(name=name)
    for therapy, minutes in (("acupuncture", 45), ("massage", 60)):
        Service.objects.get_or_create(therapy=therapy, defaults={"minutes": minutes})


def _account(email: str, name: str, **roles) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, name=name, **roles)
        if not Authenticator.objects.filter(user=user).exists():
            TOTP.activate(user, TOTP_SECRET)
    return user


def _practitioner(email: str, name: str, therapies: tuple[str, ...]) -> Practitioner:
    user = _account(email, name)
    practitioner, made = Practitioner.objects.get_or_create(user=user, defaults={"title": name})
    if made:
        for therapy in therapies:
            Registration.objects.create(
                practitioner=practitioner,
                therapy=therapy,
                body="Register of Invented Practitioners",
                number=f"{therapy[:3].upper()}-{practitioner.pk:04d}",
                valid_until=timezone.localdate() + timedelta(days=400),
            )
        WeeklyHours.objects.bulk_create(
            WeeklyHours(practitioner=practitioner, weekday=day, opens=time(9), closes=time(17))
            for day in range(5)
        )
    return practitioner


def _patient(number: int, practitioner: Practitioner) -> int:
    """0: drafts, 1 to 4: sent, 5 and 6: in review, 7 to 9: decided, the last of them booked."""
    who = person(number)
    if User.objects.filter(email=who.email).exists():
        return 0
    account = User.objects.create_user(who.email, name=who.name)
    intake = begin(by=account)
    questions = outline(intake.question_set_id)
    answers = answers_of(who, questions, timezone.localdate())
    step = number % 10
    if step == 0:
        save_answers(intake=intake, answers=dict(list(answers.items())[:12]), by=account)
        return 1
    save_answers(intake=intake, answers=answers, by=account)
    revision = send(intake=intake, token=str(intake.form_token), by=account)
    if step >= 5:
        intake.refresh_from_db()
        open_form(intake=intake, by=practitioner.user)
    if step >= 7:
        _decided(revision, practitioner, book_it=step == 9)
    return 1


def _decided(revision, practitioner: Practitioner, *, book_it: bool) -> None:
    decide(
        revision=revision,
        opinions=[Opinion(t, "suitable") for t in ("acupuncture", "massage")],
        by=practitioner.user,
        for_patient="You can book both treatments together.",
        flag_answers={flag.pk: ("confirmed_with_doctor", "") for flag in revision.flags.all()},
    )
    patient = revision.intake.patient
    clearance = Clearance.objects.get(patient=patient, state="live")
    therapies = ("acupuncture", "massage")
    slots = free_times(clearance=clearance, therapies=therapies, now=timezone.now())
    if book_it and slots:
        parts = list(slots[0].parts)
        book(clearance=clearance, parts=parts, token=str(revision.form_token), by=patient.account)
