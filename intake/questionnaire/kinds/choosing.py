"""Answers chosen from what is offered."""

from __future__ import annotations

from datetime import date

from django import forms

from intake.questionnaire.conditions import chosen as codes_in
from intake.questionnaire.fields import OneOf, SomeOf, Tick
from intake.questionnaire.kinds.base import Kind, Unclear

YES_NO = {"yes": "Yes", "no": "No", "not_sure": "Not sure"}


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
        return self.offered(question).get(value, str(value))

    def default_missing(self, question) -> str:
        return f"Choose an answer for “{question.short}”."


class YesNo(Choice):
    code = "yes_no"
    template = "questionnaire/kinds/yes_no.html"

    def offered(self, question) -> dict[str, str]:
        return YES_NO

    def default_missing(self, question) -> str:
        return f"Choose yes, no or not sure for “{question.short}”."


class Emergency(YesNo):
    """Yes, no, not sure, unless the question has options of its own."""

    code = "emergency"

    def offered(self, question) -> dict[str, str]:
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
        return fields

    def initial(self, question, value: object) -> dict[str, object]:
        return {"": value, "none": value == []}

    def answer(self, question, parts: dict[str, object], today: date) -> object:
        chosen, none = parts[""], parts.get("none", False)
        if chosen and none:
            label = question.extras["none_label"]
            raise Unclear(f"Choose either “{label}” or the others, not both: “{question.short}”.")
        return chosen or ([] if none else None)

    def is_answered(self, value: object) -> bool:
        return is_codes(value)

    def still_offers(self, question, value: object) -> bool:
        return codes_in(value) <= self.offered(question).keys()

    def words(self, question, value: object) -> str:
        offered = self.offered(question)
        chosen = "; ".join(offered.get(code, str(code)) for code in value)
        return chosen or question.extras.get("none_label", "None")

    def default_missing(self, question) -> str:
        return f"Choose an answer for “{question.short}”."


CANNOT_SAY = "cannot_say"


class Scale(Kind):
    """0 to 10. The answer is a whole number, or "cannot_say"."""

    code = "scale"
    template = "questionnaire/kinds/scale.html"

    def fields(self, question) -> dict[str, forms.Field]:
        low, high = question.extras["low_label"], question.extras["high_label"]
        ends = {0: f"0 {low}", 10: f"10 {high}"}
        choices = [(str(point), ends.get(point, str(point))) for point in range(11)]
        choices.append((CANNOT_SAY, "I cannot say"))
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
        return "I cannot say" if value == CANNOT_SAY else f"{value} out of 10"

    def default_missing(self, question) -> str:
        return f"Choose a number from 0 to 10, or “I cannot say”: “{question.short}”."
