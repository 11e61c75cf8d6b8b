"""Other rules on the forms of the past: counts, and nothing of anybody."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_patient, make_sent
from signing_in import client_of

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from clinic.people.models import User
from intake.questionnaire.services import load_default as load_questions
from intake.screening.editing import drafts
from intake.screening.editing.sheets import SHEETS
from intake.screening.models import RuleSet
from intake.screening.services import NoRulesPublished, load_default
from intake.submission import back_test as back_test_module
from intake.submission.back_test import back_test

pytestmark = pytest.mark.django_db
BORN = {"born": "1973-06-04"}


@pytest.fixture
def ada():
    return User.objects.create_user("ada@example.org", name="Ada Novak", is_manager=True)


@pytest.fixture
def draft(ada):
    """Diabetes stops massage, osteoporosis no longer weighs on it, trouble with consent is gone."""
    draft = drafts.start(base=load_default(), name="2026.3.1", by=ada)
    sheet = SHEETS["conditions"]
    for code, level in (("diabetes", "contraindicated"), ("osteoporosis", "none")):
        cells = sheet.cells(sheet.by_key(draft.data())[code]) | {"massage": level}
        drafts.save_row(
            draft=draft, sheet=sheet, key=code, row=sheet.row(cells), seen=draft.digest, by=ada
        )
    return drafts.remove_row(
        draft=draft, sheet=sheet, key="consent_barrier", seen=draft.digest, by=ada
    )


@pytest.fixture
def sent(request):
    """Sends a form of somebody new who says yes to these codes."""
    load_questions()

    def send(*codes: str, **answers: object):
        number = User.objects.count()
        patient = make_patient(f"p{number}@example.org", f"Person {number}")
        said = BORN | dict.fromkeys(codes, "yes") | answers
        return make_sent(patient, answers=said)

    return send


class TestCounting:
    def test_says_how_many_forms_would_be_screened_otherwise(self, draft, ada, sent):
        sent("diabetes")
        sent("diabetes", "consent_barrier")
        sent("osteoporosis")
        sent("easy_bruising")

        found = back_test(rule_set=draft, by=ada)

        assert (found.stored, found.screened, found.not_read, found.left_out) == (4, 4, 0, 0)
        assert dict(found.with_flags) == {"lost": 1, "lowered": 1, "raised": 2, "added": 0}
        assert {code: dict(counts) for code, counts in found.by_code.items()} == {
            "diabetes": {"raised": 2},
            "osteoporosis": {"lowered": 1},
            "consent_barrier": {"lost": 1},
        }
        assert found.same == 1
        assert (found.level_raised, found.level_lowered) == (2, 0)

    def test_with_the_rules_in_force_finds_every_form_the_same(self, ada, sent):
        sent("diabetes")
        sent("icd")

        found = back_test(rule_set=load_default(), by=ada)

        assert (found.same, found.by_code, found.other_suggestion) == (2, {}, 0)

    def test_counts_new_flags_the_other_way_round(self, draft, ada, sent):
        sent("consent_barrier")
        base = load_default()
        RuleSet.objects.filter(pk=draft.pk).update(
            published_at=timezone.now(), published_by=person("bea"), note="why"
        )

        found = back_test(rule_set=base, by=ada)

        assert dict(found.with_flags) == {"lost": 0, "lowered": 0, "raised": 0, "added": 1}

    def test_leaves_out_forms_that_cannot_be_screened_again(self, draft, ada, patient):
        load_questions()
        make_sent(patient)

        found = back_test(rule_set=draft, by=ada)

        assert (found.stored, found.screened, found.not_read) == (1, 0, 1)

    def test_screens_the_newest_when_there_are_too_many(self, draft, ada, sent):
        sent("diabetes")
        sent("osteoporosis")
        sent("consent_barrier")

        found = back_test(rule_set=draft, by=ada, most=2)

        assert (found.stored, found.screened, found.left_out) == (3, 2, 1)
        assert sorted(found.by_code) == ["consent_barrier", "osteoporosis"]

    def test_reads_forms_in_portions_with_as_many_queries_for_many(
        self, draft, ada, sent, django_assert_max_num_queries, monkeypatch
    ):
        monkeypatch.setattr(back_test_module, "AT_ONCE", 2)
        for _ in range(7):
            sent("diabetes")

        with django_assert_max_num_queries(14):
            assert back_test(rule_set=draft, by=ada).screened == 7

    def test_takes_the_age_on_the_day_of_sending(self, draft, ada, sent, monkeypatch):
        seen = []
        real = back_test_module.screening_document
        monkeypatch.setattr(
            back_test_module,
            "screening_document",
            lambda **said: seen.append(said) or real(**said),
        )
        revision = sent("diabetes")

        back_test(rule_set=draft, by=ada)

        assert seen[0]["on"] == timezone.localdate(revision.sent_at)
        assert seen[0]["on"] > timezone.localdate() - timedelta(days=2)
        assert seen[0]["reference"] == "past form"


def person(name: str) -> User:
    return User.objects.create_user(f"{name}@example.org", name=name, is_manager=True)


class TestTheTrace:
    def test_says_who_counted_what_and_how_many(self, draft, ada, sent):
        sent("diabetes")

        back_test(rule_set=draft, by=ada)

        event = Event.objects.get(action="rules_back_tested")
        assert (event.by, event.reference, event.patient) == (ada, "2026.3.1", None)
        assert event.detail == "1 forms, compared with 2026.3"

    def test_is_not_left_by_opening_the_page(self, draft, ada):
        client_of(ada).get(f"/manage/rules/{draft.pk}/back-test/")

        assert not Event.objects.filter(action="rules_back_tested").exists()


class TestOthers:
    def test_are_refused(self, draft, practitioner):
        with pytest.raises(NotAllowed):
            back_test(rule_set=draft, by=practitioner.user)

    def test_need_rules_in_force(self, ada):
        with pytest.raises(NoRulesPublished):
            back_test(rule_set=RuleSet(name="x"), by=ada)


class TestThePage:
    @pytest.fixture
    def address(self, draft):
        return f"/manage/rules/{draft.pk}/back-test/"

    def test_shows_counts_and_nothing_of_anybody(self, address, draft, ada, sent):
        revision = sent("diabetes", "consent_barrier", own_words="SECRET WORDS")

        text = client_of(ada).post(address).content.decode()

        assert "1 form screened." in text
        assert "would lose a flag" in text
        assert "Diabetes" in text
        patient = revision.intake.patient
        for secret in (patient.name, patient.reference, revision.intake.reference, "SECRET WORDS"):
            assert secret not in text

    def test_without_a_form_says_so(self, address, ada):
        assert "No form has been sent yet." in client_of(ada).post(address).content.decode()

    def test_of_a_version_that_is_not_there_is_not_found(self, ada):
        assert client_of(ada).get("/manage/rules/99999/back-test/").status_code == 404
