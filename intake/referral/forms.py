from django import forms

from clinic.forms import ClinicForm
from intake.referral.states import Permission, Urgency, Way

LONGEST = 10_000


class LetterForm(ClinicForm):
    to_name = forms.CharField(
        label="Who is it for?",
        max_length=200,
        error_messages={"required": "Write the name of the person or the service."},
    )
    to_place = forms.CharField(
        label="Practice and address",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    urgency = forms.ChoiceField(
        label="How soon must they act?",
        choices=[(value, label.capitalize()) for value, label in Urgency.choices],
    )
    body = forms.CharField(
        label="The letter",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text="Drafted from the record. Private answers and your reasons are left out on "
        "purpose; what the patient wrote in their own words is quoted. Read every line.",
        error_messages={"required": "Write the letter."},
    )


class SendForm(ClinicForm):
    permission = forms.ChoiceField(
        label="Why may this letter leave the clinic?",
        choices=[(value, label.capitalize()) for value, label in Permission.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why this letter may leave the clinic."},
    )
    way = forms.ChoiceField(
        label="How does it go?",
        choices=[(value, label.capitalize()) for value, label in Way.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the letter goes."},
    )


class ReplyForm(ClinicForm):
    reply = forms.CharField(
        label="What did they answer?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Allowed, allowed with limits, or not allowed, and until when.",
        error_messages={"required": "Write what they answered."},
    )
