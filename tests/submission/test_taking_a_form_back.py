"""A patient takes a form back: what it means, and when it is not possible."""

import pytest
from factories import make_clearance, make_sent
from refusals import refused, run, without

from clinic.errors import MoveNotPossible
from intake.review.models import Clearance
from intake.submission import services
from intake.submission.models import Intake
from intake.submission.withdrawing import StillCleared, withdraw
from tests.submission.changes import begun
from tests.submission.places import at


@pytest.fixture
def sent(complete) -> Intake:
    account = complete.patient.account
    services.send(intake=complete, token=str(complete.form_token), by=account)
    return Intake.objects.select_related("patient").get(pk=complete.pk)


class TestOnThePage:
    def test_is_asked_once_more(self, patient_client, sent):
        page = patient_client.get(at("withdraw", sent)).content.decode()

        assert "Do you want to take this form back?" in page
        assert Intake.objects.get(pk=sent.pk).state == "submitted"

    def test_is_done_by_the_button(self, patient_client, sent):
        answer = patient_client.post(at("withdraw", sent), follow=True)

        assert Intake.objects.get(pk=sent.pk).state == "withdrawn"
        assert "You took this form back." in answer.content.decode()

    def test_of_a_decided_form_says_that_visits_rest_on_it(
        self, patient_client, patient, practitioner
    ):
        form = make_clearance(patient, practitioner).revision.intake

        page = patient_client.get(at("withdraw", form)).content.decode()
        answer = patient_client.post(at("withdraw", form))

        assert "Your visits rest on it." in page
        assert answer.status_code == 409

    def test_of_a_newer_form_while_something_is_cleared_says_why_not(
        self, patient_client, patient, practitioner
    ):
        make_clearance(patient, practitioner)
        newer = make_sent(patient).intake

        answer = patient_client.post(at("withdraw", newer))

        assert answer.status_code == 409
        assert "We must read this one too" in answer.content.decode()
        assert Intake.objects.get(pk=newer.pk).state == "submitted"


def test_a_change_that_was_begun_goes_with_it(sent):
    begun(sent)

    withdraw(intake=sent, by=sent.patient.account)

    now = Intake.objects.get(pk=sent.pk)
    assert (now.state, now.is_changing) == ("withdrawn", False)


def test_twice_is_refused(sent):
    withdraw(intake=sent, by=sent.patient.account)

    with pytest.raises(MoveNotPossible):
        withdraw(intake=sent, by=sent.patient.account)


class TestInTheDatabase:
    NAME = "taken_back_only_while_nothing_is_cleared"
    TAKEN = "UPDATE submission_intake SET state = 'withdrawn' WHERE id = %s"

    @pytest.fixture
    def newer(self, patient, practitioner):
        make_clearance(patient, practitioner)
        return make_sent(patient).intake

    def test_what_a_cleared_patient_told_us_is_not_taken_back_unread(self, newer):
        with refused(self.NAME):
            run(self.TAKEN, [newer.pk])
        with pytest.raises(StillCleared):
            withdraw(intake=newer, by=newer.patient.account)

    def test_twin(self, newer, today):
        """Without it the hold is lifted, and nobody has read what was said."""
        assert not Clearance.objects.live_on(today).exists()
        run("SET CONSTRAINTS ALL IMMEDIATE")
        without("submission_intake", self.NAME)

        run(self.TAKEN, [newer.pk])

        assert Clearance.objects.live_on(today).exists()
