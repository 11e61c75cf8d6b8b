"""Form fields that answer any input with a sentence. What is required is decided by the kinds."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class PlainText(forms.CharField):
    """Text as typed, without the blanks around it. Line ends become single."""

    def __init__(self, *, short: str, max_length: int, **kwargs) -> None:
        super().__init__(required=False, max_length=max_length, **kwargs)
        self.error_messages["max_length"] = _as_is(
            _("Make the answer to “%(question)s” shorter: at most %(longest)s characters.")
            % {"question": short, "longest": max_length}
        )
        self.unstorable = _(
            "Type the answer to “%(question)s” again. It holds a hidden character we cannot store."
        ) % {"question": short}

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        if _UNSTORABLE.search(text):
            raise ValidationError(self.unstorable, code="unstorable")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {}  # a maxlength attribute would cut pasted text without a word


def _as_is(sentence: str) -> str:
    """Django fills some messages in with %; a question may hold that sign."""
    return sentence.replace("%", "%%")


def _not_offered(short: str) -> str:
    return _("Choose one of the answers shown for “%(question)s”.") % {"question": short}


BOX = {"class": "form-check-input"}


class OneOf(forms.ChoiceField):
    def __init__(self, *, short: str, choices: list[tuple[str, str]], **kwargs) -> None:
        widget = forms.RadioSelect(attrs=BOX)
        super().__init__(required=False, choices=choices, widget=widget, **kwargs)
        self.error_messages["invalid_choice"] = _as_is(_not_offered(short))


class SomeOf(forms.MultipleChoiceField):
    """The chosen codes, each once, in the order they are offered."""

    def __init__(self, *, short: str, choices: list[tuple[str, str]], **kwargs) -> None:
        widget = forms.CheckboxSelectMultiple(attrs=BOX)
        super().__init__(required=False, choices=choices, widget=widget, **kwargs)
        self.error_messages["invalid_choice"] = _as_is(_not_offered(short))
        self.error_messages["invalid_list"] = _not_offered(short)

    def clean(self, value: object) -> list[str]:
        chosen = set(super().clean(value))
        return [code for code, _ in self.choices if code in chosen]


class Tick(forms.BooleanField):
    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, widget=forms.CheckboxInput(attrs=BOX), **kwargs)
