"""What can be asked of the queue, and passing a form on."""

from urllib.parse import urlencode

from django import forms

from clinic.forms import ClinicForm
from clinic.people.models import User
from clinic.people.therapies import Therapy
from intake.review.boxes import writing
from intake.review.holding import names_of_colleagues
from intake.review.queue import ANYONE, ME, NOBODY, Filters, Tab
from intake.review.searching import words_in
from intake.submission.due import TARGETS


class FilterForm(forms.Form):
    """Read from the address. What it does not understand shows everything."""

    q = forms.CharField(label="Name or reference", max_length=100, required=False)
    wants = forms.ChoiceField(
        label="Wants", choices=[("", "Anything"), *Therapy.choices], required=False
    )
    level = forms.ChoiceField(
        label="Level",
        choices=[("", "Any"), *((code, code.capitalize()) for code in TARGETS)],
        required=False,
    )
    held = forms.ChoiceField(label="Held by", required=False)

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(each.pk), str(each)) for each in names_of_colleagues(user)]
        first = [(ANYONE, "Anyone or nobody"), (NOBODY, "Nobody"), (ME, "You")]
        self.fields["held"].choices = [*first, *names]

    def filters(self) -> Filters:
        self.is_valid()
        data = self.cleaned_data
        return Filters(
            wants=data.get("wants", ""),
            level=data.get("level", ""),
            held=data.get("held", ""),
            words=words_in(data.get("q", "")),
        )

    def kept(self, tab: Tab) -> str:
        """What was chosen, for the address of the next page of this tab."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return urlencode({"tab": tab.code} | chosen)


class PutBackForm(ClinicForm):
    note = writing("Note for whoever reads it next")


class ColleagueForm(ClinicForm):
    """To one of these colleagues; nobody is chosen beforehand."""

    who = "Who"
    to = forms.ChoiceField(
        error_messages={
            "required": "Choose a colleague.",
            "invalid_choice": "This colleague cannot take it now. Choose another one.",
        },
    )

    def __init__(self, *args, colleagues: list[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(each.pk): each for each in colleagues}
        names = [(pk, str(each)) for pk, each in self.colleagues.items()]
        self.fields["to"].label = self.who
        self.fields["to"].choices = [("", "Choose one"), *names]

    def colleague(self) -> User:
        return self.colleagues[self.cleaned_data["to"]]


class HandOverForm(ColleagueForm):
    who = "Hand over to"
    note = writing("Note for them")


class AskColleagueForm(ColleagueForm):
    question = writing("What would you like to know?")
    revision = forms.CharField(widget=forms.HiddenInput, required=False)
    therapy = forms.CharField(widget=forms.HiddenInput, required=False)


class PrivateNoteForm(ClinicForm):
    text = writing("Private note", rows=3)
