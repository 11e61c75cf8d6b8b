"""A clinic in which every page of the review room has something to show."""

from datetime import timedelta

from django.utils import timezone
from factories import make_patient, make_practitioner, make_sent

from clinic.people.models import Practitioner, User
from intake.demo.services import fill
from intake.referral.models import Letter
from intake.review import alerts, holding
from intake.review.asking import Asked, ask
from intake.review.asking_reminders import close_unanswered
from intake.review.ending import holding as holding_back
from intake.review.private_notes import save_note
from intake.review.rescreening import rescreen_due
from intake.review.seconds import ask_colleague
from intake.review.services import Opinion, decide, open_form
from intake.review.taking_back import TAKE_BACK
from intake.submission.models import Intake, Revision
from tests.journeys.crawling import sort_of
from tests.review.published_later import STOP, weighs

LONG = "Wolfeschlegelsteinhausenbergerdorffundsohn"
LONG_NAME = f"Maximiliane-Theodora {LONG}-{LONG}"
NOT_NOW = Opinion("massage", "not_now", f"{LONG} " * 3, next_step="see_doctor")
SUITABLE = Opinion("massage", "suitable")


def fill_the_room() -> dict[str, Intake]:
    """What a special case is -> its form. Every other state is a demo patient's."""
    fill(patients=20)
    mei, jo = User.objects.get(email="mei@example.org"), User.objects.get(email="jo@example.org")
    kit = make_practitioner("kit@example.org", f"Kit {LONG}", "massage")
    close_unanswered(now=timezone.now() + timedelta(days=60))
    special = {
        "long names": _long_names(mei, kit),
        "two disagree": _two_disagree(jo, kit.user),
        "I am asked": _mei_is_asked(jo, mei),
        "can be taken back": _decided_now(mei),
        "a colleague decided": _decided_now(jo),
        "questions wait": _asked(mei),
    }
    urgent = Intake.objects.filter(emergencies__isnull=False).order_by("pk").first()
    alerts.take(intake=urgent, by=jo)
    weighs("diabetes", *STOP, name="2027.1")
    rescreen_due()
    return special


def _sent(name: str, **more) -> Revision:
    address = f"{name.split()[0].lower()}.{Intake.objects.count()}@example.net"
    return make_sent(make_patient(address, name), **more)


def _opened(by: User, name: str, **more) -> Revision:
    revision = _sent(name, **more)
    open_form(intake=revision.intake, by=by)
    return revision


def _long_names(mei: User, kit: Practitioner) -> Intake:
    words = {"own_words": f"{LONG * 4} aches when I sit."}
    revision = _opened(mei, LONG_NAME, flags={"heart_failure": "consult_first"}, answers=words)
    save_note(intake=revision.intake, by=mei, text=LONG * 5)
    holding.hand_over(intake=revision.intake, to=kit.user, by=mei, note=LONG * 3)
    return revision.intake


def _two_disagree(jo: User, kit: User) -> Intake:
    revision = _opened(jo, "Ines Abara", wants=("massage",))
    for by, opinion in ((jo, SUITABLE), (kit, NOT_NOW)):
        decide(revision=revision, opinions=[opinion], by=by, wait=TAKE_BACK)
    return revision.intake


def _mei_is_asked(jo: User, mei: User) -> Intake:
    flags = {"dvt_current": "contraindicated"}
    revision = _opened(jo, "Bo Moreau", wants=("massage",), flags=flags)
    ask_colleague(revision=revision, therapy="massage", colleague=mei, by=jo, question=f"{LONG}?")
    return revision.intake


def _decided_now(by: User) -> Intake:
    revision = _opened(by, f"Uma Osei {by.name}")
    decide(revision=revision, opinions=[SUITABLE], by=by, wait=TAKE_BACK, for_patient=LONG * 3)
    return revision.intake


def _asked(mei: User) -> Intake:
    revision = _opened(mei, "Ola Varga")
    ask(revision=revision, questions=[Asked("", f"Which {LONG} was it?")], by=mei)
    return revision.intake


def kind_of(special: dict[str, Intake]):
    """One case and letter in each state, each special case, every tab, one of every other sort."""
    names = {intake.reference: name for name, intake in special.items()}

    def kind(path: str) -> str:
        sort = sort_of(path)
        if not sort.startswith(("review:", "referral:", "home")):
            return ""
        if sort == "review:queue":
            return path
        if sort == "referral:letter":
            sent = Letter.objects.get(reference=path.split("/")[2]).sent_at
            return f"{sort} {'sent' if sent else 'drafted'}"
        if sort != "review:case":
            return sort
        reference, _, query = path.removeprefix("/reviews/").partition("/")
        if query.startswith("?history="):
            return query
        intake = Intake.objects.get(reference=reference)
        held = ", on hold" if holding_back(intake.patient) else ""
        state = f"{intake.state}, {intake.revisions.count()} sent{held}"
        return f"{names.get(reference, state)} {query}"

    return kind
