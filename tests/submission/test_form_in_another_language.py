"""The patient's way in another language: offered, walked and sent, or not offered and said so."""

import pytest
from django.test import Client
from django.urls import reverse
from pseudo_translation import accented, load_pseudo

from intake.questionnaire.emergency import short_check
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.outline import outline
from intake.questionnaire.translating import mark_checked
from intake.submission.models import Intake, Revision
from intake.submission.words_shown import SEEN
from tests.submission.filling import plain_answers
from tests.submission.places import at, page_at, send
from tests.submission.walking import english_on, walk, words_on


@pytest.fixture(autouse=True)
def two_languages(settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Español")]


@pytest.fixture
def reader(patient) -> Client:
    """The patient, with a browser that asks for Spanish."""
    client = Client(HTTP_ACCEPT_LANGUAGE="es")
    client.force_login(patient.account)
    return client


class TestAnOfferedLanguage:
    def test_holds_from_the_first_question_to_the_copy(self, reader, draft, spanish, today):
        whole = outline(draft.question_set_id, spanish.pk)

        pages = walk(reader, draft, whole, today)
        pages += [words_on(reader, at(name, draft)) for name in ("tasks", "check")]
        assert send(reader, draft).url == at("sent", draft)
        pages.append(words_on(reader, at("copy", draft)))

        for page in pages:
            assert english_on(page, draft.question_set_id) == []
        assert accented("Where would you like to be treated?") in "".join(pages)
        assert Revision.objects.get().translation == spanish

    def test_says_what_is_missing_in_it(self, reader, draft, spanish, questions):
        address = page_at(draft, questions.page("own_words"))

        response = reader.post(address, {"own_words": ""})

        assert response.status_code == 422
        assert accented("Write what brings you to us.") in response.content.decode()

    def test_changes_no_answer_and_no_condition(self, reader, draft, spanish, questions, today):
        walk(reader, draft, outline(draft.question_set_id, spanish.pk), today)

        answers = Intake.objects.get().answers
        notes = answers.pop(SEEN)
        plain = plain_answers(questions, today)
        assert {code: value for code, value in answers.items() if code in plain} == plain
        assert set(notes.values()) == {spanish.pk}

    def test_shows_the_urgent_message(self, reader, draft, spanish, questions):
        page = next(p for p in questions.pages() if p.questions[0].code == "em_chest_pain")
        address = page_at(draft, page)

        stopped = reader.post(address, {"em_chest_pain": "yes"}).url

        assert accented("Stop here. What you told us could be an emergency.") in words_on(
            reader, stopped
        )

    def test_is_nothing_to_someone_who_reads_english(self, patient_client, draft, spanish):
        assert "About you" in words_on(patient_client, at("tasks", draft))

    def test_keeps_the_copy_in_the_words_it_was_sent_in(
        self, reader, patient_client, draft, spanish, today
    ):
        walk(reader, draft, outline(draft.question_set_id, spanish.pk), today)
        send(reader, draft)

        copy = words_on(patient_client, at("copy", draft))

        assert english_on(copy, draft.question_set_id) == []

    def test_asks_for_consent_again_when_the_language_changes(
        self, reader, patient_client, draft, spanish, today
    ):
        walk(reader, draft, outline(draft.question_set_id, spanish.pk), today)

        check = words_on(patient_client, at("check", draft))
        assert "These still need an answer" in check
        assert "Do you agree to massage, if a practitioner finds it suitable for you?" in check
        assert send(patient_client, draft).url == at("check", draft)
        assert not Revision.objects.exists()
        assert "These still need an answer" not in words_on(reader, at("check", draft))

    @pytest.mark.parametrize("words", ["", "0", "-1", "x", "²", "9" * 40])
    def test_takes_no_consent_to_other_words(self, reader, draft, spanish, today, words, questions):
        whole = outline(draft.question_set_id, spanish.pk)
        walk(reader, draft, whole, today)

        address = page_at(draft, questions.page("consent_massage"))
        reader.post(address, {"consent_massage": "yes", "words": words})

        assert send(reader, draft).url == at("check", draft)

    def test_costs_one_query_more(
        self, reader, patient_client, draft, spanish, questions, django_assert_max_num_queries
    ):
        for name in ("tasks", "check"):
            reader.get(at(name, draft))
            with django_assert_max_num_queries(15):
                reader.get(at(name, draft))
        address = page_at(draft, questions.page("own_words"))
        reader.get(address)
        with django_assert_max_num_queries(15) as other:
            reader.get(address)
        with django_assert_max_num_queries(15) as original:
            patient_client.get(address)
        assert len(other.captured_queries) <= len(original.captured_queries) + 1


class TestALanguageThatIsNotOffered:
    PLACES = ("tasks", "check")

    def test_gives_the_questions_in_english_and_says_so(
        self, reader, draft, unchecked_spanish, questions
    ):
        addresses = [at(name, draft) for name in self.PLACES]
        addresses += [page_at(draft, questions.page("own_words")), reverse("submission:begin")]
        for address in addresses:
            page = words_on(reader, address)
            assert '<div class="callout note" lang="es">' in page
            assert accented("What brings you to us") not in page
        assert "About you" in words_on(reader, at("tasks", draft))

    def test_says_so_too_where_there_is_no_translation_at_all(self, reader, draft):
        assert 'lang="es"' in words_on(reader, at("tasks", draft))

    def test_says_nothing_once_it_is_offered(self, reader, draft, spanish):
        assert 'lang="es">' not in words_on(reader, at("tasks", draft))
        assert "callout" not in words_on(reader, reverse("submission:begin"))

    def test_says_nothing_to_someone_who_reads_english(self, patient_client, draft):
        assert "callout" not in words_on(patient_client, at("tasks", draft))

    def test_is_offered_to_a_running_process_with_the_last_check(
        self, reader, draft, unchecked_spanish, bea
    ):
        vital = unchecked_spanish.texts.filter(is_vital=True).values_list("address", flat=True)
        first, *others = list(vital)
        mark_checked(translation=unchecked_spanish, addresses=others, by=bea)
        assert "About you" in words_on(reader, at("tasks", draft))

        mark_checked(translation=unchecked_spanish, addresses=[first], by=bea)
        assert accented("About you") in words_on(reader, at("tasks", draft))

    def test_shows_the_urgent_message_all_the_same(
        self, reader, draft, unchecked_spanish, questions
    ):
        page = next(p for p in questions.pages() if p.questions[0].code == "em_chest_pain")

        stopped = reader.post(page_at(draft, page), {"em_chest_pain": "yes"}).url

        assert accented("Stop here.") in words_on(reader, stopped)

    def test_shows_the_check_before_sign_in_all_the_same(self, db, questions, write_spanish):
        load_pseudo(QuestionSet.objects.get(), write_spanish)

        page = words_on(Client(HTTP_ACCEPT_LANGUAGE="es"), reverse("submission:start"))

        assert accented(short_check().heading) in page
        assert all(accented(sign.label) in page for sign in short_check().signs)
