"""A date in three boxes. Month names are welcome."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext as _

from intake.questionnaire.conditions import BORN, age_on
from intake.questionnaire.fields import PlainText
from intake.questionnaire.kinds.base import Kind, Unclear

_YEAR = "january february march april may june july august september october november december"
MONTHS = tuple(_YEAR.split())
PARTS = {"day": "Day", "month": "Month", "year": "Year"}
OLDEST = 125
OLDEST_USUAL, YOUNGEST_USUAL, GROWN_UP = 100, 2, 18
LONG_AGO = 100


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

    def unusual(self, question, value: object, answers: dict, today: date) -> str:
        said = self.words(question, value)
        if question.code == BORN:
            return _unusual_age(said, age_on(value, today), answers)
        if str(value) < str(answers.get(BORN, "")):
            return _("You wrote {date}. That is before your date of birth.").format(date=said)
        if today.year - date.fromisoformat(value).year > LONG_AGO:
            return _("You wrote {date}. That is a very long time ago.").format(date=said)
        return ""

    def is_answered(self, value: object) -> bool:
        try:
            return isinstance(value, str) and bool(date.fromisoformat(value))
        except ValueError:
            return False

    def words(self, question, value: object) -> str:
        day = date.fromisoformat(value)
        return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def _unusual_age(said: str, age: int, answers: dict) -> str:
    if age > OLDEST_USUAL:
        return _("You wrote {date}. That makes you {age} years old.").format(date=said, age=age)
    if age < YOUNGEST_USUAL:
        return _("You wrote {date}. That is less than 2 years ago.").format(date=said)
    if age < GROWN_UP and answers.get("filled_in_by") == "myself":
        return _(
            "You wrote {date}. That makes you {age} years old. Someone under 18 signs with a"
            " parent or guardian, or with us in person. We ask about that at the end."
        ).format(date=said, age=age)
    return ""


def month_number(typed: str) -> int | None:
    """1 to 12 for "3", "03", "mar", "March" or "march."; None for anything else."""
    text = typed.strip(" .").lower()
    if _is_number(text):
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    matches = [n for n, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.startswith(text)]
    return matches[0] if matches else 9 if text == "sept" else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
