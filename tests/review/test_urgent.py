"""Urgent answers: on top until someone has spoken to the patient; nobody is cleared past them."""

import pytest
from factories import make_sent
from refusals import refused, run, stored, without

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from intake.questionnaire.services import load_default as load_questions
from intake.review.models import Clearance, Contact, Outcome
from intake.review.services import EmergencyOpen, Opinion, decide, open_form
from intake.review.urgent import note_contact, read, sent_on, waiting
from intake.screening.services import load_default as load_rules
from intake.submission.models import EmergencyEvent, Intake
from intake.submission.services import begin

BOTH = [Opinion("acupuncture", "suitable"), Opinion("massage", "suitable")]
CONTACT = """
    INSERT INTO review_contact (intake_id, newest_event_id, by_id, outcome, spoke_with, found)
    VALUES (%s, %s, %s, 'resolved', '', '')
"""


def alarm(intake: Intake, *happened: str) -> EmergencyEvent:
    for each in happened or ("shown",):
        event = EmergencyEvent.objects.create(
            intake=intake, codes=["em_stroke"], message="M6", happened=each
        )
    return event


def spoken(intake, practitioner, seen, outcome=Outcome.RESOLVED) -> Contact:
    return note_contact(
        intake=intake, outcome=outcome, found="Well now.", by=practitioner.user, seen=seen
    )


@pytest.fixture
def revision(patient, practitioner):
    sent = make_sent(patient)
    open_form(intake=sent.intake, by=practitioner.user)
    return sent


class TestAnUrgentAnswer:
    def test_waits_on_top_even_when_taken_back_and_before_the_form_is_sent(self, patient):
        load_rules(), load_questions()
        draft = begin(by=patient.account)

        alarm(draft, "shown", "mistake")

        assert list(waiting()) == [draft]

    def test_leaves_the_top_once_someone_spoke_to_the_patient(self, revision, practitioner):
        event = alarm(revision.intake)

        spoken(revision.intake, practitioner, event.pk, Outcome.SENT_ON)

        assert not waiting().exists()

    def test_stays_when_nobody_answered(self, revision, practitioner):
        event = alarm(revision.intake)

        spoken(revision.intake, practitioner, event.pk, Outcome.NO_ANSWER)

        assert list(waiting()) == [revision.intake]

    def test_that_came_while_the_page_was_open_still_waits(self, revision, practitioner):
        seen = alarm(revision.intake)
        alarm(revision.intake)

        spoken(revision.intake, practitioner, seen.pk)

        assert list(waiting()) == [revision.intake]

    def test_is_read_by_practitioners_only_and_on_record(self, revision, practitioner, patient):
        alarm(revision.intake)

        with pytest.raises(NotAllowed):
            read(intake=revision.intake, by=patient.account)
        read(intake=revision.intake, by=practitioner.user)

        assert Event.objects.filter(action="read_urgent_answers").count() == 1


class TestClearing:
    @pytest.fixture(params=["an_event", "a_flag"])
    def urgent(self, request, patient, practitioner):
        """A form with an urgent answer: given and changed since, or still on the form."""
        flags = {"em_stroke": "emergency"} if request.param == "a_flag" else {}
        sent = make_sent(patient, flags=flags)
        open_form(intake=sent.intake, by=practitioner.user)
        return sent, alarm(sent.intake) if request.param == "an_event" else None

    def test_waits_for_someone_to_speak_to_the_patient(self, urgent, practitioner):
        with pytest.raises(EmergencyOpen):
            decide(revision=urgent[0], opinions=BOTH, by=practitioner.user)

        assert not Clearance.objects.exists()

    @pytest.mark.parametrize("outcome", [Outcome.SENT_ON, Outcome.NO_ANSWER])
    def test_waits_while_it_is_not_resolved(self, urgent, practitioner, outcome):
        revision, event = urgent
        spoken(revision.intake, practitioner, event and event.pk, outcome)

        with pytest.raises(EmergencyOpen):
            decide(revision=revision, opinions=BOTH, by=practitioner.user)

    def test_is_possible_after_it_was_resolved(self, urgent, practitioner):
        revision, event = urgent
        spoken(revision.intake, practitioner, event and event.pk)
        answers = {flag.pk: ("resolved_after_contact", "Over.") for flag in revision.flags.all()}

        decide(revision=revision, opinions=BOTH, by=practitioner.user, flag_answers=answers)

        assert Clearance.objects.get().together

    def test_not_now_needs_no_contact(self, urgent, practitioner):
        no = [Opinion(o.therapy, "not_now", next_step="today") for o in BOTH]

        decide(revision=urgent[0], opinions=no, by=practitioner.user)

        assert not Clearance.objects.exists()

    def test_waits_for_what_is_urgent_on_another_form_of_the_same_patient(
        self, revision, patient, practitioner
    ):
        alarm(make_sent(patient).intake)

        with pytest.raises(EmergencyOpen):
            decide(revision=revision, opinions=BOTH, by=practitioner.user)

    def test_waits_again_when_they_were_sent_on_later(self, revision, practitioner):
        event = alarm(revision.intake)
        spoken(revision.intake, practitioner, event.pk)
        spoken(revision.intake, practitioner, event.pk, Outcome.SENT_ON)

        with pytest.raises(EmergencyOpen):
            decide(revision=revision, opinions=BOTH, by=practitioner.user)
        assert list(sent_on()) == [revision.intake]

    def test_is_refused_by_the_database_too(self, urgent, practitioner, monkeypatch):
        monkeypatch.setattr("intake.review.urgent.blocks", lambda *args: False)
        answers = {flag.pk: ("resolved_after_contact", "x") for flag in urgent[0].flags.all()}

        name = "emergency_resolved_before_clearing"
        with refused(name):
            decide(revision=urgent[0], opinions=BOTH, by=practitioner.user, flag_answers=answers)

    def test_twin_without_the_trigger(self, urgent, practitioner, monkeypatch):
        monkeypatch.setattr("intake.review.urgent.blocks", lambda *args: False)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("review_verdict", "emergency_resolved_before_clearing")
        without("review_verdict", "nothing_urgent_open_when_clearing")
        without("review_flaganswer", "emergency_flag_answered_after_contact")
        run("SET CONSTRAINTS ALL DEFERRED")
        answers = {flag.pk: ("resolved_after_contact", "x") for flag in urgent[0].flags.all()}

        decide(revision=urgent[0], opinions=BOTH, by=practitioner.user, flag_answers=answers)

        assert Clearance.objects.exists()


class TestAContact:
    def test_by_anyone_but_a_practitioner_is_refused(self, revision, patient):
        event = alarm(revision.intake)

        with pytest.raises(NotAllowed):
            note_contact(
                intake=revision.intake, outcome="resolved", found="x", by=patient.account, seen=None
            )
        with refused("contact_by_a_practitioner"):
            run(CONTACT, (revision.intake_id, event.pk, patient.account_id))

    def test_by_anyone_but_a_practitioner_twin(self, revision, patient):
        event = alarm(revision.intake)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("review_contact", "contact_by_a_practitioner")
        without("review_contact", "contact_by_someone_registered")

        run(CONTACT, (revision.intake_id, event.pk, patient.account_id))

        assert stored("review_contact") == 1

    def test_about_the_events_of_another_form_is_refused(
        self, revision, other_patient, practitioner
    ):
        elsewhere = alarm(make_sent(other_patient).intake)

        with refused("contact_by_a_practitioner"):
            run(CONTACT, (revision.intake_id, elsewhere.pk, practitioner.user_id))

    def test_neither_changes_nor_vanishes(self, revision, practitioner):
        spoken(revision.intake, practitioner, alarm(revision.intake).pk)

        for statement in (
            "UPDATE review_contact SET outcome = 'resolved'",
            "DELETE FROM review_contact",
        ):
            with refused("review_contact_append_only"):
                run(statement)

    def test_neither_changes_nor_vanishes_twin(self, revision, practitioner):
        spoken(revision.intake, practitioner, alarm(revision.intake).pk)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("review_contact", "review_contact_append_only")

        run("DELETE FROM review_contact")

        assert stored("review_contact") == 0

    def test_by_someone_whose_registration_has_ended_is_refused(self, revision, practitioner):
        event = alarm(revision.intake)
        run("UPDATE people_registration SET valid_until = current_date - 1")

        with refused("contact_by_someone_registered"):
            run(CONTACT, (revision.intake_id, event.pk, practitioner.user_id))
