"""The one thing to do next, at every station of the way."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import make_clearance, make_patient, make_sent, part, token
from signing_in import client_of

from clinic.identity.models import Clinic
from clinic.people.models import User
from intake.booking.services import book
from intake.questionnaire.services import load_default as load_questions
from intake.review.asking import Asked, ask
from intake.review.models import Clearance
from intake.review.services import Opinion, decide, open_form, step
from intake.screening.services import load_default as load_rules
from intake.submission.changing import begin_change
from intake.submission.models import EmergencyEvent, Intake
from intake.submission.services import begin, move


@pytest.fixture
def next_step(signed_in):
    """Code, sentence and address of the step on the patient's home."""

    def read() -> tuple[str, str, str]:
        found = signed_in.get("/me/").context["home"].step
        return found.code, found.sentence, found.address

    return read


def in_writing(patient, practitioner) -> Intake:
    revision = make_sent(patient)
    open_form(intake=revision.intake, by=practitioner.user)
    ask(revision=revision, questions=[Asked("", "Who is your doctor?")], by=practitioner.user)
    return Intake.objects.get(pk=revision.intake_id)


class TestSomeoneNew:
    def test_begins(self, db):
        client = client_of(User.objects.create_user("new@example.org"))

        page = client.get("/me/")

        assert page.context["home"].step.code == "begin"
        assert 'href="/start/"' in page.content.decode()

    def test_carries_on_with_a_draft(self, patient, next_step):
        load_rules()
        load_questions()
        draft = begin(by=patient.account)

        assert next_step()[::2] == ("draft", f"/me/intake/{draft.reference}/")


class TestAFormThatWasSent:
    def test_waits(self, patient, next_step, home):
        make_sent(patient)

        code, sentence, address = next_step()

        assert (code, sentence) == ("submitted", "We have your form. A practitioner will read it.")
        assert address == ""
        assert "There is nothing you need to do now." in home()

    def test_is_being_read(self, patient, practitioner, next_step):
        open_form(intake=make_sent(patient).intake, by=practitioner.user)

        assert next_step()[0] == "in_review"

    def test_raised_a_question_so_the_patient_calls(self, patient, practitioner, next_step, home):
        Clinic.objects.create(pk=1, name="Willow Lane", phone="020 7946 0000")
        intake = make_sent(patient).intake
        open_form(intake=intake, by=practitioner.user)
        step(intake=intake, name="ask", by=practitioner.user)

        assert next_step()[0] == "asked"
        assert 'href="tel:02079460000"' in home()

    def test_raised_questions_that_are_answered_here(self, patient, practitioner, next_step):
        intake = in_writing(patient, practitioner)

        assert next_step()[::2] == ("questions", f"/me/intake/{intake.reference}/questions/")

    def test_was_closed_without_an_answer(self, patient, practitioner, next_step):
        intake = in_writing(patient, practitioner)
        move(intake=intake, name="close", by=None)

        assert next_step()[::2] == ("closed", f"/me/intake/{intake.reference}/questions/")

    def test_is_being_changed(self, patient, practitioner, next_step):
        intake = make_sent(patient).intake
        begin_change(intake=intake, reason="forgot", by=patient.account)

        assert next_step()[::2] == ("changing", f"/me/intake/{intake.reference}/")

    def test_was_taken_back(self, patient, next_step):
        move(intake=make_sent(patient).intake, name="withdraw", by=patient.account)

        assert next_step()[::2] == ("withdrawn", "/start/")


class TestADecision:
    def test_is_read_first_and_then_a_time_is_chosen(
        self, patient, practitioner, signed_in, next_step
    ):
        clearance = make_clearance(patient, practitioner, "massage")
        news = f"/me/news/{clearance.revision.intake.reference}/"

        assert next_step()[::2] == ("news", news)
        signed_in.get(news)
        assert next_step() == (
            "choose_time",
            "Choose a time for massage.",
            f"/me/for/{patient.reference}/book/",
        )

    def test_that_clears_nothing_stays_to_be_read(
        self, patient, practitioner, signed_in, next_step
    ):
        revision = make_sent(patient)
        clear_nothing(revision, practitioner)
        signed_in.get(f"/me/news/{revision.intake.reference}/")

        assert next_step()[0] == "decided"

    def test_of_long_ago_left_unread_does_not_stand_in_the_way(
        self, patient, practitioner, signed_in, next_step
    ):
        make_clearance(patient, practitioner)
        newest = make_clearance(patient, practitioner)
        signed_in.get(f"/me/news/{newest.revision.intake.reference}/")

        assert next_step()[0] == "choose_time"

    def test_of_which_every_visit_is_over_asks_for_a_new_form(
        self, patient, practitioner, room, account
    ):
        clearance = make_clearance(patient, practitioner, sessions=1)
        book(clearance=clearance, parts=[part(practitioner, room)], token=token(), by=account)

        with time_machine.travel(timezone.now() + timedelta(days=4)):
            client = client_of(account)
            client.get(f"/me/news/{clearance.revision.intake.reference}/")
            found = client.get("/me/").context["home"].step

        assert (found.code, found.address) == ("used_up", "/start/")

    def test_whose_days_are_over_offers_no_times(self, patient, practitioner, account):
        clearance = make_clearance(patient, practitioner, weeks=1)

        with time_machine.travel(timezone.now() + timedelta(days=7)):
            client = client_of(account)
            client.get(f"/me/news/{clearance.revision.intake.reference}/")
            found = client.get("/me/").context["home"].step

        assert found.code == "used_up"


class TestAVisit:
    def test_ahead_is_the_next_step(self, visit, signed_in, next_step):
        signed_in.get(f"/me/news/{visit.clearance.revision.intake.reference}/")

        code, sentence, address = next_step()

        assert (code, address) == ("visit", f"/me/visits/{visit.reference}/")
        assert sentence.startswith("Your next visit is on ")

    def test_on_hold_says_who_is_at_work_on_it(self, visit, patient, next_step):
        make_sent(patient)

        code, sentence, address = next_step()

        assert (code, address) == ("visit_on_hold", f"/me/visits/{visit.reference}/")
        assert sentence.startswith("You have told us something new.")

    def test_in_doubt_comes_before_everything(self, visit, patient, next_step):
        Clearance.objects.update(state="suspended")
        make_sent(patient)

        code, sentence, _ = next_step()

        assert code == "visit_in_doubt"
        assert sentence.endswith("Call us before you come.")


class TestSomethingUrgent:
    def test_is_said_until_it_is_over(self, patient, home):
        intake = make_sent(patient).intake
        assert "may need help now" not in home()

        EmergencyEvent.objects.create(
            intake=intake, codes=["em_stroke"], message="M1", happened="shown"
        )

        assert "Do not wait for us." in home()

    def test_of_another_person_is_not_said_here(self, patient, home):
        intake = make_sent(make_patient("someone@example.org", "Someone Else")).intake
        EmergencyEvent.objects.create(
            intake=intake, codes=["em_stroke"], message="M1", happened="shown"
        )

        assert "may need help now" not in home()


def clear_nothing(revision, practitioner) -> None:
    open_form(intake=revision.intake, by=practitioner.user)
    opinions = [Opinion(t, "not_now", reason="x", next_step="see_doctor") for t in revision.wanted]
    decide(revision=revision, opinions=opinions, by=practitioner.user)
