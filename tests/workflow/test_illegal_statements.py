"""Every way round the chain that fits in a statement, tried as the application's database role."""

import pytest
from _pytest.outcomes import Failed
from factories import make_clearance, make_patient, make_practitioner, make_sent, part, token
from illegal_decisions import CLEARANCES, DECISIONS
from illegal_statements import BOOKING, CHANGED, FORMS
from refusals import refused, run

from clinic.audit.models import Event
from clinic.people.models import Patient, User
from intake.booking.models import Room
from intake.booking.services import book
from intake.review.models import Decision, Verdict
from intake.review.services import Opinion, decide, open_form
from intake.review.urgent import note_contact
from intake.submission.models import EmergencyEvent, Goal, Intake, Signature

EVERYTHING = BOOKING | CHANGED | FORMS | DECISIONS | CLEARANCES


@pytest.fixture
def rows(patient, other_patient, practitioner, masseur, room) -> dict[str, int]:
    """Rosa is cleared for massage and has a visit; Tomas is cleared for both; Ana's form is being
    read, and a second one of hers waits."""
    lee = make_practitioner("lee@example.org", "Lee Park", "acupuncture")
    sam = User.objects.create_user("sam@example.org", name="Sam Reid", is_reception=True)
    clearance = make_clearance(patient, practitioner, "massage", sessions=2, weeks=6)
    form = clearance.revision.intake
    other = make_clearance(other_patient, practitioner)
    parts = [part(practitioner, room)]
    visit = book(clearance=clearance, parts=parts, token=token(), by=patient.account)
    ana = make_patient("ana@example.org", "Ana Reyes")
    second = make_sent(ana, flags={"em_stroke": "emergency"})
    waiting = make_sent(ana, flags={"heart_failure": "caution"})
    open_form(intake=waiting.intake, by=practitioner.user)
    event = noted(waiting.intake, practitioner.user)
    other_event = noted(form, practitioner.user)
    Goal.objects.create(revision=waiting, code="pain", baseline=6)
    Signature.objects.create(revision=waiting, code="consent", agreed=True, text_digest="0" * 64)
    answered(make_patient("ida@example.org", "Ida Brandt"), practitioner.user)
    verdicts = Verdict.objects.filter(decision__revision=clearance.revision)
    registered = {r.therapy: r.pk for r in practitioner.registrations.all()}
    run("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    assert Event.objects.exists()
    return {
        "rosa": patient.pk,
        "rosa_account": patient.account_id,
        "tomas": other_patient.pk,
        "ana": ana.account_id,
        "ana_patient": ana.pk,
        "mei": practitioner.user_id,
        "mei_works": practitioner.pk,
        "mei_massage": registered["massage"],
        "jo": masseur.user_id,
        "jo_works": masseur.pk,
        "jo_massage": masseur.registrations.get().pk,
        "lee_works": lee.pk,
        "lee_acupuncture": lee.registrations.get().pk,
        "sam": sam.pk,
        "room": room.pk,
        "other_room": Room.objects.create(name="Birch room").pk,
        "form": form.pk,
        "revision": clearance.revision_id,
        "clearance": clearance.pk,
        "other_clearance": other.pk,
        "visit": visit.pk,
        "waiting": waiting.pk,
        "waiting_form": waiting.intake_id,
        "second_form": second.intake_id,
        "flag": waiting.flags.get().pk,
        "urgent_flag": second.flags.get().pk,
        "event": event.pk,
        "other_event": other_event.pk,
        "decision": Decision.objects.filter(revision=clearance.revision).get().pk,
        "yes": verdicts.get(therapy="massage").pk,
        "refusal": verdicts.get(therapy="acupuncture").pk,
        "other_yes": Verdict.objects.get(
            decision__revision=other.revision, therapy="acupuncture"
        ).pk,
    }


def noted(intake: Intake, by: User) -> EmergencyEvent:
    """An urgent answer that was resolved by phone."""
    event = EmergencyEvent.objects.create(
        intake=intake, codes=["em_stroke"], message="M6", happened="shown"
    )
    note_contact(intake=intake, outcome="resolved", found="Over.", by=by, seen=event.pk)
    return event


def answered(patient: Patient, by: User) -> None:
    """A form with a flag that was answered, and one that was seen, before a therapy was cleared."""
    sent = make_sent(
        patient, flags={"heart_failure": "consult_first", "scar": "caution"}, wants=("massage",)
    )
    open_form(intake=sent.intake, by=by)
    flag, seen = sent.flags.all()
    clear = Opinion("massage", "suitable")
    answers = {flag.pk: ("other", "Said.")}
    decide(revision=sent, opinions=[clear], by=by, flag_answers=answers, flags_seen=[seen.pk])


def test_each_of_them_is_refused_by_its_own_protection(rows):
    assert len(EVERYTHING) > 60
    passed = {}
    for tried, (statement, protection) in EVERYTHING.items():
        try:
            with refused(protection):
                run(statement.format(**rows))
        except (AssertionError, Failed) as stored:
            passed[tried] = str(stored) or stored.__cause__
    assert not passed
