"""A small clinic with its people, and the answers its patients give, worked out once."""

from copy import deepcopy
from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone
from factories import make_practitioner
from model import AS_THEY_CAME, VERSIONS

from clinic.people.models import Patient, Registration, User
from intake.booking.models import Room
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.screening.editing.publishing import next_number, put_in_force
from intake.screening.models import RuleSet
from intake.screening.rule_set import digest
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


RULES = "screening_ruleset"
NEVER_CHANGES = "published_rule_set_never_changes"
CODES = {"diabetes": "diabetes", "heart": "heart_failure"}
LEVELS = {3: "consult_first", 4: "contraindicated"}


def rows_of(version: str, as_they_came: dict) -> dict:
    """The rules as they came, but for what weighs more in this version, in each way of treating."""
    rows = deepcopy(as_they_came) | {"name": version}
    for name, level in VERSIONS[version].items():
        rule = next(each for each in rows["rules"] if each["code"] == CODES[name])
        rule["levels"] = [LEVELS[level]] * 4
    return rows


class World:
    """Its people stay from run to run; patients, forms, decisions and visits do not."""

    def __init__(self) -> None:
        self.first_rules = load_rules()
        later = [each for each in VERSIONS if each != AS_THEY_CAME]
        self.later_rules = {each: rows_of(each, self.first_rules.rows) for each in later}
        self.marks = {each: digest(rows) for each, rows in self.later_rules.items()}
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
            cursor.execute(f"SELECT count(*) FROM {RULES}")
            if cursor.fetchone()[0] > 1:
                cursor.execute(f"ALTER TABLE {RULES} DISABLE TRIGGER {NEVER_CHANGES}")
                cursor.execute(f"DELETE FROM {RULES} WHERE id <> %s", [self.first_rules.pk])
                cursor.execute(f"ALTER TABLE {RULES} ENABLE ALWAYS TRIGGER {NEVER_CHANGES}")
        self.rule_pks = {AS_THEY_CAME: self.first_rules.pk}
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

    def publishes(self, version: str) -> None:
        rule_set = RuleSet.objects.create(
            name=version,
            number=next_number(),
            digest=self.marks[version],
            rows=self.later_rules[version],
        )
        put_in_force(rule_set=rule_set, by=None, now=timezone.now(), note="Newer guidance.")
        self.rule_pks[version] = rule_set.pk

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
