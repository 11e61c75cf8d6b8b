"""A new form of someone who sent one before: what is offered, and what never counts by itself."""

import pytest
from django.utils import timezone

from clinic.people.models import Patient
from intake.questionnaire import source
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default
from intake.submission import last_time, services
from intake.submission.models import Intake
from tests.submission.places import at, page_at

STABLE = {"full_name", "born", "phone", "doctor_practice", "pressure", "chaperone"}


@pytest.fixture
def returning(complete) -> Intake:
    """The draft of a second form."""
    account = complete.patient.account
    services.send(intake=complete, token=str(complete.form_token), by=account)
    return services.begin(by=account)


def text(response) -> str:
    return response.content.decode()


class TestANewForm:
    def test_begins_without_a_single_answer(self, returning, questions, today):
        assert returning.answers == {}
        assert not any(
            questions.section_status(section.code, returning.answers, today) == "done"
            for section in questions.sections
        )

    def test_offers_what_seldom_changes_and_nothing_else(self, returning, questions):
        offered = last_time.offered(returning, questions)

        assert offered.keys() >= STABLE
        assert not {q for q in offered if questions.question(q).is_asked_anew}
        assert not offered.keys() & {"own_words", "pain_regions", "goals", "wants", "signature"}

    def test_cannot_be_sent_on_what_was_said_last_time(self, returning):
        with pytest.raises(services.NotComplete):
            services.send(
                intake=returning,
                token=str(returning.form_token),
                by=returning.patient.account,
            )

    def test_offers_nothing_of_a_form_that_was_taken_back(self, complete, questions):
        account = complete.patient.account
        services.send(intake=complete, token=str(complete.form_token), by=account)
        services.move(intake=complete, name="withdraw", by=account)

        assert services.begin(by=account).builds_on is None

    def test_of_someone_else_of_the_account_offers_nothing(self, returning):
        child = Patient.objects.create(
            account=returning.patient.account, name="Ada", relation=Patient.Relation.CHILD
        )

        assert services.begin(by=child.account, patient=child).builds_on is None


class TestTheBlock:
    def test_is_where_a_part_begins(self, patient_client, returning):
        tasks = text(patient_client.get(at("tasks", returning)))

        assert at("last_block", returning, "about_you") in tasks
        assert at("last_block", returning, "comfort") in tasks
        assert at("last_block", returning, "health") not in tasks

    def test_shows_last_answers_and_saves_none(self, patient_client, returning):
        page = text(patient_client.get(at("last_block", returning, "about_you")))

        assert "Has anything changed?" in page
        assert "Rosa Okafor" in page
        assert Intake.objects.get(pk=returning.pk).answers == {}

    def test_is_kept_by_a_press_and_leads_to_what_is_missing(
        self, patient_client, returning, questions, today
    ):
        answer = patient_client.post(at("last_block", returning, "about_you"))

        kept = Intake.objects.get(pk=returning.pk).answers
        assert kept["full_name"] == "Rosa Okafor"
        assert "consent_barrier" not in kept
        assert answer.url == page_at(returning, questions.page("who_fills_in"))

    def test_can_be_passed_over_and_the_boxes_begin_with_the_last_answers(
        self, patient_client, returning, questions
    ):
        page = text(patient_client.get(page_at(returning, questions.page("name"))))

        assert 'value="Rosa Okafor"' in page
        assert Intake.objects.get(pk=returning.pk).answers == {}

    def test_is_not_shown_again_once_the_part_is_begun(self, patient_client, returning, questions):
        here = questions.page("who_fills_in")
        patient_client.post(page_at(returning, here), {"filled_in_by": "myself"})

        answer = patient_client.get(at("last_block", returning, "about_you"))

        assert answer.url == page_at(returning, here)


class TestASafetyQuestion:
    def test_is_empty_and_says_what_was_said(self, patient_client, returning, questions):
        page = text(patient_client.get(page_at(returning, questions.page("organs"))))

        assert "Last time you said: Yes" in page
        assert "checked" not in page

    def test_that_is_left_is_unknown_and_never_no(self, returning, questions, today):
        last = dict(returning.builds_on.answers)
        left = services.save_answers(
            intake=returning,
            answers={code: v for code, v in last.items() if code not in ("pacemaker", "icd")},
            by=returning.patient.account,
        )

        missing = {question.code for question in questions.missing(left.answers, today)}
        said = questions.for_screening(left.answers, today)
        assert missing == {"pacemaker", "icd"}
        assert not {"pacemaker", "icd"} & said.keys()


class TestANewerVersion:
    @pytest.fixture
    def newer(self, complete, monkeypatch):
        """Pressure is asked with other options, the name in another way, the doctor no more."""
        account = complete.patient.account
        services.send(intake=complete, token=str(complete.form_token), by=account)
        files = source.default()
        for page in source.pages(files):
            page["questions"] = [q for q in page["questions"] if q["code"] != "doctor_practice"]
            for question in page["questions"]:
                if question["code"] == "pressure":
                    question["options"] = [{"code": "other", "label": "Other"}]
                if question["code"] == "full_name":
                    question["kind"] = "long_text"
        monkeypatch.setattr(source, "default", lambda: files)
        questions = outline(load_default(now=timezone.now()).pk)
        return services.begin(by=account), questions

    def test_takes_over_only_what_it_asks_in_the_same_way(self, newer):
        draft, questions = newer

        offered = last_time.offered(draft, questions)

        assert draft.question_set_id == questions.id
        assert not {"pressure", "full_name", "doctor_practice"} & offered.keys()
        assert offered["phone"] == "020 7946 0000"
