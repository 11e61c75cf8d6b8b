"""What was decided ends on its day; whoever says that nothing has changed can be renewed."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from signing_in import client_of

from intake.review.keeping import keep
from intake.review.models import Clearance
from intake.review.services import open_form
from intake.submission import services
from intake.submission.models import Intake, Revision
from tests.review.changed_forms import decided, first_sent, of
from tests.submission.changes import answered_again, begun


@pytest.fixture
def cleared(complete, practitioner) -> Intake:
    return decided(first_sent(complete), practitioner.user)


def nothing_changed(form: Intake, questions, today, **answers: object) -> Revision:
    copy = answered_again(begun(form, reason="renew"), questions, today, **answers)
    account = form.patient.account
    return services.send(intake=copy, token=str(copy.form_token), by=account)


class TestNothingChanged:
    def test_holds_nothing_and_renews_nothing_by_itself(self, cleared, questions, today):
        before = Clearance.objects.get()

        nothing_changed(cleared, questions, today)

        assert Clearance.objects.live_on(today).get() == before

    def test_is_renewed_for_the_terms_of_the_decision(
        self, cleared, questions, today, practitioner
    ):
        before = Clearance.objects.get()
        later = timezone.now() + timedelta(weeks=5)
        with time_machine.travel(later):
            day = timezone.localdate()
            revision = nothing_changed(cleared, questions, day)
            open_form(intake=of(revision), by=practitioner.user)

            keep(revision=revision, by=practitioner.user)

            after = Clearance.objects.get(state="live")
        assert after.pk != before.pk
        assert after.valid_until == day + (before.valid_until - before.valid_from)
        assert after.sessions == before.sessions

    def test_is_renewed_when_the_days_were_over(self, cleared, questions, practitioner):
        with time_machine.travel(timezone.now() + timedelta(weeks=8)):
            day = timezone.localdate()
            assert not Clearance.objects.live_on(day).exists()
            revision = nothing_changed(cleared, questions, day)
            open_form(intake=of(revision), by=practitioner.user)

            keep(revision=revision, by=practitioner.user)

            assert Clearance.objects.live_on(day).exists()

    def test_is_said_to_the_practitioner(self, cleared, questions, today, signed_in):
        nothing_changed(cleared, questions, today)

        case = signed_in.get(f"/reviews/{cleared.reference}/").content.decode()

        assert "every answer and every flag is as it was" in case
        assert "It clears anew" in case

    def test_is_not_said_when_something_has(self, cleared, questions, today, signed_in):
        nothing_changed(cleared, questions, today, osteoporosis="no")

        case = signed_in.get(f"/reviews/{cleared.reference}/").content.decode()

        assert "They say that nothing has changed" in case
        assert "every answer and every flag is as it was" not in case
        assert not Clearance.objects.live_on(today).exists()


class TestTheHome:
    def test_says_so_two_weeks_before(self, cleared, account):
        with time_machine.travel(timezone.now() + timedelta(weeks=4, days=1)):
            home = client_of(account).get("/me/").content.decode()

        assert "Your visits are agreed until" in home
        assert f"/me/intake/{cleared.reference}/change/" in home

    def test_says_nothing_yet_while_there_is_time(self, cleared, account):
        assert "Your visits are agreed until" not in client_of(account).get("/me/").content.decode()
