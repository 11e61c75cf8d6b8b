"""The forms with which managers change, try and publish rules."""

from typing import Any

from django import forms

from clinic.forms import ClinicForm


class DraftForm(ClinicForm):
    """Everything that changes a draft carries the digest of what its writer looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    somebody_else_saved = False

    def look_again(self, digest: str, sentence: str) -> None:
        """Keeps what was typed, and lets it be saved once more on top of what is stored now."""
        self.add_error(None, sentence)
        self.somebody_else_saved = True
        self.data = self.data.copy()
        self.data["seen"] = digest


class UploadForm(DraftForm):
    file = forms.FileField(
        label="The file",
        help_text="The same columns as in the file you can download here. It replaces every row.",
        error_messages={"required": "Choose the file."},
    )


class StartForm(ClinicForm):
    name = forms.RegexField(
        r"^[0-9A-Za-z][0-9A-Za-z.\-]*$",
        label="Name of the new version",
        max_length=20,
        help_text="Shown with every result. It cannot be changed later.",
        error_messages={
            "required": "Give it a name.",
            "invalid": "Use letters, digits, full stops and hyphens only.",
        },
    )


class PublishForm(DraftForm):
    note = forms.CharField(
        label="What changed, and why",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5_000,
        help_text="Kept with this version for good. Say who agreed, and on what it rests.",
        error_messages={"required": "Write what changed and why. It is kept with this version."},
    )


class AgreeForm(ClinicForm):
    """The safety owner's word on one row. Both or neither."""

    safety_owner = forms.CharField(label="Safety owner", max_length=200, required=False)
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        owner, reason = given.get("safety_owner"), given.get("reason")
        if reason and not owner:
            self.add_error("safety_owner", "Name the safety owner who agreed.")
        if owner and not reason:
            self.add_error("reason", "Write the reason they gave.")
        return given


class TryForm(ClinicForm):
    sample = forms.ChoiceField(label="An invented person", required=False)
    document = forms.CharField(
        label="Or a document of your own",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        max_length=200_000,
        required=False,
        help_text="Answers as JSON. Never a real patient's: make one up.",
    )

    def __init__(self, samples: dict[str, dict], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, sample["title"]) for name, sample in samples.items()]
        self.fields["sample"].choices = [("", "(my own document)"), *choices]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("sample") and not given.get("document"):
            self.add_error("sample", "Choose a person, or paste a document.")
        return given
