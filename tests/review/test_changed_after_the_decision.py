"""What a change does to the decision: hold it, leave it standing, keep it, or decide again."""

import pytest
from django.db import connection
from refusals import refused, run, without

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from intake.review.keeping import CannotKeep, NewStop, OtherWish, keep
from intake.review.models import Clearance, Decision, OnHold
from intake.review.services import open_form
from intake.submission.models import Intake, Revision
from tests.review.changed_forms import changed, decided, first_sent, of
from tests.submission.changes import begun, said


@pytest.fixture
def cleared(complete, practitioner) -> Intake:
    return decided(first_sent(complete), practitioner.user)


def is_held(day) -> bool:
    return not Clearance.objects.live_on(day).exists()


class TestAChange:
    def test_of_a_safety_answer_holds_what_was_cleared(self, cleared, questions, today):
        changed(cleared, questions, today, diabetes="no")

        assert is_held(today)
        assert Clearance.objects.get().state == "live"

    def test_of_nothing_but_words_leaves_it_standing(self, cleared, questions, today):
        changed(cleared, questions, today, own_words="It is in my neck now.")

        assert not is_held(today)
        assert Intake.objects.get().state == "submitted"

    def test_that_only_begins_holds_nothing(self, cleared, questions, today):
        said(begun(cleared), diabetes="no")

        assert not is_held(today)

    def test_back_to_what_it_was_is_still_read_first(self, cleared, questions, today):
        changed(cleared, questions, today, diabetes="no")
        changed(of(Revision.objects.last()), questions, today)

        assert is_held(today)

    def test_holds_in_the_database_twin(self, cleared, questions, today):
        """Were the change not marked, what was cleared could be booked."""
        changed(cleared, questions, today, diabetes="no")
        assert is_held(today)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("ALTER TABLE submission_revision DISABLE TRIGGER submission_revision_append_only")

        with connection.cursor() as cursor:
            cursor.execute("UPDATE submission_revision SET moves_safety = false WHERE number = 2")

        assert not is_held(today)


class TestKeeping:
    def test_repeats_the_decision_and_leaves_the_clearance(
        self, cleared, questions, today, practitioner
    ):
        before = Clearance.objects.get()
        revision = changed(cleared, questions, today, osteoporosis="no")
        open_form(intake=of(revision), by=practitioner.user)

        keep(revision=revision, by=practitioner.user)

        old, new = Decision.objects.order_by("pk")
        assert (new.keeps, new.revision, new.for_patient) == (old, revision, old.for_patient)
        assert Clearance.objects.get() == before
        assert not is_held(today)
        assert Intake.objects.get().state == "decided"
        assert Event.objects.filter(action="decision_kept").count() == 1

    def test_is_refused_past_a_new_stop(self, cleared, questions, today, practitioner):
        revision = changed(cleared, questions, today, heart_failure="yes")
        open_form(intake=of(revision), by=practitioner.user)

        with pytest.raises(NewStop):
            keep(revision=revision, by=practitioner.user)

        assert is_held(today)

    def test_is_refused_when_they_ask_for_something_else(
        self, cleared, questions, today, practitioner
    ):
        revision = changed(cleared, questions, today, wants=["massage"])
        open_form(intake=of(revision), by=practitioner.user)

        with pytest.raises(OtherWish):
            keep(revision=revision, by=practitioner.user)

    def test_of_what_was_never_decided_is_refused(self, complete, questions, today, practitioner):
        first = first_sent(complete)
        revision = changed(of(first), questions, today)
        open_form(intake=of(revision), by=practitioner.user)

        with pytest.raises(CannotKeep):
            keep(revision=revision, by=practitioner.user)

    def test_by_someone_registered_in_one_therapy_keeps_that_one(
        self, cleared, questions, today, masseur, practitioner
    ):
        revision = changed(cleared, questions, today, diabetes="no")
        open_form(intake=of(revision), by=masseur.user)

        keep(revision=revision, by=masseur.user)
        assert is_held(today)
        keep(revision=revision, by=practitioner.user)

        assert not is_held(today)
        assert Clearance.objects.count() == 1

    def test_by_someone_not_registered_is_refused(self, cleared, questions, today, practitioner):
        revision = changed(cleared, questions, today, diabetes="no")
        open_form(intake=of(revision), by=practitioner.user)
        run("UPDATE people_registration SET valid_until = '2020-01-01'")

        with pytest.raises(NotAllowed):
            keep(revision=revision, by=practitioner.user)

        assert Decision.objects.count() == 1


class TestDecidingAgain:
    def test_takes_the_place_of_what_was_cleared(self, cleared, questions, today, practitioner):
        revision = changed(cleared, questions, today, diabetes="no")

        decided(revision, practitioner.user, acupuncture="not_now")

        old, new = Clearance.objects.order_by("pk")
        assert (old.state, new.state) == ("revoked", "live")
        assert [each.therapy for each in new.therapies.all()] == ["massage"]
        assert not is_held(today)


class TestARefusedTherapy:
    NAME = "nothing_refused_stays_cleared"

    @pytest.fixture
    def forged(self, cleared, questions, today, practitioner):
        """A “not now” on the change, and the form closed without ending what was cleared."""
        revision = changed(cleared, questions, today, diabetes="no")
        open_form(intake=of(revision), by=practitioner.user)
        decision = Decision.objects.create(revision=revision, by=practitioner.user)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")
        registration = practitioner.registrations.get(therapy="massage")
        decision.verdicts.create(
            therapy="massage",
            suitability="not_now",
            next_step="later",
            registration=registration,
        )
        return f"UPDATE submission_intake SET state = 'decided' WHERE id = {cleared.pk}"

    def test_does_not_stay_cleared(self, forged):
        with refused(self.NAME):
            run(forged)

    def test_twin(self, forged, today):
        without("submission_intake", self.NAME)

        run(forged)

        held = Clearance.objects.alias(held=OnHold("patient_id", "created_at"))
        assert held.filter(state="live", held=False).exists()
