"""Answers in the person's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django import forms
from django.utils.translation import gettext as _

from intake.questionnaire.fields import PlainText
from intake.questionnaire.kinds.base import Kind, Unclear


class Text(Kind):
    code = "text"
    longest = 200
    widget: Callable[..., forms.Widget] = forms.TextInput

    def fields(self, question) -> dict[str, forms.Field]:
        attrs = {"class": "form-control"}
        if "autocomplete" in question.extras:
            attrs["autocomplete"] = question.extras["autocomplete"]
        return {
            "": PlainText(
                short=question.short,
                max_length=question.extras.get("max_length", self.longest),
                widget=self.widget(attrs=attrs),
                help_text=question.hint,
            )
        }


class LongText(Text):
    code = "long_text"
    longest = 2000

    @staticmethod
    def widget(*, attrs: dict) -> forms.Widget:
        return forms.Textarea(attrs=attrs | {"rows": 4})


class Phone(Text):
    """Kept as typed: people do not know their own number again when it is rewritten."""

    code = "phone"
    longest = 60

    @staticmethod
    def widget(*, attrs: dict) -> forms.Widget:
        return forms.TextInput(attrs=attrs | {"type": "tel"})

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        typed = parts[""]
        if typed and digits(typed) < FEWEST:
            sentence = _("Write a phone number with all its digits for “%(question)s”.")
            raise Unclear(sentence % {"question": question.short})
        return typed or None

    def unusual(self, question, value: object, answers: dict, today: date) -> str:
        if digits(value) in USUAL:
            return ""
        return _("You wrote {number}. It has {count} digits.").format(
            number=value, count=digits(value)
        )


FEWEST = 3
USUAL = range(7, 16)
"""Digits of a phone number, with or without the code of the country."""


def digits(typed: str) -> int:
    """In any script."""
    return len(re.findall(r"\d", typed))
