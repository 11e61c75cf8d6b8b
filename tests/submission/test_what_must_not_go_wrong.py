"""Urgent answers, bad input, and other people's forms."""

import pytest
from django.urls import reverse

from intake.questionnaire.forms import PageForm
from intake.submission.models import EmergencyEvent, Revision
from tests.submission.places import at, page_at, send


class TestSomeoneElse:
    def test_another_patients_form_is_not_there(self, client, complete, other_patient, questions):
        client.force_login(other_patient.account)
        page = questions.page("own_words")
        for name in ("tasks", "check", "sent"):
            assert client.get(at(name, complete)).status_code == 404
        assert client.get(page_at(complete, page)).status_code == 404
        assert client.post(page_at(complete, page), {"own_words": "x"}).status_code == 404
        assert send(client, complete).status_code == 404
        assert client.get(at("emergency", complete, 1)).status_code == 404

    def test_a_stranger_is_asked_to_sign_in(self, client, complete):
        response = client.get(at("tasks", complete))
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_request_login_code"))


class TestEmergencyAnswers:
    @pytest.fixture
    def alarming(self, questions):
        """A page of urgent questions, and what is typed on it with one of them answered yes."""
        page = next(p for p in questions.pages() if any(q.kind == "emergency" for q in p.questions))
        first, *others = page.questions
        return page, {first.code: "yes"} | {q.code: "no" for q in others}

    @pytest.fixture
    def stopped(self, patient_client, draft, alarming):
        page, data = alarming
        return patient_client.post(page_at(draft, page), data)

    def test_interrupts_and_keeps_what_was_typed(self, patient_client, draft, alarming, stopped):
        page, data = alarming
        assert stopped.url == at("emergency", draft, page.number)
        assert patient_client.get(stopped.url).status_code == 200
        draft.refresh_from_db()
        assert draft.answers == data

    def test_interrupts_when_the_rest_of_the_page_is_blank(self, patient_client, draft, alarming):
        page, data = alarming
        code = next(iter(data))
        response = patient_client.post(page_at(draft, page), {code: "yes"})
        assert response.url == at("emergency", draft, page.number)

    def test_said_to_be_a_mistake_leads_back_and_leaves_both_traces(
        self, patient_client, draft, alarming, stopped
    ):
        response = patient_client.post(stopped.url, {"happened": "mistake"})
        assert response.url == page_at(draft, alarming[0])
        traces = EmergencyEvent.objects.values_list("happened", flat=True)
        assert list(traces) == ["shown", "mistake"]

    def test_not_happening_now_leads_on_and_leaves_both_traces(
        self, patient_client, draft, alarming, stopped
    ):
        response = patient_client.post(stopped.url, {"happened": "not_now"})
        assert response.url != page_at(draft, alarming[0])
        traces = EmergencyEvent.objects.values_list("happened", flat=True)
        assert list(traces) == ["shown", "not_now"]

    def test_stays_an_emergency_flag_in_the_sent_form(
        self, patient_client, complete, questions, alarming
    ):
        page, data = alarming
        stopped = patient_client.post(page_at(complete, page), data)
        patient_client.post(stopped.url, {"happened": "not_now"})
        send(patient_client, complete)
        assert next(iter(data)) in Revision.objects.get().flags.values_list("code", flat=True)

    def test_the_screen_of_a_page_that_never_stopped_anyone_is_not_there(
        self, patient_client, draft, alarming
    ):
        assert patient_client.get(at("emergency", draft, alarming[0].number)).status_code == 404


class TestBadInput:
    @pytest.mark.parametrize("text", ["\x00", "a" * 5000, "\ud800"], ids=["nul", "long", "half"])
    def test_that_cannot_be_stored_is_explained_at_the_field(
        self, patient_client, draft, questions, text
    ):
        address = page_at(draft, questions.page("own_words"))
        body = "own_words=" + {"\x00": "%00", "\ud800": "%ED%A0%80"}.get(text, text)
        response = patient_client.post(
            address, body, content_type="application/x-www-form-urlencoded"
        )
        assert response.status_code in (302, 422)
        if text != "\ud800":
            assert response.status_code == 422
            assert 'href="#id_own_words"' in response.content.decode()

    def test_an_answer_that_is_not_offered_is_refused(self, patient_client, draft, questions):
        address = page_at(draft, questions.page("goals"))
        response = patient_client.post(address, {"goals": ["pain", "<script>"]})
        assert response.status_code == 422
        assert "<script>" not in response.content.decode()

    def test_no_page_answers_nonsense_with_a_server_error(self, patient_client, draft, questions):
        for page in questions.pages():
            nonsense = {
                name: "\x00' OR 1=1 %s \u202e" * 200
                for name in PageForm(page, {}, draft.saved_at.date()).fields
            }
            response = patient_client.post(page_at(draft, page), nonsense)
            assert response.status_code in (302, 404, 422), page.code

    @pytest.mark.parametrize(
        "tail", ["nowhere/own_words/", "why/nowhere/", "health/own_words/", "why/helper/"]
    )
    def test_a_page_that_is_not_part_of_the_form_is_not_there(self, patient_client, draft, tail):
        assert patient_client.get(at("tasks", draft) + tail).status_code == 404
        assert patient_client.post(at("tasks", draft) + tail, {"a": "b"}).status_code == 404

    def test_an_unknown_reference_is_not_there(self, patient_client, draft):
        for reference in ("T-0000-0000", "T-4K7M-29QX", "x" * 300, "%00"):
            assert patient_client.get(f"/me/intake/{reference}/").status_code == 404

    def test_the_short_check_needs_one_of_its_answers(self, client, db):
        for now in ("", "\x00", "maybe" * 1000):
            assert client.post(reverse("submission:start"), {"now": now}).status_code == 422
