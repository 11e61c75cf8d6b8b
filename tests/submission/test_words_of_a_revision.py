"""A sent form keeps the words it was read and signed in, whatever is corrected afterwards."""

import pytest
from pseudo_translation import accented, all_texts, check_all
from refusals import refused, run, without, without_constraint

from intake.questionnaire.models import QuestionSet, Translation
from intake.questionnaire.services import publish
from intake.questionnaire.translating import load_translation
from intake.submission import services
from intake.submission.models import Intake, Revision
from intake.submission.reading import sent_sections
from intake.submission.services import NotComplete
from tests.submission.filling import plain_answers

SIGNED = ("consent_acupuncture", "consent_massage", "consent_data", "consent_share", "signature")
SHORT = "Tengo fiebre y cáncer."


@pytest.fixture
def complete_in_spanish(draft, spanish, questions, today) -> Intake:
    answers = plain_answers(questions, today)
    by = draft.patient.account
    return services.save_answers(intake=draft, answers=answers, by=by, seen=spanish.pk)


@pytest.fixture
def sent_twice(complete_in_spanish, other_patient, questions, today) -> tuple[Revision, Revision]:
    """The same answers of two people, in Spanish and in English."""
    by = other_patient.account
    answers = plain_answers(questions, today)
    english = services.save_answers(intake=services.begin(by=by), answers=answers, by=by)
    return send(complete_in_spanish, "es"), send(english, "en")


def send(intake: Intake, language: str) -> Revision:
    by, token = intake.patient.account, str(intake.form_token)
    return services.send(intake=intake, token=token, by=by, language=language)


def corrected(question_set_id: int, write_spanish, by) -> Translation:
    question_set = QuestionSet.objects.get(pk=question_set_id)
    words = {address: accented(text) for address, text in all_texts(question_set).items()}
    write_spanish(words | {"question.signature.statement": "Lo que escribí es verdad."})
    made = load_translation(question_set=question_set, language="es")
    check_all(made, by)
    return made


def asks_again(intake: Intake, language: str) -> bool:
    with pytest.raises(NotComplete):
        send(intake, language)
    return not Revision.objects.exists()


class TestARevision:
    def test_names_the_translation_it_was_filled_in_with(self, complete_in_spanish, spanish):
        revision = send(complete_in_spanish, "es")

        assert (revision.translation, revision.language) == (spanish, "es")

    def test_in_the_original_words_names_none(self, complete, spanish):
        revision = send(complete, "en")

        assert (revision.translation, revision.language) == (None, "en")

    def test_is_screened_alike_in_every_language(self, sent_twice):
        spanish, english = (
            {k: v for k, v in each.screening.items() if k not in ("id", "read_yourself")}
            for each in sent_twice
        )

        assert spanish == english
        assert "osteoporosis" in spanish["unanswered"]

    def test_keeps_its_translation_after_a_correction(
        self, complete_in_spanish, spanish, write_spanish, bea
    ):
        revision = send(complete_in_spanish, "es")
        second = corrected(revision.question_set_id, write_spanish, bea)

        revision.refresh_from_db()
        shown = str(sent_sections(revision))
        assert (second.number, revision.translation) == (2, spanish)
        assert accented("I have read this and I agree to massage") in shown

    def test_signs_the_words_that_were_shown(self, sent_twice):
        spanish, english = (
            {signed.code: signed.text_digest for signed in each.signatures.all()}
            for each in sent_twice
        )

        assert spanish.keys() == english.keys() >= {"consent_massage", "signature"}
        assert all(spanish[code] != english[code] for code in spanish)


class TestAConsent:
    def test_is_asked_for_again_in_another_language(self, complete, spanish, questions, today):
        assert asks_again(complete, "es")

        answers = {c: v for c, v in plain_answers(questions, today).items() if c in SIGNED}
        by = complete.patient.account
        again = services.save_answers(intake=complete, answers=answers, by=by, seen=spanish.pk)
        assert send(again, "es").translation == spanish

    def test_is_asked_for_again_in_the_original(self, complete_in_spanish):
        assert asks_again(complete_in_spanish, "en")

    def test_is_asked_for_again_after_a_correction(
        self, complete_in_spanish, questions, write_spanish, bea
    ):
        corrected(questions.id, write_spanish, bea)

        assert asks_again(complete_in_spanish, "es")

    def test_given_in_the_original_counts_while_a_language_is_not_offered(
        self, complete, unchecked_spanish
    ):
        revision = send(complete, "es")

        assert (revision.translation, revision.language) == (None, "es")


class TestOwnWordsInAnotherLanguage:
    def unread(self, intake: Intake, language: str, text: str) -> list[tuple[str, str]]:
        services.save_answers(intake=intake, answers={"own_words": text}, by=intake.patient.account)
        found = send(Intake.objects.get(), language).screening["read_yourself"]
        return [(each["why"], each["text"]) for each in found if each["field"] == "own_words"]

    def test_always_ask_for_a_reader(self, complete_in_spanish):
        assert self.unread(complete_in_spanish, "es", SHORT) == [("language", SHORT)]

    def test_ask_for_one_also_where_the_questions_were_english(self, complete, unchecked_spanish):
        assert self.unread(complete, "es", SHORT) == [("language", SHORT)]

    def test_in_english_are_read_by_screening(self, complete):
        assert self.unread(complete, "en", "I have diabetes and my back aches.") == []


class TestTheDatabase:
    @pytest.fixture
    def stray(self, questions, spanish) -> Translation:
        other = QuestionSet.objects.create(number=9, title="Other")
        publish(question_set=other, by=None)
        return Translation.objects.create(question_set=other, language="es", number=1)

    def of_another_set(self, revision: Revision, stray: Translation) -> None:
        without("submission_revision", "submission_revision_append_only")
        sql = f"UPDATE submission_revision SET translation_id = {stray.pk} WHERE id = {revision.pk}"
        run(sql)

    def test_refuses_words_of_another_question_set(self, complete_in_spanish, stray):
        revision = send(complete_in_spanish, "es")

        with refused("revision_translation_is_of_its_question_set"):
            self.of_another_set(revision, stray)

    def test_without_the_constraint_takes_them(self, complete_in_spanish, stray):
        revision = send(complete_in_spanish, "es")
        without_constraint("submission_revision", "revision_translation_is_of_its_question_set")

        self.of_another_set(revision, stray)

    def test_refuses_to_change_the_words_afterwards(self, complete_in_spanish):
        revision = send(complete_in_spanish, "es")

        with refused("submission_revision_append_only"):
            run(f"UPDATE submission_revision SET translation_id = NULL WHERE id = {revision.pk}")

    def test_without_the_trigger_would(self, complete_in_spanish):
        revision = send(complete_in_spanish, "es")
        without("submission_revision", "submission_revision_append_only")

        run(f"UPDATE submission_revision SET translation_id = NULL WHERE id = {revision.pk}")

        assert run("SELECT translation_id FROM submission_revision") == (None,)
