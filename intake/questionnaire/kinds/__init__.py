"""The kinds of question. A new kind is one small class, added to the list below."""

from intake.questionnaire.kinds.base import Kind, Unclear
from intake.questionnaire.kinds.choosing import Choice, Choices, Emergency, OneOrBoth, Scale, YesNo
from intake.questionnaire.kinds.dates import DateInBoxes
from intake.questionnaire.kinds.health import Place, Pregnancy, Regions
from intake.questionnaire.kinds.medicines import Medicines
from intake.questionnaire.kinds.signing import Consent, Signature
from intake.questionnaire.kinds.writing import LongText, Phone, Text

__all__ = ["KINDS", "Kind", "Unclear", "kind"]

KINDS: dict[str, Kind] = {
    each.code: each
    for each in (
        Text(),
        LongText(),
        Phone(),
        DateInBoxes(),
        YesNo(),
        Emergency(),
        Choice(),
        OneOrBoth(),
        Choices(),
        Scale(),
        Regions(),
        Place(),
        Pregnancy(),
        Medicines(),
        Consent(),
        Signature(),
    )
}


def kind(code: str) -> Kind:
    """KeyError for an unknown kind."""
    return KINDS[code]
