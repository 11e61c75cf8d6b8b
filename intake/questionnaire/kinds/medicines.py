"""The list of medicines. It is written step by step on pages of its own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from intake.questionnaire.kinds.base import Kind


class Medicines(Kind):
    """Rows of text; [] says none. A row always has `name` (as typed), `dose` and `how_often`.

    Newer rows also have `key` (names the row in addresses), `matched` (the name the patient chose
    among those offered, or "") and `how` ("chosen", "as_typed", or "" where nothing was asked).
    """

    code = "medicines"
    COLUMNS = ("name", "dose", "how_often")

    def fields(self, question) -> dict[str, forms.Field]:
        """None: the steps have forms of their own, see submission/medicine_views.py."""
        return {}

    def is_answered(self, value: object) -> bool:
        return isinstance(value, list) and all(self._is_row(row) for row in value)

    def _is_row(self, row: object) -> bool:
        return isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values())

    def words(self, question, value: object) -> str:
        return "; ".join(self._row_words(row) for row in value) or _("None")

    def _row_words(self, row: dict[str, str]) -> str:
        """As typed first; the name that was chosen for it in brackets."""
        name, matched = row.get("name", ""), row.get("matched")
        shown = f"{name} ({matched})" if matched else name
        return ", ".join(filter(None, (shown, row.get("dose"), row.get("how_often"))))
