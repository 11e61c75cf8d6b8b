"""What the patient sees when they are asked, and what becomes of what they type."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from intake.review.asking import Asked, ask
from intake.review.asking_models import Reply, ReplyDraft
from intake.submission.models import EmergencyEvent, Revision
from tests.review.asked_forms import LINE, asked_about, in_review, key, typed
from tests.review.changed_forms import of


@pytest.fixture
def revision(complete, practitioner):
    return in_review(complete, practitioner.user)


@pytest.fixture
def asked(revision, practitioner):
    return asked_about(revision, practitioner.user)


@pytest.fixture
def here(revision):
    return reverse("review:questions", args=[revision.intake.reference])


@pytest.fixture
def patient_client(revision):
    client = Client()
    client.force_login(revision.intake.patient.account)
    return client


def stop_of(revision):
    return reverse("review:questions_stop", args=[revision.intake.reference])


class TestThePage:
    def test_shows_the_line_what_was_said_and_the_question_without_an_answer(
        self, patient_client, here, asked
    ):
        page = patient_client.get(here).content.decode()

        assert LINE in page
        assert "Last time you said: Not sure" in page
        assert 'name="osteoporosis" value="yes"' in page
        assert " checked" not in page

    def test_sends_and_says_so(self, patient_client, here, asked):
        answer = patient_client.post(here, typed(asked, osteoporosis="yes"), follow=True)

        page = answer.content.decode()
        assert "We have your answers." in page
        assert LINE in page
        assert Revision.objects.count() == 2
        patient_client.post(here, typed(asked, osteoporosis="no"))
        assert Revision.objects.count() == 2

    def test_neither_answered_nor_cannot_say_is_said(self, patient_client, here, asked):
        answer = patient_client.post(here, typed(asked))

        assert answer.status_code == 422
        assert "or choose “I cannot say”." in answer.content.decode()
        assert of(asked.revision).state == "asked"

    def test_something_else_is_answered_in_words(
        self, patient_client, here, revision, practitioner
    ):
        asked = ask(revision=revision, questions=[Asked("", LINE)], by=practitioner.user)
        words = {f"{key(asked, '')}-words": "Dr Shah, at the surgery."}

        patient_client.post(here, typed(asked, **words))

        assert Reply.objects.get().words == "Dr Shah, at the surgery."

    def test_the_copy_holds_questions_and_answers(self, patient_client, here, asked):
        patient_client.post(here, typed(asked, osteoporosis="yes"))

        copy = reverse("submission:copy", args=[asked.intake.reference])
        assert LINE in patient_client.get(copy).content.decode()

    def test_is_nobody_elses(self, here, asked, other_patient, signed_in):
        stranger = Client()
        stranger.force_login(other_patient.account)

        assert stranger.get(here).status_code == 404
        assert stranger.post(here, typed(asked, osteoporosis="no")).status_code == 404
        assert signed_in.get(here).status_code == 404
        assert not ReplyDraft.objects.exists()


class TestHalfWay:
    def test_nothing_is_lost(self, patient_client, here, asked):
        words = {f"{key(asked, 'osteoporosis')}-words": "In the hip."}
        patient_client.post(here, typed(asked, osteoporosis="yes", leave="1", **words))

        page = patient_client.get(here).content.decode()
        assert "In the hip." in page
        assert 'value="yes" class="form-check-input" id="id_osteoporosis_0" checked' in page
        assert Revision.objects.count() == 1

    def test_a_mistake_beside_it_keeps_the_rest(self, patient_client, here, revision, practitioner):
        asked = asked_about(revision, practitioner.user, "osteoporosis", "diabetes")
        long = {f"{key(asked, 'diabetes')}-words": "x" * 2001}

        answer = patient_client.post(here, typed(asked, osteoporosis="yes", **long))

        assert answer.status_code == 422
        assert "x" * 2001 in answer.content.decode()
        assert ReplyDraft.objects.get().kept["answers"] == {"osteoporosis": "yes"}


class TestWhatFollows:
    def test_is_asked_before_it_is_sent(self, patient_client, here, revision, practitioner):
        asked = asked_about(revision, practitioner.user, "pacemaker")
        first = patient_client.post(here, typed(asked, pacemaker="yes"), follow=True)
        page = first.content.decode()
        assert "Because of them we ask a little more." in page
        assert "Where is the pacemaker?" in page
        assert Revision.objects.count() == 1

        place = re.search(r'name="where_pacemaker" value="(\w+)"', page)[1]
        follow = {"where_pacemaker-shown": "1", "where_pacemaker": [place]}
        answer = patient_client.post(here, typed(asked, pacemaker="yes", **follow))

        assert answer.status_code == 302
        assert Revision.objects.count() == 2

    def test_is_gone_again_when_the_answer_is(self, patient_client, here, revision, practitioner):
        asked = asked_about(revision, practitioner.user, "pacemaker")
        patient_client.post(here, typed(asked, pacemaker="yes"))

        patient_client.post(here, typed(asked, pacemaker="no"))

        assert Revision.objects.last().answers["pacemaker"] == "no"
        assert Revision.objects.count() == 2


class TestUrgentAnswers:
    @pytest.fixture
    def asked(self, revision, practitioner):
        return asked_about(revision, practitioner.user, "low_mood_thoughts")

    def test_words_that_ask_for_help_stop_the_form(self, patient_client, here, asked):
        words = {f"{key(asked, 'low_mood_thoughts')}-words": "I want to end my life."}
        answer = patient_client.post(here, typed(asked, **words))

        assert answer.headers["Location"] == stop_of(asked.revision)
        event = EmergencyEvent.objects.get()
        assert (event.happened, event.message) == ("shown", "M4")
        assert event.said == {"low_mood_thoughts": "I want to end my life."}
        assert Revision.objects.count() == 1
        assert patient_client.get(stop_of(asked.revision)).status_code == 200

    def test_leaving_does_not_pass_it_by(self, patient_client, here, asked):
        words = {f"{key(asked, 'low_mood_thoughts')}-words": "I want to end my life."}
        patient_client.post(here, typed(asked, leave="1", **words))

        assert EmergencyEvent.objects.exists()

    def test_both_ways_on_lead_back_and_it_can_be_sent_then(self, patient_client, here, asked):
        words = {f"{key(asked, 'low_mood_thoughts')}-words": "I want to end my life."}
        patient_client.post(here, typed(asked, **words))
        back = patient_client.post(stop_of(asked.revision), {"happened": "not_now"})
        assert back.headers["Location"] == here

        patient_client.post(here, typed(asked, **words))

        assert Revision.objects.count() == 2
        assert EmergencyEvent.objects.filter(happened="shown").count() == 1

    def test_an_alarm_of_the_question_itself_stops_it(
        self, patient_client, here, revision, practitioner, questions
    ):
        asked = asked_about(revision, practitioner.user, "em_stroke")

        answer = patient_client.post(here, typed(asked, em_stroke="yes"))

        assert answer.headers["Location"] == stop_of(revision)
        assert EmergencyEvent.objects.get().codes == ["em_stroke"]
