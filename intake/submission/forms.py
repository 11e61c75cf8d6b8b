from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms import ClinicForm
from intake.submission.states import REASONS_OF_THE_PATIENT


class ChangeForm(ClinicForm):
    """Why a sent form is changed. No reason is chosen beforehand."""

    reason = forms.ChoiceField(
        label=_("Why do you want to change your form?"),
        choices=list(REASONS_OF_THE_PATIENT.items()),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose why you want to change your form."),
            "invalid_choice": _("Choose why you want to change your form."),
        },
    )
    note = forms.CharField(
        label=_("In one line, if you like"),
        help_text=_("For example what is new. You can leave this blank."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={
            "max_length": _("Write at most 200 letters here. You can say more in the form itself."),
            "null_characters_not_allowed": _("Write this line again, in letters and numbers."),
        },
    )
