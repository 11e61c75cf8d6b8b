"""What was done about an urgent answer."""

from django import forms

from clinic.forms import ClinicForm
from intake.review.boxes import writing
from intake.review.models import SPOKEN_TO, Outcome


class ContactForm(ClinicForm):
    """One call or talk about urgent answers."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62
    )
    outcome = forms.ChoiceField(
        label="What happened?",
        choices=[(value, label.capitalize()) for value, label in Outcome.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened."},
    )
    spoke_with = forms.CharField(label="Who did you speak with?", max_length=200, required=False)
    found = writing(
        "What did you find, and what did you agree on?",
        rows=4,
        required="Write what you found, or that nobody answered and when you try again.",
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("outcome") in SPOKEN_TO and not data.get("spoke_with"):
            self.add_error("spoke_with", "Write who you spoke with.")
        return data
