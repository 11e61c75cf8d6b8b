"""From the first page to the sent form, as the browser's requests see it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import make_sent

from clinic.audit.models import Event
from clinic.notices.models import Notice
from intake.questionnaire.conditions import OPENED
from intake.questionnaire.forms import PageForm
from intake.questionnaire.kinds import kind
from intake.questionnaire.question import ABOUT
from intake.questionnaire.services import load_default as load_questions
from intake.screening import documents
from intake.screening.services import NoRulesPublished
from intake.screening.services import load_default as load_rules
from intake.submission import services
from intake.submission.document import screening_document
from intake.submission.models import Intake, Revision
from intake.submission.states import State
from tests.submission.filling import page_of, plain_answers, typed
from tests.submission.places import at, list_a_medicine, page_at, send

MOST_QUERIES = 15


def _no_rules():
    raise NoRulesPublished


class TestWalkingThroughTheForm:
    def test_every_page_leads_to_the_next_and_the_end_to_the_check(
        self, patient_client, draft, questions, today
    ):
        answers: dict = {}
        for section in questions.sections:
            address = page_at(draft, questions.asked_pages(section.code, answers, today)[0])
            while address != at("tasks", draft):
                page = page_of(address, questions)
                if page.listed:
                    address = list_a_medicine(patient_client, address)
                else:
                    assert patient_client.get(address).status_code == 200, address
                    form = PageForm(page, answers, today)
                    response = patient_client.post(address, typed(form))
                    assert response.status_code == 302, (address, response.status_code)
                    address = response.url
                answers = Intake.objects.get().answers
        beside = {OPENED: ["diabetes"], ABOUT: answers[ABOUT]}
        assert answers == plain_answers(questions, today) | beside
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
        assert response.url == reverse("home:me", args=[draft.patient.reference])
        draft.refresh_from_db()
        assert draft.answers["own_words"] == "It hurts."

    def test_beginning_twice_gives_one_draft(self, patient_client, questions):
        first = patient_client.post(reverse("submission:begin"))
        second = patient_client.post(reverse("submission:begin"))
        assert first.url == second.url
        assert Intake.objects.count() == 1

    def test_beginning_without_rules_to_screen_with_says_so(self, patient_client):
        load_questions()
        response = patient_client.post(reverse("submission:begin"))
        assert response.status_code == 409
        assert str(services.NotReady.sentence) in response.content.decode()
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


class TestReading:
    def test_changes_nothing(self, patient_client, complete, questions):
        before = Intake.objects.values_list("state", "saved_at", "form_token").get()
        events = Event.objects.count()
        addresses = [at(name, complete) for name in ("tasks", "check", "sent")]
        addresses += [page_at(complete, questions.page("own_words"))]
        addresses += [reverse(f"submission:{name}") for name in ("begin", "start")]
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

    @pytest.mark.parametrize("name", ["tasks", "check", "page", "begin"])
    def test_takes_the_same_queries_with_one_form_and_one_answer_as_with_thirty(
        self, patient_client, draft, questions, today, name
    ):
        def address() -> str:
            if name == "begin":
                return reverse(f"submission:{name}")
            page = page_at(draft, questions.page("own_words"))
            return page if name == "page" else at(name, draft)

        services.save_answers(
            intake=draft, answers={"filled_in_by": "myself"}, by=draft.patient.account
        )
        patient_client.get(address())
        with CaptureQueriesContext(connection) as one:
            patient_client.get(address())
        answers = plain_answers(questions, today)
        services.save_answers(intake=draft, answers=answers, by=draft.patient.account)
        if name == "begin":
            services.move(intake=draft, name="withdraw", by=draft.patient.account)
            for _ in range(29):
                make_sent(draft.patient)
        with CaptureQueriesContext(connection) as thirty:
            patient_client.get(address())

        assert len(one) == len(thirty) <= MOST_QUERIES
