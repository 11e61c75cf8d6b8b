"""The form for one row of a rule set, made from the columns of its sheet."""

from typing import Any, get_type_hints

from django import forms

from intake.screening.editing.forms import DraftForm
from intake.screening.editing.rule_words import (
    HELP,
    LISTS,
    URGENCIES,
    cell_words,
    column_title,
    level_words,
)
from intake.screening.editing.sheets import Cells, Sheet
from intake.screening.levels import BY_CODE, MODALITIES
from intake.screening.tables import LOCAL

LEVELS = [(code, level_words(code)) for code in BY_CODE]
LONG = 60
"""Characters from which a text gets a larger box."""
ROOMY = ("advice", "question", "text", "citation", "needling", "massage_advice", "care", "note")


class RowForm(DraftForm):
    """One row, with a field for each column. Valid when the cells make a row; `row` has it."""

    row: Any = None

    def __init__(self, sheet: Sheet, *args: Any, cells: Cells | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        types = get_type_hints(sheet.kind)
        for column in sheet.columns:
            text = (cells or {}).get(column, "")
            self.fields[_name(column)] = _field(column, types.get(column), text, sheet)

    @property
    def columns(self) -> list[forms.BoundField]:
        return [self[_name(column)] for column in self.sheet.columns]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            cells = {column: _text(given[_name(column)]) for column in self.sheet.columns}
            try:
                self.row = self.sheet.row(cells)
            except (KeyError, ValueError) as error:
                self.add_error(None, f"This row cannot be read: {error}.")
        return given

    def refuse(self, sentence: str) -> None:
        """Puts a sentence about the whole rule set at the field it is about."""
        column = self._at_fault(sentence)
        self.add_error(_name(column) if column else None, sentence)

    def differing(self, stored: Cells | None) -> list[tuple[str, str]]:
        """Column and content of what somebody else stored and is not what was typed."""
        if stored is None or self.row is None or not self.somebody_else_saved:
            return []
        typed = self.sheet.cells(self.row)
        return [
            (column_title(name), cell_words(name, text))
            for name, text in stored.items()
            if text != typed[name]
        ]

    def _at_fault(self, sentence: str) -> str | None:
        cells = self.sheet.cells(self.row)
        word = sentence.split(" ", 1)[0]
        if "level" in sentence and word in (cells[name] for name in self.sheet.key_columns):
            return next((name for name in MODALITIES if name in cells), None)
        said = [name for name, text in cells.items() if word in text.split(";")]
        return min(said, key=self.sheet.columns.index) if said else None


def _name(column: str) -> str:
    return f"cell_{column}"


def _field(column: str, type_: Any, text: str, sheet: Sheet) -> forms.Field:
    common = {
        "label": column_title(column),
        "help_text": HELP.get(column, ""),
        "required": column in sheet.key_columns[:1],
        "initial": text,
    }
    if column in MODALITIES or column in LOCAL:
        return forms.ChoiceField(choices=[("", "(none given)"), *LEVELS], **common)
    if type_ is bool:
        return forms.ChoiceField(choices=[("", "No"), ("yes", "Yes")], **common)
    if column == "urgency":
        return forms.ChoiceField(choices=[("", "(none)"), *URGENCIES.items()], **common)
    if type_ == tuple[str, ...]:
        return _list_field(text, common)
    if type_ is int:
        return forms.IntegerField(**common | {"required": True})
    if type_ is not str:
        return forms.FloatField(**common)
    roomy = column in ROOMY or len(text) > LONG
    widget = forms.Textarea(attrs={"rows": 4}) if roomy else forms.TextInput
    return forms.CharField(widget=widget, max_length=10_000, **common)


def _list_field(text: str, common: dict[str, Any]) -> forms.Field:
    lines = [line for line in text.split(";") if line]
    hint = common["help_text"] or LISTS
    widget = forms.Textarea(attrs={"rows": min(max(len(lines) + 1, 2), 12), "class": "list"})
    return ListField(widget=widget, **common | {"initial": "\n".join(lines), "help_text": hint})


class ListField(forms.CharField):
    """Several entries, one on each line or separated by semicolons."""

    def clean(self, value: Any) -> str:
        entries = super().clean(value).replace("\n", ";").replace("\r", ";").split(";")
        return ";".join(entry.strip() for entry in entries if entry.strip())


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.replace("\r\n", "\n") if isinstance(value, str) else str(value)
