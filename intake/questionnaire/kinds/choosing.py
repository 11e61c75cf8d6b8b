"""Answers chosen from what is offered."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.questionnaire.conditions import IN_PERSON
from intake.questionnaire.conditions import chosen as codes_in
from intake.questionnaire.fields import OneOf, SomeOf, Tick
from intake.questionnaire.kinds.base import Kind, Unclear

YES_NO = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "not_sure": gettext_lazy("Not sure"),
}


IN_PERSON_WORDS = gettext_lazy("I would rather say this in person")


def in_person(question) -> dict[str, str]:
    """The way out of a sensitive question, which is an answer of its own."""
    return {IN_PERSON: IN_PERSON_WORDS} if question.extras.get("sensitive") else {}


def is_codes(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(code, str) for code in value)


class Choice(Kind):
    code = "choice"
    template = "questionnaire/kinds/radios.html"

    def offered(self, question) -> dict[str, str]:
        return {option.code: option.label for option in question.options}

    def fields(self, question) -> dict[str, forms.Field]:
        choices = list(self.offered(question).items())
        return {"": OneOf(short=question.short, choices=choices, help_text=question.hint)}

    def still_offers(self, question, value: object) -> bool:
        return codes_in(value) <= self.offered(question).keys()

    def words(self, question, value: object) -> str:
        return str(self.offered(question).get(value, value))

    def default_missing(self, question) -> str:
        return _("Choose an answer for “%(question)s”.") % {"question": question.short}


class YesNo(Choice):
    code = "yes_no"
    template = "questionnaire/kinds/yes_no.html"

    def offered(self, question) -> dict[str, str | Promise]:
        return YES_NO | in_person(question)

    def default_missing(self, question) -> str:
        sentence = _("Choose yes, no or not sure for “%(question)s”.")
        return sentence % {"question": question.short}


class Emergency(YesNo):
    """Yes, no, not sure, unless the question has options of its own."""

    code = "emergency"

    def offered(self, question) -> dict[str, str | Promise]:
        return Choice.offered(self, question) or YES_NO


class OneOrBoth(Choice):
    """One of the options, or all of them at once. The answer is always a list."""

    code = "one_or_both"

    def offered(self, question) -> dict[str, str]:
        return super().offered(question) | {"both": question.extras["both_label"]}

    def initial(self, question, value: object) -> dict[str, object]:
        return {"": value[0] if len(value) == 1 else "both"}

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        if parts[""] == "both":
            return [option.code for option in question.options]
        return [parts[""]] if parts[""] else None

    def is_answered(self, value: object) -> bool:
        return bool(value) and is_codes(value)

    def words(self, question, value: object) -> str:
        return super().words(question, value[0] if len(value) == 1 else "both")


class Choices(Kind):
    """Any number of the options. `none_label` offers an explicit none, which is the answer []."""

    code = "choices"
    template = "questionnaire/kinds/checkboxes.html"

    def offered(self, question) -> dict[str, str]:
        return {option.code: option.label for option in question.options}

    def fields(self, question) -> dict[str, forms.Field]:
        choices = list(self.offered(question).items())
        fields = {"": SomeOf(short=question.short, choices=choices, help_text=question.hint)}
        if "none_label" in question.extras:
            fields["none"] = Tick(label=question.extras["none_label"])
        if in_person(question):
            fields[IN_PERSON] = Tick(label=IN_PERSON_WORDS)
        return fields

    def initial(self, question, value: object) -> dict[str, object]:
        said = value == IN_PERSON
        return {"": [] if said else value, "none": value == [], IN_PERSON: said}

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        chosen, none = parts[""], parts.get("none", False)
        if parts.get(IN_PERSON):
            if chosen or none:
                raise Unclear(
                    _("Choose either “{in_person}” or the others, not both.").format(
                        in_person=IN_PERSON_WORDS
                    )
                )
            return IN_PERSON
        if chosen and none:
            sentence = _("Choose either “%(none)s” or the others, not both: “%(question)s”.")
            words = {"none": question.extras["none_label"], "question": question.short}
            raise Unclear(sentence % words)
        return chosen or ([] if none else None)

    def is_answered(self, value: object) -> bool:
        return is_codes(value) or value == IN_PERSON

    def still_offers(self, question, value: object) -> bool:
        return codes_in(value) <= self.offered(question).keys()

    def words(self, question, value: object) -> str:
        if value == IN_PERSON:
            return str(IN_PERSON_WORDS)
        offered = self.offered(question)
        chosen = "; ".join(str(offered.get(code, code)) for code in value)
        return chosen or question.extras.get("none_label") or _("None")

    def default_missing(self, question) -> str:
        return _("Choose an answer for “%(question)s”.") % {"question": question.short}


CANNOT_SAY = "cannot_say"


class Scale(Kind):
    """0 to 10. The answer is a whole number, or "cannot_say"."""

    code = "scale"
    template = "questionnaire/kinds/scale.html"

    def fields(self, question) -> dict[str, forms.Field]:
        low, high = question.extras["low_label"], question.extras["high_label"]
        ends = {0: f"0 {low}", 10: f"10 {high}"}
        choices = [(str(point), ends.get(point, str(point))) for point in range(11)]
        choices.append((CANNOT_SAY, _("I cannot say")))
        return {"": OneOf(short=question.short, choices=choices, help_text=question.hint)}

    def initial(self, question, value: object) -> dict[str, object]:
        return {"": str(value)}

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        chosen = parts[""]
        return int(chosen) if chosen.isdigit() else chosen or None

    def is_answered(self, value: object) -> bool:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value == CANNOT_SAY or (whole and 0 <= value <= 10)

    def words(self, question, value: object) -> str:
        if value == CANNOT_SAY:
            return _("I cannot say")
        return _("%(number)s out of 10") % {"number": value}

    def default_missing(self, question) -> str:
        sentence = _("Choose a number from 0 to 10, or “I cannot say”: “%(question)s”.")
        return sentence % {"question": question.short}
