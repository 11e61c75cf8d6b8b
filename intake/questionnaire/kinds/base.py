"""What every kind of question can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from intake.questionnaire.question import QuestionOutline


class Unclear(Exception):
    """An answer cannot be read: what the person can do about it, and at which part."""

    def __init__(self, sentence: str, part: str = "") -> None:
        self.sentence = sentence
        self.part = part
        super().__init__(sentence)


class Kind(ABC):
    """One kind of question.

    Each question becomes one or more form fields, its parts: the main one is called "" and is
    named like the question, others `<code>__<part>`. Fields are never required by themselves.
    """

    code: ClassVar[str]
    template: ClassVar[str] = "questionnaire/kinds/input.html"

    @abstractmethod
    def fields(self, question: QuestionOutline) -> dict[str, forms.Field]:
        """Part -> form field; the main part is called ""."""

    def initial(self, question: QuestionOutline, value: object) -> dict[str, object]:
        """Part -> value to show; `value` is an answer this kind made."""
        return {"": value}

    def answer(self, question: QuestionOutline, parts: dict[str, object], today: date) -> object:
        """The JSON answer, or None for none. Raises Unclear."""
        return parts[""] or None

    def unusual(self, question: QuestionOutline, value: object, answers: dict, today: date) -> str:
        """A sentence that names what was typed, where it is possible but unlikely; else ""."""
        return ""

    def is_answered(self, value: object) -> bool:
        return isinstance(value, str) and value != ""

    def offered(self, question: QuestionOutline) -> dict[str, str | Promise]:
        """Code -> words of the answers to choose among; nothing where one writes."""
        return {}

    def still_offers(self, question: QuestionOutline, value: object) -> bool:
        """Whether `value`, an answer of this kind, is among what the question offers."""
        return True

    def words(self, question: QuestionOutline, value: object) -> str:
        return str(value)

    def missing(self, question: QuestionOutline) -> str:
        """What to do when a required answer is not there."""
        return question.extras.get("missing") or self.default_missing(question)

    def default_missing(self, question: QuestionOutline) -> str:
        return _("Answer “%(question)s”.") % {"question": question.short}

    def shown(self, question: QuestionOutline, parts: dict[str, BoundField]) -> dict[str, object]:
        """What the kind's template needs besides `question` and `parts`."""
        return {}

    def first_id(self, part: BoundField) -> str:
        """Where a link in the error summary leads."""
        several = isinstance(part.field.widget, forms.RadioSelect)  # checkboxes included
        return f"{part.auto_id}_0" if several else part.auto_id
