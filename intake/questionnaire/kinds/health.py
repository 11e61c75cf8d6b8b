"""Kinds of question that only a health form has."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.questionnaire import regions
from intake.questionnaire.fields import OneOf, PlainText, Tick
from intake.questionnaire.figure import Shape, View, views
from intake.questionnaire.kinds.base import Kind, Unclear
from intake.questionnaire.kinds.choosing import Choices


class Regions(Choices):
    """Places on the body. `scope = "wholes"` offers the 11 wholes instead of the 52 regions."""

    code = "regions"
    template = "questionnaire/kinds/regions.html"

    def offered(self, question) -> dict[str, str | Promise]:
        if question.extras.get("scope") == "wholes":
            return {code: words for code, (words, _parts) in regions.WHOLES.items()}
        return {region.code: region.words for region in regions.REGIONS.values()}

    def shown(self, question, parts) -> dict[str, object]:
        boxes = dict(zip(self.offered(question), parts[""], strict=True))
        if question.extras.get("scope") == "wholes":
            return {"areas": [("", list(boxes.values()))]}
        found: dict[Promise, list] = {area: [] for area in regions.AREAS}
        for code, box in boxes.items():
            found[regions.REGIONS[code].area].append(box)
        return {"areas": list(found.items()), "figures": _figures(boxes)}


def _figures(boxes: dict) -> list[tuple[View, list[tuple[Shape, str]]]]:
    """Each view, and its shapes with the id of the box they tick."""
    return [
        (view, [(shape, boxes[shape.region].id_for_label) for shape in view.shapes])
        for view in views()
    ]


class Pregnancy(Kind):
    """The answer is {"answer": one of OFFERED}, with "weeks" from 0 to 45 where they are known."""

    code = "pregnancy"
    template = "questionnaire/kinds/pregnancy.html"
    OFFERED = {
        "yes": gettext_lazy("Yes"),
        "maybe": gettext_lazy("It is possible, or my period is late"),
        "no": gettext_lazy("No"),
        "not_applicable": gettext_lazy("This cannot apply to me"),
    }

    def fields(self, question) -> dict[str, forms.Field]:
        choices = list(self.OFFERED.items())
        return {
            "": OneOf(short=question.short, choices=choices, help_text=question.hint),
            "weeks": PlainText(
                short=_("weeks"),
                max_length=20,
                label=_("If yes, how many weeks?"),
                help_text=_("Leave this blank if you do not know."),
                widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "numeric"}),
            ),
        }

    def initial(self, question, value: object) -> dict[str, object]:
        return {"": value["answer"], "weeks": value.get("weeks")}

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        chosen, weeks = parts[""], parts["weeks"]
        if not chosen:
            return None
        if chosen != "yes" or not weeks:
            return {"answer": chosen}
        if not (weeks.isascii() and weeks.isdigit() and int(weeks) <= 45):
            sentence = _("Write the weeks as a number from 0 to 45, or leave it blank.")
            raise Unclear(sentence, "weeks")
        return {"answer": chosen, "weeks": int(weeks)}

    def is_answered(self, value: object) -> bool:
        return isinstance(value, dict) and value.get("answer") in list(self.OFFERED)

    def words(self, question, value: object) -> str:
        said, weeks = str(self.OFFERED[value["answer"]]), value.get("weeks")
        if weeks is None:
            return said
        sentence = ngettext("%(answer)s, %(n)s week", "%(answer)s, %(n)s weeks", weeks)
        return sentence % {"answer": said, "n": weeks}


class Medicines(Kind):
    """Rows of name, dose, how often. The answer is a list of such rows; [] says none."""

    code = "medicines"
    template = "questionnaire/kinds/medicines.html"
    ROWS = 12
    COLUMNS = {
        "name": gettext_lazy("Name"),
        "dose": gettext_lazy("Dose"),
        "how_often": gettext_lazy("How often"),
    }
    SHORT = {
        "name": gettext_lazy("Name of medicine %(number)s"),
        "dose": gettext_lazy("Dose of medicine %(number)s"),
        "how_often": gettext_lazy("How often of medicine %(number)s"),
    }
    HINTS = {"dose": gettext_lazy("Copy it from the box if you can.")}

    def fields(self, question) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for row in range(self.ROWS):
            for column, label in self.COLUMNS.items():
                fields[f"{row}_{column}"] = PlainText(
                    short=str(self.SHORT[column]) % {"number": row + 1},
                    max_length=200,
                    label=label,
                    help_text=self.HINTS.get(column, ""),
                    widget=forms.TextInput(attrs={"class": "form-control"}),
                )
            fields[f"{row}_remove"] = Tick(label=_("Take this one off the list"))
        return fields

    def initial(self, question, value: object) -> dict[str, object]:
        rows = enumerate(value[: self.ROWS])
        return {f"{n}_{column}": row.get(column, "") for n, row in rows for column in self.COLUMNS}

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        rows = []
        for number in range(self.ROWS):
            row = {column: parts[f"{number}_{column}"] for column in self.COLUMNS}
            if parts[f"{number}_remove"] or not any(row.values()):
                continue
            if not row["name"]:
                sentence = _("Write the name of medicine %(number)s.") % {"number": number + 1}
                raise Unclear(sentence, f"{number}_name")
            rows.append(row)
        return rows or None

    def is_answered(self, value: object) -> bool:
        return isinstance(value, list) and all(self._is_row(row) for row in value)

    def _is_row(self, row: object) -> bool:
        return isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values())

    def words(self, question, value: object) -> str:
        rows = ([row.get(column) for column in self.COLUMNS] for row in value)
        return "; ".join(", ".join(filter(None, row)) for row in rows) or _("None")

    def shown(self, question, parts) -> dict[str, object]:
        rows = [
            {column: parts[f"{n}_{column}"] for column in (*self.COLUMNS, "remove")}
            for n in range(self.ROWS)
        ]
        filled = [n for n, row in enumerate(rows) if any(row[c].value() for c in self.COLUMNS)]
        count = min(self.ROWS, (max(filled) + 2) if filled else 1)
        return {"rows": rows[:count], "filled": count - 1, "may_add": count < self.ROWS}
