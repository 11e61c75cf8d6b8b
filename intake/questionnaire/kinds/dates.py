"""A date in three boxes. Month names are welcome."""

from __future__ import annotations

from datetime import date

from django import forms

from intake.questionnaire.fields import PlainText
from intake.questionnaire.kinds.base import Kind, Unclear

_YEAR = "january february march april may june july august september october november december"
MONTHS = tuple(_YEAR.split())
PARTS = {"day": "Day", "month": "Month", "year": "Year"}
OLDEST = 125


class DateInBoxes(Kind):
    code = "date"
    template = "questionnaire/kinds/date.html"

    def fields(self, question) -> dict[str, forms.Field]:
        autocomplete = question.extras.get("autocomplete")
        fields = {}
        for part, label in PARTS.items():
            attrs = {"class": f"form-control box-{part}"}
            if part != "month":
                attrs["inputmode"] = "numeric"
            if autocomplete:
                attrs["autocomplete"] = f"{autocomplete}-{part}"
            fields[part] = PlainText(
                short=question.short,
                max_length=20,
                label=label,
                widget=forms.TextInput(attrs=attrs),
            )
        return fields

    def initial(self, question, value: object) -> dict[str, object]:
        day = date.fromisoformat(value)
        return {"day": day.day, "month": day.month, "year": day.year}

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        if not any(parts.values()):
            return None
        name = question.extras.get("names", "date")
        for part in PARTS:
            if not parts[part]:
                raise Unclear(f"Write the {part} of your {name} too.", part)
        day = self._date(parts, name)
        if question.extras.get("past") and day > today:
            raise Unclear(f"Check the year: your {name} must be in the past.", "year")
        if day.year < today.year - OLDEST:
            raise Unclear(f"Check the year of your {name}.", "year")
        return day.isoformat()

    def _date(self, parts: dict[str, object], name: str) -> date:
        day, month, year = (str(parts[part]) for part in PARTS)
        if not _is_number(year) or len(year) != 4 or int(year) < 1:
            raise Unclear(f"Write the year of your {name} with 4 digits, for example 1975.", "year")
        number = month_number(month)
        if number is None:
            raise Unclear(
                f"Write the month of your {name} as a number from 1 to 12 or as a word.", "month"
            )
        if not _is_number(day) or len(day) > 2:
            raise Unclear(f"Write the day of your {name} as a number, for example 27.", "day")
        try:
            return date(int(year), number, int(day))
        except ValueError:
            raise Unclear(
                f"Check the day of your {name}: that month does not have it.", "day"
            ) from None

    def is_answered(self, value: object) -> bool:
        try:
            return isinstance(value, str) and bool(date.fromisoformat(value))
        except ValueError:
            return False

    def words(self, question, value: object) -> str:
        day = date.fromisoformat(value)
        return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def month_number(typed: str) -> int | None:
    """1 to 12 for "3", "03", "mar", "March" or "march."; None for anything else."""
    text = typed.strip(" .").lower()
    if _is_number(text):
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    matches = [n for n, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.startswith(text)]
    return matches[0] if matches else 9 if text == "sept" else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
