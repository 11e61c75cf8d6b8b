"""Days and times in words, as the language of the page writes them: one small set of forms.

A form is itself a text to translate: Spanish writes "2 de diciembre de 2026".
"""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

register = template.Library()

FORMS = {
    "time": _("G:i"),
    "day": _("j F Y"),
    "short_day": _("j F"),
    "weekday": _("l j F Y"),
    "short_weekday": _("l j F"),
    "moment": _("j F Y, G:i"),
    "weekday_moment": _("l j F Y, G:i"),
}
"""Name -> how Django's date filter writes it. 14:05, 2 December 2026, Wednesday 2 December."""


@register.filter(is_safe=False)
def in_words(value: date | None, form: str) -> str:
    """A moment is told in clinic time; nothing for no date. KeyError for an unknown form."""
    if not value:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, str(FORMS[form]))
