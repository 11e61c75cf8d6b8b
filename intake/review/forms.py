"""The decision, per therapy and Stop flag."""

from collections.abc import Sequence

from django import forms

from clinic.forms import ClinicForm
from clinic.people.models import User
from intake.review import limits
from intake.review.boxes import LONG, writing
from intake.review.flags import FlagShown
from intake.review.models import POSITIVE, Suitability
from intake.review.policy import NEEDS_TEXT, NEXT_STEPS
from intake.review.services import Opinion
from intake.review.ticks import field_for, ticks_for
from intake.review.weighing import (
    Terms,
    needs_answer,
    needs_look,
    propose_terms,
    reasons_for,
    rules_out,
    weight,
)
from intake.screening.levels import Level

LEFT_OPEN = "left_open"
"""Said about a therapy that someone else is to decide on."""


class DecisionForm(ClinicForm):
    """Fields for the therapies this practitioner holds; no verdict is chosen beforehand."""

    left_over: Sequence[tuple[str, str]] = ()
    """(what was asked, what was typed) on an earlier page, where this one does not ask it."""
    begun = None
    """typed_words.Begun, where its words were brought back."""

    def __init__(
        self,
        *args,
        therapies: list[str],
        flags: list[FlagShown],
        colleagues: dict[str, list[User]] | None = None,
        **kwargs,
    ) -> None:
        """colleagues: therapy that needs a second person -> who can be named."""
        super().__init__(*args, **kwargs)
        self.therapies, self.flags, self.colleagues = therapies, flags, colleagues or {}
        self.stops = [f for f in flags if any(needs_answer(f.flag, t) for t in therapies)]
        for shown in self.stops:
            self._add_stop(shown)
        looks = [f for f in flags if any(needs_look(f.flag, t) for t in therapies)]
        self.ticks = ticks_for([shown for shown in looks if shown not in self.stops])
        if self.ticks:
            self.fields["flags_seen"] = field_for(self.ticks)
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
        if self.colleagues:
            self.fields["second"] = self._second()
        self.fields["for_patient"] = forms.CharField(
            label="What the patient will read, with the next step",
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=LONG,
            required=False,
            help_text="Leave it empty and we draft it, for you to read before it is stored. "
            "Plain words, no promise of results. "
            "The e-mail only says there is news.",
        )
        self.fields["note"] = writing("Note for colleagues (the patient does not see it)")

    def _second(self) -> forms.Field:
        known = {each.pk: str(each) for several in self.colleagues.values() for each in several}
        return forms.TypedChoiceField(
            label="Who looks at it too",
            choices=[("", "Nobody"), *known.items()],
            coerce=int,
            empty_value=None,
            required=False,
            help_text="They decide for themselves, before they see what you think.",
        )

    def _add_therapy(self, therapy: str) -> None:
        choices = [(value, label.capitalize()) for value, label in Suitability.choices]
        if len(self.therapies) > 1:
            choices.append((LEFT_OPEN, "I do not decide on this"))
        self.fields[therapy] = forms.ChoiceField(
            label=f"Is {therapy} suitable?",
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": f"Choose whether {therapy} is suitable."},
        )
        for name, field in limits.fields(therapy).items():
            self.fields[f"{therapy}_{name}"] = field
        self.fields[f"{therapy}_precautions"] = writing(
            f"Other changes for {therapy}, one a line",
            help_text="Like what is ticked, they travel to every visit.",
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
            choices=[("", "Choose one"), *reasons_for(shown.flag).items()],
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
        self._check_ticks(cleared, data)
        if self.therapies and all(data.get(t) == LEFT_OPEN for t in self.therapies):
            self.add_error(self.therapies[0], "Decide on one of the therapies at least.")
        if any(self._barred(t) and t in self.colleagues for t in cleared) and not data.get(
            "second"
        ):
            self.add_error("second", self._second_needed(cleared))
        return data

    def _second_needed(self, cleared: list[str]) -> str:
        barred = [title for therapy in cleared for title in self._barred(therapy)]
        return (
            f"{'; '.join(dict.fromkeys(barred))}: one person alone cannot pass this. "
            "Name a colleague who looks at it too, or choose “not now”."
        )

    def _check_therapy(self, therapy: str, data: dict) -> None:
        chosen = data.get(therapy)
        watched = [f.title for f in self.flags if weight(f.flag, therapy) == Level.CAUTION]
        if chosen == Suitability.SUITABLE and watched and not data.get(f"{therapy}_reason"):
            self.add_error(
                f"{therapy}_reason",
                f"Write in a line why nothing needs to change for: {'; '.join(watched)}.",
            )
        if chosen in POSITIVE:
            self._check_techniques(therapy, data)
        if chosen == Suitability.WITH_CHANGES and not self._changes(therapy, data):
            self.add_error(f"{therapy}_precautions", "Tick the changes, or write them one a line.")
        if chosen == Suitability.NOT_NOW and not data.get(f"{therapy}_reason"):
            self.add_error(f"{therapy}_reason", "Write why this is not suitable now.")
        if chosen == Suitability.NOT_NOW and not data.get(f"{therapy}_next_step"):
            self.add_error(f"{therapy}_next_step", "Choose what happens next for the patient.")

    def _check_techniques(self, therapy: str, data: dict) -> None:
        flags = [shown.flag for shown in self.flags]
        titles = {shown.flag.pk: shown.title for shown in self.flags}
        for code in data.get(f"{therapy}_techniques") or []:
            technique = limits.TECHNIQUES[code]
            if held_back := [titles[flag.pk] for flag in limits.stop_on(technique, flags)]:
                self.add_error(
                    f"{therapy}_techniques",
                    f"{technique.words} is held back by: {'; '.join(held_back)}.",
                )
            in_places = [titles[flag.pk] for flag in limits.stop_in_places(technique, flags)]
            if in_places and not data.get(f"{therapy}_not_here"):
                self.add_error(
                    f"{therapy}_not_here",
                    f"{technique.words} is not for every place: {'; '.join(in_places)}. "
                    "Write the places to leave out.",
                )

    def _changes(self, therapy: str, data: dict) -> list[str]:
        """What is asked for besides the techniques that nobody allowed."""
        ticked = limits.lines(therapy, self._limits(therapy, data))
        refused = {f"No {each.words.lower()}" for each in limits.TECHNIQUES.values()}
        written = (data.get(f"{therapy}_precautions") or "").splitlines()
        return [line for line in ticked if line not in refused] + [w for w in written if w.strip()]

    @staticmethod
    def _limits(therapy: str, data: dict) -> dict[str, object]:
        return {name: data.get(f"{therapy}_{name}") for name in limits.fields(therapy)}

    def _check_stop(self, shown: FlagShown, cleared: list[str], data: dict) -> None:
        name = f"flag_{shown.flag.pk}"
        needed = any(needs_answer(shown.flag, t) or needs_look(shown.flag, t) for t in cleared)
        if needed and not data.get(name):
            self.add_error(name, f"Choose what you did about: {shown.title}.")
        if data.get(name) in NEEDS_TEXT and not data.get(f"{name}_text"):
            self.add_error(
                f"{name}_text", f"In a few words, say what you did about: {shown.title}."
            )

    def _check_ticks(self, cleared: list[str], data: dict) -> None:
        missing = [
            tick.words
            for tick in self.ticks
            if any(
                needs_look(shown.flag, therapy) and shown.flag.pk not in data["flags_seen"]
                for shown in tick.flags
                for therapy in cleared
            )
        ]
        if missing:
            self.add_error(
                "flags_seen", f"Read these Check flags, and tick them: {' · '.join(missing)}."
            )

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
                "verdict": self[therapy],
                "limits_open": self._is_limited(therapy),
                "limits": [self[f"{therapy}_{name}"] for name in limits.fields(therapy)],
                "fields": [self[f"{therapy}_{part}"] for part in parts],
            }
            for therapy in self.therapies
        ]

    def _is_limited(self, therapy: str) -> bool:
        """Whether something is ticked, written, wrong or expected there: it is not folded then."""
        if self[therapy].value() == Suitability.WITH_CHANGES:
            return True
        names = [f"{therapy}_{name}" for name in limits.fields(therapy)]
        return any(self[name].value() or self[name].errors for name in names)

    def _barred(self, therapy: str) -> list[str]:
        return [shown.title for shown in self.flags if rules_out(shown.flag, therapy)]

    def opinions(self) -> list[Opinion]:
        return [
            self._opinion(therapy)
            for therapy in self.therapies
            if self.cleaned_data[therapy] != LEFT_OPEN
        ]

    def _opinion(self, therapy: str) -> Opinion:
        data = self.cleaned_data
        not_now = data[therapy] == Suitability.NOT_NOW
        written = data[f"{therapy}_precautions"].splitlines()
        ticked = [] if not_now else limits.lines(therapy, self._limits(therapy, data))
        return Opinion(
            therapy,
            data[therapy],
            data[f"{therapy}_reason"],
            [*ticked, *(line.strip() for line in written if line.strip())],
            data[f"{therapy}_next_step"] if not_now else "",
        )

    def flag_answers(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        pks = [shown.flag.pk for shown in self.stops]
        return {
            pk: (data[f"flag_{pk}"], data[f"flag_{pk}_text"]) for pk in pks if data[f"flag_{pk}"]
        }

    def flags_seen(self) -> set[int]:
        return self.cleaned_data.get("flags_seen", set())

    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(data["weeks"], data["sessions"], data["together"])
