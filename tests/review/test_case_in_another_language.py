"""A form that was filled in in another language, as the practitioner reads it."""

import pytest
from django.utils import timezone
from pseudo_translation import accented, load_pseudo, write_spanish

from clinic.people.models import User
from intake.questionnaire.models import QuestionSet
from intake.questionnaire.outline import outline
from intake.questionnaire.services import load_default as load_questions
from intake.questionnaire.translating import mark_checked
from intake.screening.services import load_default as load_rules
from intake.submission import services
from intake.submission.models import Revision
from tests.submission.filling import plain_answers

__all__ = ["write_spanish"]


READS = "Screening reads English texts, and in Spanish only words of self-harm."


@pytest.fixture
def bea(db) -> User:
    return User.objects.create_user("bea@example.org", name="Bea Lindqvist", is_manager=True)


@pytest.fixture
def ready(db) -> QuestionSet:
    load_rules()
    return load_questions()


@pytest.fixture
def spanish(ready, write_spanish, bea):
    """All that is urgent or signed is checked, and one text of the rest is too."""
    made = load_pseudo(ready, write_spanish)
    vital = made.texts.filter(is_vital=True).values_list("address", flat=True)
    mark_checked(translation=made, addresses=[*vital, "question.born.label"], by=bea)
    return made


def sent(patient, language: str, seen: int | None = None) -> Revision:
    by = patient.account
    intake = services.begin(by=by)
    answers = plain_answers(outline(intake.question_set_id), timezone.localdate())
    answers |= {"own_words": "Me duele la espalda."}
    services.save_answers(intake=intake, answers=answers, by=by, seen=seen)
    token = str(intake.form_token)
    return services.send(intake=intake, token=token, by=by, language=language)


def page_of(client, revision) -> str:
    return client.get(f"/reviews/{revision.intake.reference}/").content.decode()


def test_says_in_which_words_it_was_filled_in(signed_in, patient, spanish):
    page = page_of(signed_in, sent(patient, "es", spanish.pk))

    assert "Filled in in Spanish (questions: translation 1)." in page
    assert "Have you had massage before?" in page
    assert accented("Have you had massage before?") not in page


def test_marks_texts_that_nobody_has_checked(signed_in, patient, spanish, bea):
    revision = sent(patient, "es", spanish.pk)
    unchecked = list(spanish.texts.filter(state="draft").values_list("address", flat=True))
    assert f"{len(unchecked)} texts of this translation are not checked." in page_of(
        signed_in, revision
    )

    mark_checked(translation=spanish, addresses=unchecked[1:], by=bea)
    assert "1 text of this translation is not checked." in page_of(signed_in, revision)

    mark_checked(translation=spanish, addresses=unchecked, by=bea)
    assert "not checked.</strong>" not in page_of(signed_in, revision)


def test_says_that_own_words_need_a_reader(signed_in, patient, spanish):
    page = page_of(signed_in, sent(patient, "es", spanish.pk))

    assert READS in page
    assert "perhaps not English" in page


def test_tells_when_the_questions_were_not_there_in_their_language(signed_in, patient, ready):
    page = page_of(signed_in, sent(patient, "es"))

    assert "This person reads the site in Spanish." in page
    assert "perhaps not English" in page


def test_says_nothing_of_a_form_in_english(signed_in, patient, ready):
    page = page_of(signed_in, sent(patient, "en"))

    assert "translation" not in page and READS not in page


def test_keeps_within_the_queries_of_every_case(
    signed_in, patient, spanish, django_assert_max_num_queries
):
    revision = sent(patient, "es", spanish.pk)
    page_of(signed_in, revision)
    with django_assert_max_num_queries(24):
        page_of(signed_in, revision)
