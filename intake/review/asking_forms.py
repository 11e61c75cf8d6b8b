"""Choosing what the patient is asked: a tick and a line for each question."""

from dataclasses import dataclass

from django import forms

from clinic.forms import ClinicForm
from intake.questionnaire.outline import QuestionOutline
from intake.review.asking import Asked, NothingAsked

LONGEST = 300
ELSE = "else"
"""What the boxes for something that the form does not ask are called."""


@dataclass(frozen=True)
class AskRow:
    tick: forms.BoundField
    line: forms.BoundField
    said: str
    """What they answered, in words; empty where they did not."""


class AskForm(ClinicForm):
    """One tick and one line for each question; picked: codes that begin with a tick."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def __init__(
        self, *args, questions: list[QuestionOutline], said: dict[str, object], picked=(), **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.said = {each.code: each.words(said.get(each.code)) for each in questions}
        self.codes = [each.code for each in questions]
        for question in questions:
            self._add(question.code, question.short, question.code in picked)
        self._add(ELSE, "Something else, that the form does not ask", ELSE in picked)

    def _add(self, code: str, label: str, is_picked: bool) -> None:
        self.fields[f"ask_{code}"] = forms.BooleanField(
            label=label,
            required=False,
            initial=is_picked,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        )
        self.fields[f"line_{code}"] = forms.CharField(
            label=f"Your question in a line, about: {label}",
            max_length=LONGEST,
            required=False,
            widget=forms.TextInput(attrs={"class": "form-control"}),
            error_messages={"max_length": f"Use at most {LONGEST} letters for: {label}"},
        )

    def clean(self) -> dict:
        data = super().clean()
        picked = [code for code in [*self.codes, ELSE] if data.get(f"ask_{code}")]
        for code in picked:
            name = f"line_{code}"
            if not data.get(name) and name not in self.errors:
                label = self.fields[f"ask_{code}"].label
                self.add_error(name, f"Write in a line what you want to know about: {label}")
        if not picked:
            raise forms.ValidationError(NothingAsked.sentence)
        return data

    def asked(self) -> list[Asked]:
        data = self.cleaned_data
        return [
            Asked("" if code == ELSE else code, data[f"line_{code}"])
            for code in [*self.codes, ELSE]
            if data[f"ask_{code}"]
        ]

    def row(self, code: str) -> AskRow:
        return AskRow(self[f"ask_{code}"], self[f"line_{code}"], self.said.get(code, ""))

    @property
    def summary_errors(self) -> list[tuple[str, str]]:
        """What is wrong with the whole leads to the first tick, whatever group it stands in."""
        first = self[f"ask_{(self.codes or [ELSE])[0]}"].id_for_label
        return [(first if id_ == "main" else id_, each) for id_, each in super().summary_errors]
