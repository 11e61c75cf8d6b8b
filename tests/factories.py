"""Invented people and the way to a bookable visit. No surprises: every step is real."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from clinic.people.models import Patient, Practitioner, Registration, User
from intake.booking.models import Room
from intake.booking.services import Part
from intake.questionnaire.services import load_default as load_questions
from intake.review.models import Clearance
from intake.review.services import Opinion, decide, open_form
from intake.review.weighing import Terms
from intake.screening.levels import BY_CODE
from intake.screening.services import load_default as load_rules
from intake.screening.weight import weight
from intake.submission.models import Flag, Intake, Revision

LONDON = ZoneInfo("Europe/London")


def make_patient(email: str, name: str) -> Patient:
    account = User.objects.create_user(email, name=name)
    return Patient.objects.create(
        account=account, name=name, call_me=name.split()[0], born=date(1973, 6, 4)
    )


def make_practitioner(email: str, name: str, *therapies: str) -> Practitioner:
    user = User.objects.create_user(email, "a long enough password", name=name)
    practitioner = Practitioner.objects.create(user=user, title=name)
    for therapy in therapies:
        Registration.objects.create(
            practitioner=practitioner,
            therapy=therapy,
            body="Register of Invented Practitioners",
            number=f"{therapy[:3].upper()}-{practitioner.pk:04d}",
            valid_until=timezone.localdate() + timedelta(days=365),
        )
    return practitioner


def make_sent(
    patient: Patient,
    *,
    flags: dict[str, str] | None = None,
    answers: dict[str, object] | None = None,
    wants: tuple[str, ...] = ("acupuncture", "massage"),
    unanswered: list[str] | None = None,
) -> Revision:
    """A sent form; flags: code -> level for every modality."""
    intake = Intake.objects.create(patient=patient, question_set=load_questions())
    revision = Revision.objects.create(
        intake=intake,
        number=1,
        question_set_id=intake.question_set_id,
        rule_set=load_rules(),
        answers={"own_words": "My shoulder has been stiff since the summer."} | (answers or {}),
        screening={"unanswered": unanswered or []},
        digest="0" * 64,
        form_token=intake.form_token,
        language="en",
        zone="Europe/London",
        sent_by=patient.account,
        sent_at=timezone.now(),
        wants_acupuncture="acupuncture" in wants,
        wants_massage="massage" in wants,
        rank=max((BY_CODE[level] for level in (flags or {}).values()), default=0),
    )
    for code, level in (flags or {}).items():
        levels = dict.fromkeys(("acupuncture", "electroacupuncture", "heat", "massage"), level)
        make_flag(revision, code, BY_CODE[level], levels=levels)
    Intake.objects.filter(pk=intake.pk).update(state="submitted")
    intake.refresh_from_db()
    return revision


def make_flag(revision: Revision, code: str, rank: int, **finding: object) -> Flag:
    """One finding as screening would have written it."""
    finding = {"code": code, **finding}
    return Flag.objects.create(
        revision=revision,
        code=code,
        rank=rank,
        acupuncture_weight=weight(finding, "acupuncture"),
        massage_weight=weight(finding, "massage"),
        details=finding,
    )


def make_clearance(
    patient: Patient, practitioner: Practitioner, *therapies: str, **terms
) -> Clearance:
    """Sent, opened and decided by `practitioner`; the therapies not named are "not now"."""
    revision = make_sent(patient)
    open_form(intake=revision.intake, by=practitioner.user)
    wanted = therapies or ("acupuncture", "massage")
    opinions = [
        Opinion(therapy, "suitable")
        if therapy in wanted
        else Opinion(therapy, "not_now", reason="for the test", next_step="see_doctor")
        for therapy in ("acupuncture", "massage")
    ]
    decide(revision=revision, opinions=opinions, by=practitioner.user, terms=Terms(**terms))
    return Clearance.objects.get(patient=patient, state="live")


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """That many days from today, at this clock time in the clinic."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time(hour, minute), LONDON)


def part(
    practitioner: Practitioner,
    room: Room,
    therapy: str = "massage",
    *,
    days: int = 3,
    hour: int = 10,
) -> Part:
    start = at(days, hour)
    return Part(therapy, practitioner.pk, room.pk, start, start + timedelta(minutes=45))


def token() -> str:
    return str(uuid.uuid4())
