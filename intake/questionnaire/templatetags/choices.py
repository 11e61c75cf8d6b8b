"""Radios and checkboxes, one per line."""

from collections.abc import Iterable

from django import template
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()
ROW = (
    '<div class="choice"><input type="{}" name="{}" value="{}" class="form-check-input" id="{}"{}>'
    '<label for="{}">{}</label></div>'
)
CHECKED = SafeString(" checked")


@register.filter
def choice_rows(boxes: Iterable[BoundWidget]) -> SafeString:
    """Put together here: the body has 52, and a template takes three times as long for them."""
    return format_html_join("\n", ROW, (_row(box.data) for box in boxes))


def _row(box: dict) -> tuple:
    at = box["attrs"]["id"]
    ticked = CHECKED if box["selected"] else ""
    return box["type"], box["name"], box["value"], at, ticked, at, box["label"]
