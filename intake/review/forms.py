"""The decision, per therapy and Stop flag; and what was done about an urgent answer."""

from django import forms

from clinic.forms import ClinicForm
from intake.review.flags import FlagShown
from intake.review.models import POSITIVE, SPOKEN_TO, Outcome, Suitability
from intake.review.policy import NEEDS_TEXT, NEXT_STEPS, REASONS
from intake.review.services import Opinion
from intake.review.weighing import Terms, needs_answer, propose_terms, rules_out, weight
from intake.screening.levels import Level

LONG = 4000


def writing(label: str, *, rows: int = 2, required: str = "", help_text: str = "") -> forms.Field:
    """A box for some lines of text; `required` is the sentence when it stays empty."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=LONG,
        required=bool(required),
        help_text=help_text,
        error_messages={"required": required},
    )


class DecisionForm(ClinicForm):
    """Fields for the therapies this practitioner holds; no verdict is chosen beforehand."""

    def __init__(self, *args, therapies: list[str], flags: list[FlagShown], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.therapies, self.flags = therapies, flags
        self.stops = [f for f in flags if any(needs_answer(f.flag, t) for t in therapies)]
        for shown in self.stops:
            self._add_stop(shown)
        for therapy in therapies:
            self._add_therapy(therapy)
        proposed = propose_terms([shown.flag for shown in flags])
        self.fields["weeks"] = forms.IntegerField(
            label="Valid for (weeks)", min_value=1, max_value=26, initial=proposed.weeks
        )
        self.fields["sessions"] = forms.IntegerField(
            label="Visits before the next review",
            min_value=1,
            max_value=24,
            initial=proposed.sessions,
        )
        self.fields["together"] = forms.BooleanField(
            label="If both therapies are cleared, they may share one visit",
            required=False,
        )
        self.fields["for_patient"] = writing(
            "What the patient will read, with the next step",
            rows=5,
            required="Write what the patient will read, with the next step.",
            help_text="Plain words, no promise of results. The e-mail only says there is news.",
        )
        self.fields["note"] = writing("Note for colleagues (the patient does not see it)")

    def _add_therapy(self, therapy: str) -> None:
        self.fields[therapy] = forms.ChoiceField(
            label=f"Is {therapy} suitable?",
            choices=[(value, label.capitalize()) for value, label in Suitability.choices],
            widget=forms.RadioSelect,
            error_messages={"required": f"Choose whether {therapy} is suitable."},
        )
        self.fields[f"{therapy}_precautions"] = writing(
            f"Changes for {therapy}, one a line",
            help_text="They travel to every visit. For example: light pressure.",
        )
        self.fields[f"{therapy}_next_step"] = forms.ChoiceField(
            label="If not now: what happens next",
            choices=[("", "Choose one"), *((c, s.for_staff) for c, s in NEXT_STEPS.items())],
            required=False,
        )
        self.fields[f"{therapy}_reason"] = writing(
            f"Reason for this decision on {therapy}",
            help_text="Needed for “not now”, and for “suitable” where there is a Check flag.",
        )

    def _add_stop(self, shown: FlagShown) -> None:
        self.fields[f"flag_{shown.flag.pk}"] = forms.ChoiceField(
            label=f"{shown.title}: what did you do about it?",
            choices=[("", "Choose one"), *REASONS.items()],
            required=False,
        )
        self.fields[f"flag_{shown.flag.pk}_text"] = forms.CharField(
            label="In a few words", max_length=LONG, required=False
        )

    def clean(self) -> dict:
        data = super().clean()
        for therapy in self.therapies:
            self._check_therapy(therapy, data)
        cleared = [t for t in self.therapies if data.get(t) in POSITIVE]
        for shown in self.stops:
            self._check_stop(shown, cleared, data)
        return data

    def _check_therapy(self, therapy: str, data: dict) -> None:
        chosen = data.get(therapy)
        barred = self._barred(therapy)
        watched = [f.title for f in self.flags if weight(f.flag, therapy) == Level.CAUTION]
        if chosen == Suitability.SUITABLE and watched and not data.get(f"{therapy}_reason"):
            self.add_error(
                f"{therapy}_reason",
                f"Write in a line why nothing needs to change for: {'; '.join(watched)}.",
            )
        if chosen in POSITIVE and barred:
            self.add_error(
                therapy,
                f"{'; '.join(barred)}: this rules {therapy} out. "
                "One person alone cannot pass that. Choose “not now”.",
            )
        if chosen == Suitability.WITH_CHANGES and not data.get(f"{therapy}_precautions"):
            self.add_error(f"{therapy}_precautions", "Name the changes, one a line.")
        if chosen == Suitability.NOT_NOW and not data.get(f"{therapy}_reason"):
            self.add_error(f"{therapy}_reason", "Write why this is not suitable now.")
        if chosen == Suitability.NOT_NOW and not data.get(f"{therapy}_next_step"):
            self.add_error(f"{therapy}_next_step", "Choose what happens next for the patient.")

    def _check_stop(self, shown: FlagShown, cleared: list[str], data: dict) -> None:
        name = f"flag_{shown.flag.pk}"
        needed = any(needs_answer(shown.flag, therapy) for therapy in cleared)
        if needed and not data.get(name):
            self.add_error(name, f"Choose what you did about: {shown.title}.")
        if data.get(name) in NEEDS_TEXT and not data.get(f"{name}_text"):
            self.add_error(f"{name}_text", "Say it in a few words.")

    @property
    def stop_groups(self) -> list[dict]:
        """One group of fields for each Stop flag, for the page."""
        names = [f"flag_{shown.flag.pk}" for shown in self.stops]
        return [
            {"shown": shown, "reason": self[name], "text": self[f"{name}_text"]}
            for shown, name in zip(self.stops, names, strict=True)
        ]

    @property
    def therapy_groups(self) -> list[dict]:
        parts = ("precautions", "next_step", "reason")
        return [
            {
                "therapy": therapy,
                "barred": self._barred(therapy),
                "fields": [self[therapy], *(self[f"{therapy}_{p}"] for p in parts)],
            }
            for therapy in self.therapies
        ]

    def _barred(self, therapy: str) -> list[str]:
        return [shown.title for shown in self.flags if rules_out(shown.flag, therapy)]

    def opinions(self) -> list[Opinion]:
        return [self._opinion(therapy) for therapy in self.therapies]

    def _opinion(self, therapy: str) -> Opinion:
        data = self.cleaned_data
        not_now = data[therapy] == Suitability.NOT_NOW
        lines = data[f"{therapy}_precautions"].splitlines()
        return Opinion(
            therapy,
            data[therapy],
            data[f"{therapy}_reason"],
            [line.strip() for line in lines if line.strip()],
            data[f"{therapy}_next_step"] if not_now else "",
        )

    def flag_answers(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        pks = [shown.flag.pk for shown in self.stops]
        return {
            pk: (data[f"flag_{pk}"], data[f"flag_{pk}_text"]) for pk in pks if data[f"flag_{pk}"]
        }

    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(data["weeks"], data["sessions"], data["together"])


class KeepForm(ClinicForm):
    """Why what was decided stands, although newer rules raise something."""

    reason = writing(
        "Why does the decision stand?",
        required="Write in a line why what was decided stands.",
        help_text="It is kept with your name.",
    )


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
