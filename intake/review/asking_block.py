"""One question of a practitioner on the patient's short form: the real question, and words."""

from dataclasses import dataclass, replace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.forms import ClinicForm
from intake.questionnaire.forms import PageForm

LONGEST = 2000


class AnewForm(PageForm):
    """One question of the form, on its own. Left blank it is no mistake here."""

    def clean(self) -> dict:
        asked = self.questions
        self.questions = [replace(each, required=False) for each in asked]
        try:
            return super().clean()
        finally:
            self.questions = asked


class BesideForm(ClinicForm):
    """Words, and "I cannot say": never chosen beforehand."""

    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={
            "max_length": gettext_lazy("Make this shorter: at most 2000 letters."),
            "null_characters_not_allowed": gettext_lazy(
                "Write this again, in letters and numbers."
            ),
        },
    )
    cannot = forms.BooleanField(
        label=gettext_lazy("I cannot say"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )


@dataclass
class Block:
    key: str
    """What its boxes and its draft are called."""
    code: str
    """Of the question; empty for something that the form does not ask."""
    title: str
    line: str
    """The practitioner's; empty for a question that follows from an answer given here."""
    said: str
    """What they said before, in words."""
    anew: AnewForm | None
    beside: BesideForm
    is_required: bool = True
    is_missing: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether something is in its boxes as they were sent."""
        beside = self.beside.cleaned_data
        answer = self.anew and self.anew.answers().get(self.code)
        return bool(beside.get("words") or beside.get("cannot")) or answer is not None

    @property
    def is_valid(self) -> bool:
        return self.beside.is_valid() and (self.anew is None or self.anew.is_valid())

    @property
    def summary_errors(self) -> list[tuple[str, str]]:
        found = self.anew.summary_errors if self.anew and self.anew.is_bound else []
        found += self.beside.summary_errors
        if self.is_missing:
            found.append((self.key, self.missing))
        return found

    @property
    def missing(self) -> str:
        return _("Answer “%(question)s”, or choose “I cannot say”.") % {"question": self.title}
