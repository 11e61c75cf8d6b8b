"""Which languages the form is offered in: one rule."""

from intake.questionnaire.addresses import vital
from intake.questionnaire.emergency import check_texts
from intake.questionnaire.models import Translation
from intake.questionnaire.outline import outline
from intake.questionnaire.shape import LANGUAGE


def offered(question_set_id: int, language: str | None) -> Translation | None:
    """The newest translation, if a person has checked all of it that is urgent or signed.

    None is for the original words, which are there for everyone. One query, or none.
    """
    if language in (None, LANGUAGE):
        return None
    newest = Translation.objects.counted().newest(question_set_id, language)
    return newest if newest and is_ready(newest) else None


def is_ready(counted: Translation) -> bool:
    needed = len(vital(outline(counted.question_set_id))) + len(check_texts())
    return counted.vital_unchecked == 0 and counted.vital_checked >= needed
