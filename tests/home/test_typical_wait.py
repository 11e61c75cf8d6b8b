"""How long reading takes here: measured from this clinic's own last thirty days."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from factories import make_patient, make_sent
from refusals import run, without

from clinic.identity.models import Clinic
from intake.review.services import Opinion, decide, open_form
from intake.submission.models import Intake, Revision
from intake.submission.waits import Waits

MEASURED = "half of the forms were read within"
PROMISE = "A practitioner reads it within 3 working days."


@pytest.fixture
def decided(practitioner):
    """Forms that were decided on `ago` days ago, after waiting `hours`."""

    without("submission_revision", "submission_revision_append_only")

    def make(*hours: int, ago: int = 1) -> None:
        for number, waited in enumerate(hours):
            patient = make_patient(f"p{number}.{ago}@example.org", f"Patient {number}")
            revision = make_sent(patient, wants=("massage",))
            moment = timezone.now() - timedelta(days=ago)
            sent_at = moment - timedelta(hours=waited)
            run("UPDATE submission_revision SET sent_at = %s WHERE id = %s", [sent_at, revision.pk])
            open_form(intake=revision.intake, by=practitioner.user, now=moment)
            opinions = [Opinion("massage", "suitable")]
            decide(revision=revision, opinions=opinions, by=practitioner.user, now=moment)

    return make


def waits() -> Waits | None:
    return Intake.objects.waits(at=timezone.now())


class TestTheWait:
    def test_is_measured_in_whole_days_rounded_up(self, decided):
        decided(10, 20, 30, 50, 80)

        assert waits() == Waits(half=2, most=3)  # 30 hours; 68 hours

    def test_of_minutes_is_a_day(self, decided):
        decided(0, 0, 0, 0, 0)

        assert waits() == Waits(half=1, most=1)

    def test_is_not_told_from_four_forms(self, decided):
        decided(10, 20, 30, 50)

        assert waits() is None

    def test_leaves_out_what_is_older_than_thirty_days(self, decided):
        decided(10, 20, 30, 50)
        decided(900, ago=31)

        assert waits() is None

    def test_leaves_out_what_is_not_decided(self, decided, patient):
        decided(10, 20, 30, 50)
        make_sent(patient)

        assert waits() is None

    def test_takes_one_query(self, decided, django_assert_num_queries):
        decided(10, 20, 30, 50, 80)

        with django_assert_num_queries(1):
            waits()


class TestThePages:
    @pytest.fixture
    def pages(self, signed_in, patient) -> list[str]:
        form = make_sent(patient).intake.reference
        return ["/me/", f"/me/intake/{form}/sent/"]

    def test_say_what_was_measured(self, decided, signed_in, pages):
        decided(10, 20, 30, 50, 80)

        for page in pages:
            words = signed_in.get(page).content.decode()
            assert f"In the last 30 days, {MEASURED} 2 days." in words
            assert "Most were read within 3 days." in words

    def test_say_the_promise_while_there_is_little_to_measure(self, decided, signed_in, pages):
        decided(10)

        for page in pages:
            words = signed_in.get(page).content.decode()
            assert PROMISE in words
            assert MEASURED not in words

    def test_say_nothing_of_it_to_someone_who_does_not_wait(self, decided, signed_in, patient):
        decided(10, 20, 30, 50, 80)

        assert MEASURED not in signed_in.get("/me/").content.decode()

    def test_say_nothing_of_it_to_strangers(self, decided, db):
        Clinic.objects.create(pk=1, name="Willow Lane")
        decided(10, 20, 30, 50, 80)

        for page in ("/", "/start/", "/account/code/"):
            assert MEASURED not in Client().get(page).content.decode()


def test_a_form_sent_twice_counts_from_the_last_time(decided, patient, practitioner):
    decided(10, 20, 30, 50, 80)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    first = Revision.objects.order_by("pk").first()
    values = {
        field.attname: getattr(first, field.attname)
        for field in Revision._meta.concrete_fields
        if field.attname not in ("id", "number", "form_token", "sent_at", "change_reason")
    }
    Revision.objects.create(
        **values,
        number=2,
        change_reason="forgot",
        form_token="0" * 32,
        sent_at=timezone.now() - timedelta(days=1, hours=1),
    )

    assert waits() == Waits(half=2, most=3)
    assert Intake.objects.with_sent_at().get(pk=first.intake_id).sent_at > first.sent_at
