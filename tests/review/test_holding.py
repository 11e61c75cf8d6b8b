"""Who has a form: it is said, and keeps nobody out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_practitioner, make_sent
from signing_in import client_of

from clinic.audit.models import Event
from clinic.errors import MoveNotPossible
from intake.review import holding
from intake.review.models import Claim, Decision, Handover
from intake.review.services import Opinion, decide, step
from intake.submission.models import Intake

IS_OPEN = "Jo Brandt opened this"


@pytest.fixture
def intake(patient) -> Intake:
    return make_sent(patient).intake


@pytest.fixture
def case(intake) -> str:
    return f"/reviews/{intake.reference}/"


@pytest.fixture
def opened(case, masseur):
    """By the other practitioner."""
    browser = client_of(masseur.user)
    browser.get(case)
    return browser


def page(browser, address: str) -> str:
    return browser.get(address).content.decode()


class TestOpeningACase:
    def test_is_seen_by_others_on_the_case_and_in_the_queue(self, signed_in, case, opened):
        assert IS_OPEN in page(signed_in, case)
        assert "Jo Brandt has it open" in page(signed_in, "/reviews/")
        assert IS_OPEN not in page(opened, case)

    def test_keeps_nobody_from_deciding(self, signed_in, practitioner, intake, case, opened):
        signed_in.get(case)
        opinion = Opinion("massage", "suitable")
        decide(revision=intake.revisions.get(), opinions=[opinion], by=practitioner.user)

        assert Decision.objects.count() == 1

    def test_is_one_row_for_each_person(self, signed_in, case, opened):
        opened.get(case)
        signed_in.get(case)

        assert Claim.objects.count() == 2

    def test_is_over_after_half_an_hour(self, signed_in, case, opened):
        Claim.objects.update(at=timezone.now() - timedelta(minutes=31))

        assert IS_OPEN not in page(signed_in, case)

    def test_is_over_once_they_decided_even_if_they_look_again(
        self, signed_in, masseur, intake, case, opened
    ):
        opinion = Opinion("massage", "suitable")
        decide(revision=intake.revisions.get(), opinions=[opinion], by=masseur.user)
        opened.get(case)

        assert IS_OPEN not in page(signed_in, case)


class TestPuttingBack:
    def test_shows_the_note_to_the_next_reader_and_ends_the_claim(self, signed_in, case, opened):
        opened.post(f"{case}put-back/", {"note": "Rang twice, nobody there."})

        after = page(signed_in, case)
        assert "Put back by Jo Brandt" in after
        assert "Rang twice, nobody there." in after
        assert IS_OPEN not in after

    def test_leaves_the_form_unopened_and_a_trace(self, intake, case, opened):
        opened.post(f"{case}put-back/", {"note": ""})

        intake.refresh_from_db()
        assert intake.state == "submitted"
        assert Event.objects.filter(action="put_back", reference=intake.reference).count() == 1

    def test_of_a_form_that_moved_on_says_so_and_loses_no_word(self, masseur, intake, case, opened):
        step(intake=intake, name="ask", by=masseur.user)

        answer = opened.post(f"{case}put-back/", {"note": "kept words"})

        assert answer.status_code == 422
        assert "kept words" in answer.content.decode()
        assert not Handover.objects.exists()


class TestHandingOver:
    def test_reaches_the_colleague_with_the_note(self, signed_in, masseur, case):
        answer = signed_in.post(
            f"{case}hand-over/", {"to": masseur.user.pk, "note": "Only massage is open."}
        )

        assert answer.url == "/reviews/"
        queue = page(client_of(masseur.user), "/reviews/")
        assert "Handed over by Mei Lindqvist:" in queue
        assert "Only massage is open." in queue
        assert "Only massage is open." not in page(signed_in, "/reviews/")

    def test_offers_only_those_who_may_decide_on_it(self, signed_in, patient, masseur):
        needles = make_sent(patient, wants=("acupuncture",)).intake
        make_practitioner("lee@example.org", "Lee Park", "acupuncture")

        form = page(signed_in, f"/reviews/{needles.reference}/hand-over/")

        assert "Lee Park" in form
        assert "Jo Brandt" not in form

    @pytest.mark.parametrize("to", ["", "999999", "x"])
    def test_needs_one_of_them(self, signed_in, case, masseur, to):
        answer = signed_in.post(f"{case}hand-over/", {"to": to, "note": "kept words"})

        assert answer.status_code == 422
        assert "kept words" in answer.content.decode()

    def test_is_refused_for_someone_who_may_not(self, practitioner, masseur, patient):
        needles = make_sent(patient, wants=("acupuncture",)).intake

        with pytest.raises(holding.CannotTake):
            holding.hand_over(intake=needles, to=masseur.user, by=practitioner.user)

    def test_is_refused_once_the_form_has_moved_on(self, practitioner, masseur, intake, opened):
        step(intake=intake, name="ask", by=masseur.user)

        with pytest.raises(MoveNotPossible):
            holding.hand_over(intake=intake, to=masseur.user, by=practitioner.user)


class TestBeingAway:
    def test_hands_over_what_one_has_and_says_what_stays(
        self, signed_in, masseur, patient, other_patient, case
    ):
        needles = make_sent(other_patient, wants=("acupuncture",)).intake
        for address in (case, f"/reviews/{needles.reference}/"):
            signed_in.get(address)

        answer = signed_in.post("/reviews/away/", {"to": masseur.user.pk, "note": ""}, follow=True)

        assert Handover.objects.get().intake.patient == patient
        assert needles.reference in answer.content.decode()
        assert "stay with you" in answer.content.decode()

    def test_covers_what_was_handed_to_one_long_ago(self, signed_in, masseur, intake, practitioner):
        ago = timezone.now() - timedelta(days=2)
        holding.hand_over(intake=intake, to=practitioner.user, by=masseur.user, now=ago)

        assert list(holding.everything_of(practitioner.user, timezone.now())) == [intake]
        assert list(holding.everything_of(masseur.user, timezone.now())) == []

    def test_says_when_there_is_nothing(self, signed_in):
        assert "You have no form now." in page(signed_in, "/reviews/away/")
