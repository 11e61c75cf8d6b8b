"""In whose words a form was filled in, for the practitioner who reads it in English."""

from dataclasses import dataclass

from intake.questionnaire.models import Translation
from intake.questionnaire.shape import LANGUAGE
from intake.questionnaire.translation_models import language_name
from intake.submission.models import Revision


@dataclass(frozen=True)
class FormLanguage:
    name: str
    translation: Translation | None
    """Counted; None where the questions were not there in this language."""


def language_of(revision: Revision) -> FormLanguage | None:
    """None for a form in the original language. One query, or none."""
    if revision.language == LANGUAGE:
        return None
    translation = None
    if revision.translation_id:
        translation = Translation.objects.counted().get(pk=revision.translation_id)
    return FormLanguage(language_name(revision.language), translation)
