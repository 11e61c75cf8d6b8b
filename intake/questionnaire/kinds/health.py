"""Kinds of question that only a health form has."""

from __future__ import annotations

from datetime import date
from functools import cache

from django import forms
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.questionnaire import regions
from intake.questionnaire.conditions import IN_PERSON
from intake.questionnaire.fields import OneOf, PlainText
from intake.questionnaire.figure import View, views
from intake.questionnaire.kinds.base import Kind, Unclear
from intake.questionnaire.kinds.choosing import (
    IN_PERSON_WORDS,
    Choice,
    Choices,
    in_person,
    is_codes,
)


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
        ticked = parts[""].value()
        marked = ticked if is_codes(ticked) else []
        found: dict[Promise, list] = {area: [] for area in regions.AREAS}
        for code, box in boxes.items():
            found[regions.REGIONS[code].area].append(box)
        return {"areas": list(found.items()), "figures": _figures(boxes)} | {
            "marked": [words for code, words in self.offered(question).items() if code in marked]
        }


class Place(Choice):
    """One of the places marked earlier; `options_from` names the question.

    `none_label` offers an explicit none, which is the answer "none".
    """

    code = "place"

    def offered(self, question) -> dict[str, str]:
        if question.extras.get("narrowed"):
            places = {option.code: option.label for option in question.options}
        else:
            places = {region.code: region.words for region in regions.REGIONS.values()}
        none = question.extras.get("none_label")
        return places | ({"none": none} if none else {})


def _figures(boxes: dict) -> list[tuple[View, SafeString]]:
    """Each view, and its shapes, each leading to the box of its place."""
    ids = tuple((region, box.id_for_label) for region, box in boxes.items())
    return list(zip(views(), _drawn(ids), strict=True))


@cache
def _drawn(ids: tuple[tuple[str, str], ...]) -> list[SafeString]:
    """The shapes of each view: the same for everyone who is asked the same question.

    ids: region -> id of its box.
    """
    box_of = dict(ids)
    return [
        render_to_string(
            "questionnaire/kinds/_shapes.html",
            {"shapes": [(shape, box_of[shape.region]) for shape in view.shapes]},
        )
        for view in views()
    ]


LONGEST_USUAL = 42
"""Weeks of a pregnancy."""


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

    def offered(self, question) -> dict[str, str]:
        return self.OFFERED | in_person(question)

    def fields(self, question) -> dict[str, forms.Field]:
        choices = list(self.offered(question).items())
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

    def unusual(self, question, value: object, answers: dict, today: date) -> str:
        weeks = value.get("weeks")
        if weeks is None or weeks <= LONGEST_USUAL:
            return ""
        return _("You wrote {weeks} weeks of pregnancy. Most last up to 42.").format(weeks=weeks)

    def is_answered(self, value: object) -> bool:
        return isinstance(value, dict) and value.get("answer") in [*self.OFFERED, IN_PERSON]

    def words(self, question, value: object) -> str:
        if value["answer"] == IN_PERSON:
            return str(IN_PERSON_WORDS)
        said, weeks = str(self.OFFERED[value["answer"]]), value.get("weeks")
        if weeks is None:
            return said
        sentence = ngettext("%(answer)s, %(n)s week", "%(answer)s, %(n)s weeks", weeks)
        return sentence % {"answer": said, "n": weeks}
