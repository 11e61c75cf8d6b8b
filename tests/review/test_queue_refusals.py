"""What PostgreSQL refuses of handovers and taken alerts, whoever asks; each with its twin."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_practitioner, make_sent

from clinic.people.models import User
from intake.review.models import AlertTaken, Handover
from tests.refusals import refused, run, stored, without


@pytest.fixture
def intake(patient):
    return make_sent(patient, wants=("massage",)).intake


@pytest.fixture
def unfit(patient, practitioner) -> dict[str, User]:
    """People a form never goes to."""
    ended = make_practitioner("kim@example.org", "Kim", "massage")
    ended.registrations.update(valid_until=timezone.localdate() - timedelta(days=2))
    gone = make_practitioner("gil@example.org", "Gil", "massage")
    User.objects.filter(pk=gone.user_id).update(is_active=False)
    return {
        "whose registration has ended": ended.user,
        "who may not sign in": gone.user,
        "of the other therapy": make_practitioner("lee@example.org", "Lee", "acupuncture").user,
        "who is the patient": patient.account,
        "who hands it over": practitioner.user,
    }


REFUSAL = "handover_to_someone_who_may"
WHO = [
    "whose registration has ended",
    "who may not sign in",
    "of the other therapy",
    "who is the patient",
    "who hands it over",
]


@pytest.mark.parametrize("who", WHO)
def test_a_form_is_not_handed_to_someone(who, unfit, intake, practitioner):
    with refused(REFUSAL):
        Handover.objects.create(intake=intake, by=practitioner.user, to=unfit[who])


@pytest.mark.parametrize("who", WHO)
def test_without_the_protection_it_would_be(who, unfit, intake, practitioner):
    without("review_handover", REFUSAL)

    Handover.objects.create(intake=intake, by=practitioner.user, to=unfit[who])

    assert stored("review_handover") == 1


@pytest.mark.parametrize("model", [Handover, AlertTaken])
class TestSomeoneWithoutARegistration:
    names = {Handover: REFUSAL, AlertTaken: "alert_taken_by_someone_registered"}

    def test_passes_nothing_on_and_takes_nothing(self, model, intake, patient):
        with refused(self.names[model]):
            model.objects.create(intake=intake, by=patient.account)

    def test_would_without_the_protection(self, model, intake, patient):
        table = model._meta.db_table
        without(table, self.names[model])

        model.objects.create(intake=intake, by=patient.account)

        assert stored(table) == 1


@pytest.mark.parametrize("model", [Handover, AlertTaken])
class TestWhatWasPassedOn:
    def test_stays(self, model, intake, practitioner):
        model.objects.create(intake=intake, by=practitioner.user)
        table = model._meta.db_table

        with refused(f"{table}_append_only"):
            run(f"DELETE FROM {table}")
        with refused(f"{table}_append_only"):
            run(f"UPDATE {table} SET at = now()")

    def test_would_be_gone_without_the_protection(self, model, intake, practitioner):
        model.objects.create(intake=intake, by=practitioner.user)
        table = model._meta.db_table
        without(table, f"{table}_append_only")

        run(f"DELETE FROM {table}")

        assert stored(table) == 0
