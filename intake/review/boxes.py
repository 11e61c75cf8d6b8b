"""A box to write in."""

from django import forms

LONG = 4000
"""Characters."""


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
