"""Two accounts whose home is worth a look: one looks after someone, one has been here for years."""

from datetime import datetime, timedelta

from django.utils import timezone

from clinic.notices.services import opened
from clinic.people.models import Patient, Practitioner, User
from intake.demo.patients import answers_on, booked, decided, filled_in, letter
from intake.demo.people import Person
from intake.home.services import look_after
from intake.referral.services import note_reply
from intake.review.services import open_form
from intake.submission.models import Intake
from intake.submission.services import send

CARER, LOOKED_AFTER, REGULAR = (
    Person(200),
    Person(
        208,
        said={
            "filled_in_by": "for_someone",
            "helper_name": "Owen Moreau",
            "helper_relation": "son",
            "signed_for": "authority",
        },
    ),
    Person(213),
)
EPISODES = 8
"""Forms of the one who has been here long, three months apart."""


def add_households(practitioner: Practitioner) -> int:
    """How many accounts are new."""
    new = 0
    for who, fill in ((CARER, _two_people), (REGULAR, _long_history)):
        if not User.objects.filter(email=who.email).exists():
            fill(User.objects.create_user(who.email, name=who.name), practitioner)
            new += 1
    return new


def _two_people(account: User, practitioner: Practitioner) -> None:
    """The account holder may book; the form of the person they look after is waiting."""
    at = timezone.now() - timedelta(days=6)
    intake = filled_in(answers_on(CARER, at), account, at=at)
    revision = send(intake=intake, token=str(intake.form_token), by=account, now=at)
    _opened(intake, practitioner, at + timedelta(hours=20))
    decided(CARER, revision, "cleared", practitioner, at + timedelta(hours=26))
    other = look_after(name=LOOKED_AFTER.name, relation=Patient.Relation.CARED_FOR, by=account)
    at = timezone.now() - timedelta(hours=30)
    intake = filled_in(answers_on(LOOKED_AFTER, at), account, at=at, patient=other)
    send(intake=intake, token=str(intake.form_token), by=account, now=at)


def _long_history(account: User, practitioner: Practitioner) -> None:
    for episode in range(EPISODES, 0, -1):
        at = timezone.now() - timedelta(days=92 * episode - 80)
        intake = filled_in(answers_on(REGULAR, at), account, at=at)
        revision = send(intake=intake, token=str(intake.form_token), by=account, now=at)
        _opened(intake, practitioner, at + timedelta(hours=18))
        decided(REGULAR, revision, "cleared", practitioner, at + timedelta(hours=30))
        if episode > 1:
            opened(patient=intake.patient, reference=intake.reference)
        for days in (2, 9):
            booked(revision, REGULAR.wants, at=at + timedelta(days=days))
        if episode == 2:
            day = at + timedelta(days=5)
            sent = letter(intake, practitioner.user, sent=True, at=day)
            reply = "No objection."
            note_reply(letter=sent, reply=reply, by=practitioner.user, now=day + timedelta(days=6))


def _opened(intake: Intake, practitioner: Practitioner, at: datetime) -> None:
    sent = Intake.objects.select_related("patient").get(pk=intake.pk)
    open_form(intake=sent, by=practitioner.user, now=at)
