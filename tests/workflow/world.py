"""A small clinic with its people, and the answers its patients give, worked out once."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone
from factories import make_practitioner

from clinic.people.models import Patient, Registration, User
from intake.booking.models import Room
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.services import load_default as load_rules
from tests.submission.filling import plain_answers

WELL = {"diabetes": "no", "osteoporosis": "no", "takes_medicines": "no"}
SAID = {
    "well": WELL,
    "other words": WELL | {"own_words": "It is in my neck now."},
    "a stop": WELL | {"heart_failure": "yes"},
    "not sure": {},
    "ruled out": WELL | {"dvt_current": "yes"},
    "massage only": WELL | {"wants": ["massage"]},
}
"""What a patient may say. "Ruled out" rules massage out; "other words" moves no safety answer."""
PRACTITIONERS = {
    "both": ("acupuncture", "massage"),
    "needles": ("acupuncture",),
    "hands": ("massage",),
    "unregistered": (),
}
ACCOUNTS = ("rosa", "tomas")
EMPTIED = "people_patient, people_registration, procrastinate_jobs, notices_notice"


class World:
    """Its people stay from run to run; patients, forms, decisions and visits do not."""

    def __init__(self) -> None:
        load_rules()
        questions, today = outline(load_questions().pk), timezone.localdate()
        self.answers = {
            name: {**plain_answers(questions, today, **said), **said} for name, said in SAID.items()
        }
        for name in PRACTITIONERS:
            make_practitioner(f"{name}@example.org", name)
        User.objects.create_user("reception@example.org", name="reception", is_reception=True)
        for name in ("manager", "manager2"):
            User.objects.create_user(f"{name}@example.org", name=name, is_manager=True)
        for name in ACCOUNTS:
            User.objects.create_user(f"{name}@example.org", name=name)
        self.rooms = [Room.objects.create(name=name) for name in ("Willow room", "Birch room")]
        self.staff_pks = {
            user.name: user.practitioner.pk for user in User.objects.filter(practitioner__gt=0)
        }

    def begin_again(self, until: date) -> None:
        """Nothing has happened yet; every registration holds until that day."""
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {EMPTIED} CASCADE")
        User.objects.filter(is_active=False).update(is_active=True)
        Registration.objects.bulk_create(
            Registration(
                practitioner_id=self.staff_pks[name],
                therapy=therapy,
                body="Register of Invented Practitioners",
                number=f"{name}-{therapy}",
                valid_until=until,
            )
            for name, therapies in PRACTITIONERS.items()
            for therapy in therapies
        )
        self.users = {user.name: user for user in self._all()}
        self.users["anonymous"] = AnonymousUser()
        self.patients = Patient.objects.bulk_create(
            Patient(account=self.users[account], relation=relation, name="", born=None)
            for account, relation in (("rosa", "self"), ("rosa", "child"), ("tomas", "self"))
        )

    def _all(self):
        return User.objects.select_related("practitioner").all()

    def meet_again(self, name: str) -> None:
        """As the next request would: what was read about this person is read anew."""
        self.users[name] = self._all().get(name=name)

    def registered(self, name: str, therapy: str, until: date) -> None:
        Registration.objects.filter(practitioner_id=self.staff_pks[name], therapy=therapy).update(
            valid_until=until
        )
        self.meet_again(name)

    def active(self, name: str, yes: bool) -> None:
        User.objects.filter(name=name).update(is_active=yes)
        self.meet_again(name)


LONG = timedelta(days=2000)
