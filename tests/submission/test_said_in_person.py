"""“I would rather say this in person”: an answer that is kept, and still unknown."""

import pytest
from django.urls import reverse
from signing_in import client_of

from intake.questionnaire.conditions import IN_PERSON
from intake.questionnaire.forms import PageForm
from intake.submission import services
from intake.submission.document import screening_document
from intake.submission.models import Revision
from tests.submission.filling import typed
from tests.submission.places import page_at, send

SENSITIVE = [
    "psychosis_mania",
    "low_mood_thoughts",
    "intoxicated_today",
    "trauma_touch",
    "unsafe_home",
]
PREGNANT_AGE = {"born": "1995-06-04"}


@pytest.fixture
def said(complete):
    """Saves these answers too, through the service that the pages use."""

    def save(**answers: object):
        by = complete.patient.account
        return services.save_answers(intake=complete, answers=answers, by=by)

    return save


@pytest.fixture
def document(said, questions, today):
    def made(**answers: object) -> dict:
        return screening_document(
            reference="x", outline=questions, answers=said(**answers).answers, on=today, born=today
        )["answers"]

    return made


class TestTheAnswer:
    @pytest.mark.parametrize("code", [*SENSITIVE, "touch_boundaries", "postpartum"])
    def test_is_offered_and_kept(self, patient_client, said, questions, today, code):
        draft = said(**PREGNANT_AGE, pregnancy={"answer": "no"})
        page = questions.page(questions.question(code).page)
        data = typed(PageForm(page, draft.answers, today))
        if code == "touch_boundaries":
            data = {f"{code}__{IN_PERSON}": "on"}
        else:
            data[code] = IN_PERSON
        assert "I would rather say this in person" in (
            patient_client.get(page_at(draft, page)).content.decode()
        )
        assert patient_client.post(page_at(draft, page), data).status_code == 302

        draft.refresh_from_db()
        assert draft.answers[code] == IN_PERSON

    def test_is_not_offered_where_nothing_is_sensitive(self, patient_client, complete, questions):
        page = page_at(complete, questions.page("heart"))

        assert "in person" not in patient_client.get(page).content.decode()
        assert patient_client.post(page, {"heart_failure": IN_PERSON}).status_code == 422

    def test_goes_with_no_other(self, patient_client, complete, questions):
        data = {"touch_boundaries": "left_knee", f"touch_boundaries__{IN_PERSON}": "on"}
        response = patient_client.post(page_at(complete, questions.page("touch_boundaries")), data)

        assert response.status_code == 422
        assert "not both" in response.content.decode()


class TestToScreening:
    @pytest.mark.parametrize("code", SENSITIVE)
    def test_it_is_what_not_sure_is(self, document, code):
        assert document(**{code: IN_PERSON}) == document(**{code: "not_sure"})

    def test_touch_and_pregnancy_stay_unanswered(self, document):
        found = document(
            **PREGNANT_AGE, touch_boundaries=IN_PERSON, pregnancy={"answer": IN_PERSON}
        )

        assert not {"touch_boundaries", "pregnancy"} & found.keys()

    def test_it_rules_nothing_out(self, document):
        found = document(**PREGNANT_AGE, pregnancy={"answer": IN_PERSON})
        assert "pregnancy_high_risk" not in found
        found = document(**PREGNANT_AGE, pregnancy={"answer": "no"})
        assert found["pregnancy_high_risk"] == "no"

    def test_every_such_answer_raises_a_question_and_the_case_says_how(
        self, said, patient_client, complete, practitioner
    ):
        codes = {code: IN_PERSON for code in [*SENSITIVE, "touch_boundaries"]}
        said(**codes)
        send(patient_client, complete)
        revision = Revision.objects.get()

        assert codes.keys() <= set(revision.screening["unanswered"])
        address = reverse("review:case", args=[complete.reference])
        shown = client_of(practitioner.user).get(address).content.decode()
        assert shown.count("(wants to say it in person)") >= len(codes)


class TestSomeoneBesideThePatient:
    @pytest.fixture
    def address(self, said, questions):
        return page_at(said(filled_in_by="with_help"), questions.page("mind"))

    def test_leaves_sensitive_pages_for_later(self, patient_client, address):
        assert "Answer this later by myself" in patient_client.get(address).content.decode()
        assert patient_client.post(address, {"later": "1"}).status_code == 302

    def test_a_page_put_off_is_still_missing(self, patient_client, draft, questions, today):
        by = draft.patient.account
        services.save_answers(intake=draft, answers={"filled_in_by": "with_help"}, by=by)
        patient_client.post(page_at(draft, questions.page("mind")), {"later": "1"})
        draft.refresh_from_db()

        missing = {question.code for question in questions.missing(draft.answers, today)}
        assert {"psychosis_mania", "low_mood_thoughts"} <= missing

    def test_is_not_offered_to_someone_alone_or_on_other_pages(
        self, patient_client, said, questions
    ):
        draft = said(filled_in_by="myself")
        mind = page_at(draft, questions.page("mind"))
        assert "later by myself" not in patient_client.get(mind).content.decode()
        assert patient_client.post(mind, {"later": "1"}).status_code == 422
        heart = page_at(said(filled_in_by="with_help"), questions.page("heart"))
        assert patient_client.post(heart, {"later": "1"}).status_code == 422
