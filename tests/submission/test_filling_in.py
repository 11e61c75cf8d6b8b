"""From the first page to the sent form, as the browser's requests see it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clinic.audit.models import Event
from clinic.notices.models import Notice
from intake.questionnaire.forms import PageForm
from intake.questionnaire.kinds import kind
from intake.questionnaire.services import load_default as load_questions
from intake.screening import documents
from intake.screening.services import NoRulesPublished
from intake.screening.services import load_default as load_rules
from intake.submission import services
from intake.submission.document import screening_document
from intake.submission.models import EmergencyEvent, Intake, Revision
from intake.submission.states import State
from tests.submission.filling import page_of, plain_answers, typed

MOST_QUERIES = 15


def at(name: str, intake: Intake, *more: str) -> str:
    return reverse(f"submission:{name}", args=[intake.reference, *more])


def page_at(intake: Intake, page) -> str:
    return at("page", intake, page.section, page.number)


def _no_rules():
    raise NoRulesPublished


def send(client, intake: Intake):
    return client.post(at("send", intake), {"token": str(intake.form_token)})


class TestWalkingThroughTheForm:
    def test_every_page_leads_to_the_next_and_the_end_to_the_check(
        self, patient_client, draft, questions, today
    ):
        answers: dict = {}
        for section in questions.sections:
            address = page_at(draft, questions.asked_pages(section.code, answers, today)[0])
            while address != at("tasks", draft):
                assert patient_client.get(address).status_code == 200, address
                form = PageForm(page_of(address, questions), answers, today)
                response = patient_client.post(address, typed(form))
                assert response.status_code == 302, (address, response.status_code)
                address = response.url
                answers = Intake.objects.get().answers
        assert answers == plain_answers(questions, today)
        shown = patient_client.get(at("tasks", draft)).content.decode()
        assert at("check", draft) in shown
        checked = patient_client.get(at("check", draft)).content.decode()
        assert "My back aches when I sit." in checked and "Metformin" in checked
        assert "Send to the clinic" in checked

    def test_no_address_and_no_title_tells_what_is_asked(self, patient_client, complete, questions):
        for page in questions.pages():
            address = page_at(complete, page)
            title = re.search(r"<title>(.*?)</title>", patient_client.get(address).content.decode())

            assert address.endswith(f"/{page.section}/{page.number}/")
            assert title is None or page.title not in title.group(1)

    def test_a_question_left_blank_keeps_what_was_saved_before(
        self, patient_client, complete, questions
    ):
        address = page_at(complete, questions.page("own_words"))

        response = patient_client.post(address, {"own_words": ""})

        complete.refresh_from_db()
        assert response.status_code == 422
        assert complete.answers["own_words"] == "My back aches when I sit."

    def test_save_and_leave_keeps_the_answers(self, patient_client, draft, questions, today):
        page = questions.page("own_words")
        response = patient_client.post(
            page_at(draft, page), {"own_words": "It hurts.", "leave": "1"}
        )
        assert response.url == reverse("submission:home")
        draft.refresh_from_db()
        assert draft.answers["own_words"] == "It hurts."

    def test_add_another_saves_and_shows_the_page_again(self, patient_client, draft, questions):
        services.save_answers(
            intake=draft, answers={"takes_medicines": "yes"}, by=draft.patient.account
        )
        page = next(p for p in questions.pages() for q in p.questions if q.kind == "medicines")
        code = next(q.code for q in page.questions if q.kind == "medicines")
        data = {f"{code}__0_name": "Metformin", f"add__{code}": "1"}
        if any(q.code == "takes_medicines" for q in page.questions):
            data["takes_medicines"] = "yes"
        response = patient_client.post(page_at(draft, page), data)
        assert response.url == page_at(draft, page)
        assert f"{code}__1_name" in patient_client.get(response.url).content.decode()

    def test_beginning_twice_gives_one_draft(self, patient_client, questions):
        first = patient_client.post(reverse("submission:begin"))
        second = patient_client.post(reverse("submission:begin"))
        assert first.url == second.url
        assert Intake.objects.count() == 1

    def test_beginning_without_rules_to_screen_with_says_so(self, patient_client):
        load_questions()
        response = patient_client.post(reverse("submission:begin"))
        assert response.status_code == 409
        assert services.NotReady.sentence in response.content.decode()
        assert not Intake.objects.exists()

    def test_beginning_without_questions_says_so(self, patient_client):
        load_rules()
        assert patient_client.post(reverse("submission:begin")).status_code == 409


class TestSending:
    def test_a_complete_form_becomes_one_revision_with_flags_and_one_notice(
        self, patient_client, complete
    ):
        response = send(patient_client, complete)
        assert response.url == at("sent", complete)
        revision = Revision.objects.get()
        codes = set(revision.flags.values_list("code", flat=True))
        assert "diabetes" in codes
        assert revision.rank == max(revision.flags.values_list("rank", flat=True))
        assert set(revision.goals.values_list("code", "baseline")) == {("pain", 6), ("sleep", 6)}
        assert {s.typed_name for s in revision.signatures.all()} == {"Rosa Okafor"}
        assert revision.wants_acupuncture and revision.wants_massage
        assert Notice.objects.get().reference == complete.reference
        assert Event.objects.filter(action="form_send", reference=complete.reference).count() == 1
        assert complete.reference in patient_client.get(response.url).content.decode()

    def test_the_same_form_sent_again_gives_the_same_revision(self, patient_client, complete):
        first, second = send(patient_client, complete), send(patient_client, complete)
        assert first.url == second.url == at("sent", complete)
        assert Revision.objects.count() == Notice.objects.count() == 1

    def test_a_forged_token_sends_nothing(self, patient_client, complete):
        for token in ("", "x", "\x00", "9" * 300, "00000000-0000-0000-0000-000000000000"):
            response = patient_client.post(at("send", complete), {"token": token})
            assert response.status_code == 302, token
        assert not Revision.objects.exists()

    def test_without_rules_in_force_is_refused_with_a_sentence(self, patient_client, complete):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("intake.submission.revisions.published", _no_rules)
            assert send(patient_client, complete).url == at("check", complete)
        assert not Revision.objects.exists()

    @pytest.mark.parametrize(
        ("move", "words"), [("withdraw", "Start a new form"), ("open", "We have your form")]
    )
    def test_the_page_after_sending_says_where_the_form_stands(
        self, patient_client, complete, practitioner, move, words
    ):
        send(patient_client, complete)
        by = practitioner.user if move == "open" else complete.patient.account
        services.move(intake=Intake.objects.get(), name=move, by=by)

        assert words in patient_client.get(at("sent", complete)).content.decode()

    def test_an_incomplete_form_is_not_sent_and_says_what_is_missing(self, patient_client, draft):
        response = send(patient_client, draft)
        assert response.url == at("check", draft)
        assert "These still need an answer" in patient_client.get(response.url).content.decode()
        assert not Revision.objects.exists()

    def test_after_sending_every_page_leads_to_the_sent_page(
        self, patient_client, complete, questions
    ):
        send(patient_client, complete)
        page = page_at(complete, questions.page("own_words"))
        for address in (at("tasks", complete), at("check", complete), page):
            assert patient_client.get(address).url == at("sent", complete)
        assert patient_client.post(page, {"own_words": "Later"}).url == at("sent", complete)
        complete.refresh_from_db()
        assert complete.answers["own_words"] != "Later"

    def test_the_screening_document_keeps_to_its_contract(self, complete, questions, today):
        for answers in (complete.answers, {}):
            documents.check(
                screening_document(
                    reference=complete.reference,
                    outline=questions,
                    answers=answers,
                    on=today,
                    born=today,
                )
            )

    def test_the_screening_document_of_someone_with_everything_keeps_to_it_too(
        self, complete, questions, today
    ):
        answers = complete.answers | {
            question.code: {
                "yes_no": "yes",
                "emergency": question.options[-1].code if question.options else "yes",
                "regions": list(kind("regions").offered(question))[:3],
                "pregnancy": {"answer": "yes", "weeks": 20},
            }[question.kind]
            for question in questions.questions()
            if question.kind in ("yes_no", "emergency", "regions", "pregnancy")
        }
        document = screening_document(
            reference=complete.reference,
            outline=questions,
            answers=answers,
            on=today,
            born=today,
        )
        documents.check(document)
        assert document["answers"]["affected_regions"]


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


class TestReading:
    def test_changes_nothing(self, patient_client, complete, questions):
        before = Intake.objects.values_list("state", "saved_at", "form_token").get()
        events = Event.objects.count()
        addresses = [at(name, complete) for name in ("tasks", "check", "sent")]
        addresses += [page_at(complete, questions.page("own_words"))]
        addresses += [reverse(f"submission:{name}") for name in ("home", "begin", "start")]
        for address in addresses:
            assert patient_client.get(address).status_code in (200, 302)
        assert Intake.objects.values_list("state", "saved_at", "form_token").get() == before
        assert Event.objects.count() == events
        assert Intake.objects.get().state == State.DRAFT

    @pytest.mark.parametrize("name", ["tasks", "check", "page"])
    def test_asks_the_database_little(
        self, patient_client, complete, questions, name, django_assert_max_num_queries
    ):
        page = page_at(complete, questions.page("own_words"))
        with django_assert_max_num_queries(MOST_QUERIES):
            patient_client.get(page if name == "page" else at(name, complete))


class TestOldDrafts:
    def test_end_after_thirty_days_with_their_answers(self, complete):
        Intake.objects.filter(pk=complete.pk).update(saved_at=timezone.now() - timedelta(days=31))

        assert services.expire_old_drafts() == 1

        complete.refresh_from_db()
        assert (complete.state, complete.answers) == (State.EXPIRED, {})

    def test_saved_since_then_stay(self, complete):
        Intake.objects.filter(pk=complete.pk).update(saved_at=timezone.now() - timedelta(days=29))

        assert services.expire_old_drafts() == 0
