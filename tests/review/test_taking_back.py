"""A decision waits ten minutes before it clears; until then its maker takes it back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_sent

from clinic.errors import NotAllowed
from clinic.notices.models import Notice
from intake.review.models import Clearance, Decision
from intake.review.services import Opinion, decide, open_form
from intake.review.taking_back import TAKE_BACK, TooLate, send_out, take_back
from intake.submission.models import Revision
from intake.submission.states import State

BOTH = [Opinion("acupuncture", "suitable"), Opinion("massage", "suitable")]


@pytest.fixture
def revision(patient, practitioner) -> Revision:
    revision = make_sent(patient)
    open_form(intake=revision.intake, by=practitioner.user)
    return revision


@pytest.fixture
def decision(revision, practitioner) -> Decision:
    return decide(revision=revision, opinions=BOTH, by=practitioner.user, wait=TAKE_BACK)


def soon() -> dict:
    return {"now": timezone.now() + TAKE_BACK + timedelta(seconds=1)}


def state(revision: Revision) -> str:
    revision.intake.refresh_from_db()
    return revision.intake.state


class TestUntilThen:
    def test_nothing_is_cleared_and_nobody_is_told(self, decision, revision):
        assert send_out() == 0

        assert not Clearance.objects.exists()
        assert not Notice.objects.exists()
        assert state(revision) == State.IN_REVIEW

    def test_its_maker_takes_it_back(self, decision, revision, practitioner):
        take_back(decision=decision, by=practitioner.user)

        assert send_out(**soon()) == 0
        assert not Clearance.objects.exists()
        assert state(revision) == State.IN_REVIEW

    def test_nobody_else_does(self, decision, masseur):
        with pytest.raises(NotAllowed):
            take_back(decision=decision, by=masseur.user)

    def test_another_one_takes_its_place(self, decision, revision, practitioner):
        take_back(decision=decision, by=practitioner.user)
        no = [BOTH[0], Opinion("massage", "not_now", next_step="later")]
        decide(revision=revision, opinions=no, by=practitioner.user, wait=TAKE_BACK)

        assert send_out(**soon()) == 1
        assert [each.therapy for each in Clearance.objects.get().therapies.all()] == ["acupuncture"]

    def test_a_request_to_a_colleague_goes_with_it(self, patient, masseur, practitioner):
        revision = make_sent(patient, wants=("massage",), flags={"dvt": "contraindicated"})
        open_form(intake=revision.intake, by=masseur.user)
        answers = {revision.flags.get().pk: ("tolerated_before", "")}
        decision = decide(
            revision=revision,
            opinions=[BOTH[1]],
            by=masseur.user,
            flag_answers=answers,
            second=practitioner.user,
            wait=TAKE_BACK,
        )
        assert state(revision) == State.SECOND_OPINION

        take_back(decision=decision, by=masseur.user)

        assert state(revision) == State.IN_REVIEW


class TestAfterwards:
    def test_it_clears_once_and_the_patient_is_told_once(self, decision, revision):
        assert send_out(**soon()) == 1
        assert send_out(**soon()) == 0

        assert Clearance.objects.count() == Notice.objects.count() == 1
        assert state(revision) == State.DECIDED

    def test_it_cannot_be_taken_back(self, decision, practitioner):
        with pytest.raises(TooLate):
            take_back(decision=decision, by=practitioner.user, **soon())
        send_out(**soon())
        with pytest.raises(TooLate):
            take_back(decision=decision, by=practitioner.user)

    def test_it_clears_nothing_when_its_maker_lost_the_registration(
        self, decision, revision, practitioner
    ):
        practitioner.registrations.update(valid_until=timezone.localdate() - timedelta(days=1))

        assert send_out(**soon()) == 0
        assert not Clearance.objects.exists()
        assert state(revision) == State.IN_REVIEW

    def test_it_clears_nothing_when_the_patient_sent_something_newer(self, decision, revision):
        newer = Revision.objects.get(pk=revision.pk)
        newer.pk, newer.number, newer.form_token = None, 2, "0" * 32
        newer.change_reason = "changed"
        newer.save()

        assert send_out(**soon()) == 0
        assert not Clearance.objects.exists()
