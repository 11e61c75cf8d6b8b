"""Agreeing and signing. Nothing is ever ticked beforehand."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from intake.questionnaire.fields import PlainText, Tick
from intake.questionnaire.kinds.base import Kind, Unclear
from intake.questionnaire.kinds.choosing import Choice


class Consent(Choice):
    """With options: one of them. Without: a box to tick, whose answer is "yes"."""

    code = "consent"
    template = "questionnaire/kinds/consent.html"

    def fields(self, question) -> dict[str, forms.Field]:
        if question.options:
            return super().fields(question)
        return {"": Tick(label=question.label)}

    def initial(self, question, value: object) -> dict[str, object]:
        return {"": value if question.options else value == "yes"}

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        if question.options:
            return parts[""] or None
        return "yes" if parts[""] else None

    def offered(self, question) -> dict[str, str | Promise]:
        return super().offered(question) or {"yes": gettext_lazy("I agree")}


class Signature(Kind):
    """A typed full name and a ticked statement: {"name": ..., "statement": True}."""

    code = "signature"
    template = "questionnaire/kinds/signature.html"

    def fields(self, question) -> dict[str, forms.Field]:
        return {
            "": PlainText(
                short=question.short,
                max_length=question.extras.get("max_length", 200),
                help_text=question.hint,
                widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "name"}),
            ),
            "statement": Tick(label=question.extras["statement"]),
        }

    def initial(self, question, value: object) -> dict[str, object]:
        return {"": value["name"], "statement": False}

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        name, agreed = parts[""], parts["statement"]
        if not name and not agreed:
            return None
        if not name:
            raise Unclear(self.missing(question))
        if not agreed:
            raise Unclear(_("Tick the box under your name to sign."), "statement")
        return {"name": name, "statement": True}

    def unusual(self, question, value: object, answers: dict, today: date) -> str:
        expected = _signer(answers)
        if not expected or _alike(value["name"], expected):
            return ""
        return _("You signed as {name}. We expected {expected} to sign.").format(
            name=value["name"], expected=expected
        )

    def is_answered(self, value: object) -> bool:
        return (
            isinstance(value, dict) and bool(value.get("name")) and value.get("statement") is True
        )

    def words(self, question, value: object) -> str:
        return _("Signed by %(name)s") % {"name": value["name"]}


ALIKE_FROM = 60
"""Likeness in hundredths, whatever the order of the names; a married name still passes."""


def _signer(answers: dict) -> object:
    """Who signs: the one named as signing, the one who fills it in for them, or the patient."""
    if "guardian" in (answers.get("child_signs"), answers.get("capacity_signs")):
        return answers.get("signer_name")
    if answers.get("filled_in_by") in ("for_someone", "for_my_child"):
        return answers.get("helper_name")
    return answers.get("full_name")


def _alike(one: str, other: object) -> bool:
    return fuzz.token_set_ratio(default_process(one), default_process(str(other))) >= ALIKE_FROM
