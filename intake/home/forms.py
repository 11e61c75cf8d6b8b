from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms import ClinicForm
from clinic.people.models import Patient

RELATIONS = {
    Patient.Relation.CHILD: _("My child"),
    Patient.Relation.CARED_FOR: _("Someone else I look after"),
    Patient.Relation.SELF: _("Myself"),
}


class PersonForm(ClinicForm):
    """Someone whom the account looks after. "Myself" is offered only while it is still free."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={
            "required": _("Write their full name."),
            "max_length": _("Write a name of at most 200 letters."),
            "null_characters_not_allowed": _("Write their full name."),
        },
    )
    relation = forms.ChoiceField(
        label=_("Who are they to you?"),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose who they are to you."),
            "invalid_choice": _("Choose who they are to you."),
        },
    )

    def __init__(self, *args, has_account_holder: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        left_out = {Patient.Relation.SELF} if has_account_holder else set()
        self.fields["relation"].choices = [
            (code, words) for code, words in RELATIONS.items() if code not in left_out
        ]
