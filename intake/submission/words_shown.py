"""In whose words a form is read and signed.

A consent counts only in the words it was given in: after a change of language, or a corrected
translation, it is asked for again. Every other answer is a code, or the person's own words, and
stays as it is.
"""

from intake.questionnaire.models import QuestionSet, Translation
from intake.questionnaire.offered import offered
from intake.questionnaire.outline import SetOutline, outline
from intake.questionnaire.shape import LANGUAGE
from intake.submission.models import Intake, Revision

SEEN = "words_seen"
"""Beside the answers: code of a consent -> the translation that was on the page with it."""


def shown(intake: Intake, language: str | None) -> SetOutline:
    """The form's questions for someone who reads this language; the original if it must be."""
    translation = offered(intake.question_set_id, language)
    return outline(intake.question_set_id, translation.pk if translation else None)


def missed(questions: SetOutline, language: str | None) -> str:
    """The language somebody reads and does not find these questions in; empty when they do."""
    return language if language and language != questions.language else ""


def missed_by_new_forms(language: str | None) -> str:
    """The same before a form was begun."""
    current = QuestionSet.objects.current() if language not in (None, LANGUAGE) else None
    return language if current and not offered(current.pk, language) else ""


def sent(revision: Revision) -> SetOutline:
    """The questions in the words this was sent in."""
    return outline(revision.question_set_id, revision.translation_id)


def urgent_message(intake: Intake, code: str, language: str | None) -> dict[str, str]:
    """In this language also while nobody has checked it: being understood comes first."""
    newest = Translation.objects.newest(intake.question_set_id, language or "")
    return outline(intake.question_set_id, newest.pk if newest else None).messages[code]


def standing(answers: dict, questions: SetOutline) -> dict:
    """The answers without consents and signatures that were given in other words."""
    seen = answers.get(SEEN, {})
    return {
        code: value
        for code, value in answers.items()
        if code not in questions.signed or seen.get(code) == questions.translation_id
    }


def with_words_seen(kept: dict, changed: dict, questions: SetOutline, seen: int | None) -> dict:
    """`kept`, and beside it which words the consents in `changed` were given in."""
    notes = dict(kept.get(SEEN, {}))
    for code in changed.keys() & questions.signed:
        notes.pop(code, None)
        if seen is not None:
            notes[code] = seen
    return {**kept, SEEN: notes or None}
