"""The decision: per therapy, and one answer for every Stop flag."""

from django import forms

from intake.review.models import POSITIVE, Suitability
from intake.review.policy import NEEDS_TEXT, REASONS
from intake.review.services import STOP_FROM, Opinion, Terms
from intake.screening.levels import BY_CODE

LONG = 4000


class DecisionForm(forms.Form):
    """Fields for the therapies this practitioner holds; nothing is chosen beforehand."""

    use_required_attribute = False

    def __init__(self, *args, therapies: list[str], flags, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.therapies, self.flags = therapies, list(flags)
        for therapy in therapies:
            self._add_therapy(therapy)
        for flag in self.flags:
            self._add_flag(flag)
        self.fields["weeks"] = forms.IntegerField(
            label="Valid for (weeks)", min_value=1, max_value=26, initial=6
        )
        self.fields["sessions"] = forms.IntegerField(
            label="Sessions before the next review", min_value=1, max_value=24, initial=6
        )
        self.fields["for_patient"] = forms.CharField(
            label="What the patient will read, with the next step",
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=LONG,
            error_messages={"required": "Write what the patient will read, with the next step."},
        )

    def _add_therapy(self, therapy: str) -> None:
        self.fields[therapy] = forms.ChoiceField(
            label=therapy.capitalize(),
            choices=Suitability.choices,
            widget=forms.RadioSelect,
            error_messages={"required": f"Choose whether {therapy} is suitable."},
        )
        self.fields[f"{therapy}_precautions"] = forms.CharField(
            label=f"Changes for {therapy}, one a line",
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=LONG,
            required=False,
        )
        self.fields[f"{therapy}_reason"] = forms.CharField(
            label=f"Reason ({therapy})",
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=LONG,
            required=False,
        )

    def _add_flag(self, flag) -> None:
        self.fields[f"flag_{flag.pk}"] = forms.ChoiceField(
            label=f"Stop: {flag.code.replace('_', ' ')}. What did you do about it?",
            choices=[("", "Choose one"), *REASONS.items()],
            required=False,
        )
        self.fields[f"flag_{flag.pk}_text"] = forms.CharField(
            label="In a few words", max_length=LONG, required=False
        )

    def clean(self) -> dict:
        data = super().clean()
        cleared = [t for t in self.therapies if data.get(t) in POSITIVE]
        for therapy in self.therapies:
            chosen = data.get(therapy)
            if chosen == Suitability.WITH_CHANGES and not data.get(f"{therapy}_precautions"):
                self.add_error(f"{therapy}_precautions", "Name the changes, one a line.")
            if chosen == Suitability.NOT_NOW and not data.get(f"{therapy}_reason"):
                self.add_error(f"{therapy}_reason", "Write why this is not suitable now.")
        for flag in self.flags:
            worst = max((BY_CODE[flag.details["levels"][t]] for t in cleared), default=0)
            reason = data.get(f"flag_{flag.pk}")
            if worst >= STOP_FROM and not reason:
                self.add_error(f"flag_{flag.pk}", "Choose what you did about this flag.")
            if reason in NEEDS_TEXT and not data.get(f"flag_{flag.pk}_text"):
                self.add_error(f"flag_{flag.pk}_text", "Say it in a few words.")
        return data

    def opinions(self) -> list[Opinion]:
        data = self.cleaned_data
        return [
            Opinion(
                therapy,
                data[therapy],
                data[f"{therapy}_reason"],
                [
                    line.strip()
                    for line in data[f"{therapy}_precautions"].splitlines()
                    if line.strip()
                ],
            )
            for therapy in self.therapies
        ]

    def flag_answers(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {
            flag.pk: (data[f"flag_{flag.pk}"], data[f"flag_{flag.pk}_text"])
            for flag in self.flags
            if data[f"flag_{flag.pk}"]
        }

    def terms(self) -> Terms:
        return Terms(weeks=self.cleaned_data["weeks"], sessions=self.cleaned_data["sessions"])
