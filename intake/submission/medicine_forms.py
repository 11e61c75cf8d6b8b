"""The steps of the list of medicines as forms."""

import re

from django import forms
from django.utils.translation import gettext as _

from clinic.forms import ClinicForm
from intake.questionnaire.fields import OneOf, PlainText
from intake.screening.medicines.choosing import Offer
from intake.submission.medicine_list import new_key

NONE_OF_THESE = "-"
LONGEST = 200


def _line(short: str, label: str, hint: str = "") -> PlainText:
    return PlainText(
        short=short,
        max_length=LONGEST,
        label=label,
        help_text=hint,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )


class NameForm(ClinicForm):
    """One name, as it is written on the box or said at home."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _line(
            _("Name of the medicine"),
            _("What is the medicine called?"),
            _("Write it as you say it, or copy it from the box. Spelling does not matter."),
        )

    def clean_key(self) -> str:
        """Made when the page was shown: pressing the button twice names one medicine."""
        key = self.cleaned_data["key"]
        return key if re.fullmatch("[0-9a-f]{1,12}", key) else new_key()

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not name:
            raise forms.ValidationError(_("Write the name of the medicine, as well as you can."))
        return name


class DetailsForm(ClinicForm):
    """Which of the offered names it is, how much and how often."""

    def __init__(self, *args, offers: list[Offer], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        if offers:
            choices = [(offer.name, _words(offer)) for offer in offers]
            choices.append((NONE_OF_THESE, _("None of these. Keep what I typed")))
            self.fields["which"] = OneOf(short=_("Is it one of these?"), choices=choices)
        self.fields["dose"] = _line(
            _("Dose"), _("How much do you take?"), _("Copy it from the box if you can.")
        )
        self.fields["how_often"] = _line(
            _("How often"), _("How often do you take it?"), _("For example, twice a day.")
        )

    def clean_which(self) -> str:
        which = self.cleaned_data["which"]
        if not which:
            raise forms.ValidationError(
                _("Choose the medicine you take, or “None of these. Keep what I typed”.")
            )
        return which


class AnotherForm(ClinicForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        short = _("Do you take another medicine?")
        choices = [("yes", _("Yes, add another")), ("no", _("No, that is all"))]
        self.fields["another"] = OneOf(short=short, choices=choices)

    def clean_another(self) -> str:
        another = self.cleaned_data["another"]
        if not another:
            raise forms.ValidationError(_("Choose whether you take another medicine."))
        return another


def _words(offer: Offer) -> str:
    if offer.name.casefold() == offer.generic.casefold():
        return offer.name
    return f"{offer.name} ({offer.generic})"
