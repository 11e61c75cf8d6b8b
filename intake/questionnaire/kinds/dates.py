"""A date in three boxes. Month names are welcome."""

from __future__ import annotations

from datetime import date
from functools import cache

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from clinic.dates import in_words
from intake.questionnaire.conditions import BORN, age_on
from intake.questionnaire.fields import PlainText
from intake.questionnaire.kinds.base import Kind, Unclear

PARTS = {"day": gettext_lazy("Day"), "month": gettext_lazy("Month"), "year": gettext_lazy("Year")}
WRITE_TOO = {
    "day": gettext_lazy("Write the day of your %(name)s too."),
    "month": gettext_lazy("Write the month of your %(name)s too."),
    "year": gettext_lazy("Write the year of your %(name)s too."),
}
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
        name = {"name": question.extras.get("names") or _("date")}
        for part in PARTS:
            if not parts[part]:
                raise Unclear(str(WRITE_TOO[part]) % name, part)
        day = self._date(parts, name)
        if question.extras.get("past") and day > today:
            sentence = _("Check the year: your %(name)s must be in the past.")
            raise Unclear(sentence % name, "year")
        if day.year < today.year - OLDEST:
            raise Unclear(_("Check the year of your %(name)s.") % name, "year")
        return day.isoformat()

    def _date(self, parts: dict[str, object], name: dict[str, str]) -> date:
        day, month, year = (str(parts[part]) for part in PARTS)
        if not _is_number(year) or len(year) != 4 or int(year) < 1:
            sentence = _("Write the year of your %(name)s with 4 digits, for example 1975.")
            raise Unclear(sentence % name, "year")
        number = month_number(month)
        if number is None:
            sentence = _("Write the month of your %(name)s as a number from 1 to 12 or as a word.")
            raise Unclear(sentence % name, "month")
        if not _is_number(day) or len(day) > 2:
            sentence = _("Write the day of your %(name)s as a number, for example 27.")
            raise Unclear(sentence % name, "day")
        try:
            return date(int(year), number, int(day))
        except ValueError:
            sentence = _("Check the day of your %(name)s: that month does not have it.")
            raise Unclear(sentence % name, "day") from None

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
        return in_words(date.fromisoformat(value), "day")


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
    """1 to 12 for "3", "03", "mar", "March" or "march."; None for anything else.

    A name counts in every language of the site, first in that of the page.
    """
    text = typed.strip(" .").lower()
    if _is_number(text):
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    if len(text) < 3:
        return None
    languages = [get_language() or settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)]
    names = ((name, number) for code in languages for name, number in _month_names(code))
    return next((number for name, number in names if name.startswith(text)), None)


@cache
def _month_names(language: str) -> tuple[tuple[str, int], ...]:
    with override(language):
        return tuple((str(name).lower(), number) for number, name in MONTHS.items())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
