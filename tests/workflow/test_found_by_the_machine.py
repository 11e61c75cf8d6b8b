"""What the model found, step by step, each of it once a server error."""

import pytest
from django.utils import timezone
from factories import make_clearance, make_sent, part, token

from clinic.errors import MoveNotPossible, NotAllowed
from intake.booking.models import Visit
from intake.booking.services import book
from intake.review.keeping import keep
from intake.review.models import Clearance, Decision
from intake.review.seconds import ask_colleague
from intake.review.services import Opinion, decide, open_form
from intake.review.urgent import note_contact
from intake.submission.changing import OtherChange, begin_change
from intake.submission.models import EmergencyEvent, Intake, Revision
from intake.submission.services import note_emergency
from tests.review.changed_forms import changed, decided, first_sent, of
from tests.review.conftest import complete, draft, questions, today

__all__ = ["complete", "draft", "questions", "today"]
BOTH = [Opinion("acupuncture", "suitable"), Opinion("massage", "suitable")]


@pytest.mark.parametrize("late", ["mistake", "an older page"])
def test_what_was_resolved_stays_resolved(patient, practitioner, late):
    sent = make_sent(patient)
    open_form(intake=sent.intake, by=practitioner.user)
    first, second = (
        EmergencyEvent.objects.create(
            intake=sent.intake, codes=["em_stroke"], message="M6", happened="shown"
        )
        for _ in range(2)
    )
    talk = {"intake": sent.intake, "outcome": "resolved", "found": "Over."}
    note_contact(**talk, by=practitioner.user, seen=second.pk)
    if late == "mistake":
        EmergencyEvent.objects.create(
            intake=sent.intake, codes=["em_stroke"], message="M6", happened="mistake"
        )
    else:
        note_contact(**talk, by=practitioner.user, seen=first.pk)

    decide(revision=sent, opinions=BOTH, by=practitioner.user)

    assert Clearance.objects.live_on(timezone.localdate()).exists()


def test_a_visit_stands_and_is_held_when_an_older_form_is_decided_on(patient, practitioner, room):
    clearance = make_clearance(patient, practitioner)
    parts = [part(practitioner, room)]
    book(clearance=clearance, parts=parts, token=token(), by=patient.account)
    older = make_sent(patient)
    open_form(intake=older.intake, by=practitioner.user)
    make_sent(patient)

    decide(revision=older, opinions=BOTH, by=practitioner.user)

    visit = Visit.objects.with_treatments().get()
    assert visit.clearance.revision == older
    assert visit.is_held


def test_keeping_a_no_ends_what_another_form_cleared(
    complete, questions, today, patient, practitioner
):
    refused = decided(
        first_sent(complete), practitioner.user, acupuncture="not_now", massage="not_now"
    )
    change = changed(refused, questions, today, own_words="Still the same.")
    make_clearance(patient, practitioner)
    open_form(intake=of(change), by=practitioner.user)

    keep(revision=change, by=practitioner.user)

    assert not Clearance.objects.filter(state="live").exists()


def test_two_forms_are_not_changed_at_once(patient):
    older = make_sent(patient).intake
    begin_change(intake=older, reason="forgot", by=patient.account)
    newer = make_sent(patient).intake

    with pytest.raises(OtherChange):
        begin_change(intake=newer, reason="forgot", by=patient.account)

    assert Intake.objects.being_changed().get() == older


def test_nobody_else_leaves_an_urgent_answer(patient, other_patient):
    intake = make_sent(patient).intake

    with pytest.raises(NotAllowed):
        note_emergency(
            intake=intake,
            codes=["em_stroke"],
            message="M6",
            happened="shown",
            by=other_patient.account,
        )

    assert not EmergencyEvent.objects.exists()


def test_no_colleague_is_asked_about_what_is_outdated(
    complete, questions, today, practitioner, masseur
):
    outdated = first_sent(complete)
    newest = changed(of(outdated), questions, today, heart_failure="yes")
    open_form(intake=of(newest), by=practitioner.user)

    with pytest.raises(MoveNotPossible):
        ask_colleague(
            revision=Revision.objects.get(pk=outdated.pk),
            therapy="massage",
            colleague=masseur.user,
            by=practitioner.user,
        )

    assert not Decision.objects.exists()
