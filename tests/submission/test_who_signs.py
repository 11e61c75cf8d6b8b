"""Who may sign: the patient, a guardian for them, or nobody before we have talked."""

import pytest

from intake.review.reading import asked_about
from intake.submission import services
from intake.submission.models import Intake, Revision
from tests.submission.places import page_at, send


@pytest.fixture
def codes(questions, today):
    def asked(**answers: object) -> set[str]:
        found = questions.asked_questions(answers, today)
        return {q.code for q in found if q.page in ("who_signs", "signer")}

    return asked


@pytest.fixture
def years(today):
    return lambda age: today.replace(year=today.year - age, day=1).isoformat()


class TestWhoIsAsked:
    def test_a_grown_up_just_signs(self, codes, years):
        assert codes(filled_in_by="myself", born=years(40), capacity_concern="no") == set()
        assert codes(filled_in_by="with_help", born=years(40), capacity_concern="no") == set()

    def test_someone_under_18_signs_with_a_guardian_who_is_named(self, codes, years):
        child = {"filled_in_by": "myself", "born": years(10)}

        assert codes(**child) == {"child_signs"}
        assert codes(**child, child_signs="guardian") == {
            "child_signs", "signer_name", "signer_relation",
        }  # fmt: skip

    def test_someone_for_whom_deciding_is_hard_chooses_who_signs(self, codes, years):
        person = {"filled_in_by": "with_help", "born": years(70), "capacity_concern": "yes"}

        assert codes(**person) == {"capacity_signs"}
        assert codes(**person, capacity_signs="self") == {"capacity_signs"}

    @pytest.mark.parametrize("who", ["for_someone", "for_my_child"])
    def test_someone_who_fills_it_in_for_another_says_what_allows_it(self, codes, years, who):
        assert codes(filled_in_by=who, born=years(10)) == {"signed_for"}


class TestNobodyThereToSign:
    def test_is_no_dead_end_and_is_told_to_the_practitioner(
        self, patient_client, complete, questions, today, years
    ):
        by = complete.patient.account
        child = {"born": years(10), "child_signs": "in_person"}
        draft = services.save_answers(intake=complete, answers=child, by=by)
        left = {each.code: "no" for each in questions.missing(draft.answers, today)}
        services.save_answers(intake=draft, answers=left, by=by)
        send(patient_client, complete)

        told = asked_about(Revision.objects.get(), questions)
        assert any("parent or guardian" in each and "in person" in each for each in told)


NAMES = [
    "李小龍",
    "Ó Súilleabháin",
    "van der Berg",
    "محمد الأحمد",
    "bell hooks",
    "X Æ A-12",
    "O’Neil, Jr.",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_as_it_is_written(patient_client, complete, questions, name):
    page = page_at(complete, questions.page("name"))
    patient_client.post(page, {"full_name": name, "call_me": name})
    signed = {"signature": name, "signature__statement": "on"}
    patient_client.post(page_at(complete, questions.page("sign")), signed)
    send(patient_client, complete)

    patient = Intake.objects.get().patient
    assert (patient.name, patient.call_me) == (name, name)
    assert {s.typed_name for s in Revision.objects.get().signatures.all()} == {name}


@pytest.mark.parametrize("number", ["+353 1 496 0000", "(020) 7946-0000 ext. 5", "٠٢٠٧٩٤٦٠٠٠٠"])
def test_a_phone_number_is_kept_as_it_is_written(patient_client, complete, questions, number):
    page = page_at(complete, questions.page("contact"))
    assert patient_client.post(page, {"phone": number, "voicemail": "no"}).status_code == 302

    assert Intake.objects.get().answers["phone"] == number
