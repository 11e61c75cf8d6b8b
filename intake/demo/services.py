"""Fills an invented clinic: its details, its staff and its patients. Twice changes nothing."""

from datetime import time, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.utils import timezone

from clinic.identity.models import Clinic
from clinic.people.models import Practitioner, Registration, User
from intake.booking.models import Room, Service, WeeklyHours
from intake.demo.asked import add_asked
from intake.demo.changed import add_changed
from intake.demo.households import add_households
from intake.demo.patients import add_patient
from intake.demo.people import PASSWORD, TOTP_SECRET
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.services import load_default as load_questions
from intake.questionnaire.translating import load_translation, mark_checked
from intake.questionnaire.translation_files import languages
from intake.screening.services import load_default as load_rules

STAFF = [
    ("mei@example.org", "Mei Lindqvist", ("acupuncture", "massage")),
    ("jo@example.org", "Jo Brandt", ("massage",)),
    ("lee@example.org", "Lee Park", ("acupuncture",)),
]


@transaction.atomic
def fill(*, patients: int = 40) -> int:
    """Staff, hours, and patients in every state; returns how many accounts were added."""
    practitioner = open_clinic()
    added = sum(add_patient(number, practitioner) for number in range(patients))
    added += add_households(practitioner) + add_changed(practitioner)
    return added + add_asked(practitioner)


@transaction.atomic
def open_clinic() -> Practitioner:
    """Everything but patients; returns the practitioner who sees them."""
    questions = load_questions()
    load_rules()
    _clinic()
    staff = [_practitioner(*each) for each in STAFF]
    _account("sam@example.org", "Sam Reid", is_reception=True)
    _account("ada@example.org", "Ada Novak", is_manager=True)
    bea = _account("bea@example.org", "Bea Lindqvist", is_manager=True)
    _languages(questions, bea)
    return staff[0]


def _languages(questions: QuestionSet, by: User) -> None:
    """Every language there are files for; here somebody has read and checked them all."""
    for language in languages():
        translation = load_translation(question_set=questions, language=language, by=by)
        addresses = translation.texts.values_list("address", flat=True)
        mark_checked(translation=translation, addresses=list(addresses), by=by)


def _clinic() -> None:
    Clinic.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Willow Lane Clinic",
            "address": "1 Willow Lane",
            "phone": "020 7946 0000",
            "emergency_number": "999",
            "hours_text": "Mon to Fri, 9 to 5",
            "crisis_line": "020 7946 0111",
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
