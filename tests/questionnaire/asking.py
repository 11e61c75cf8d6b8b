"""A question of one kind, and what is made of what was posted."""

from datetime import date

from django import forms
from django.http import QueryDict

from intake.questionnaire.kinds import Unclear, kind
from intake.questionnaire.question import OptionOutline, QuestionOutline

TODAY = date(2026, 11, 24)
MONTH_UNCLEAR = "Write the month of your date as a number from 1 to 12 or as a word."
OPTIONS = (OptionOutline("a", "First"), OptionOutline("b", "Second"))


def question(kind_code: str, *, options=(), **extras) -> QuestionOutline:
    return QuestionOutline(
        code="q", kind=kind_code, label="How?", page="p", section="s", options=options,
        extras=extras,
    )  # fmt: skip


def ask(asked: QuestionOutline, posted: str):
    """The answer to `posted`, or the sentence that refuses it."""
    its = kind(asked.kind)
    fields = {f"q__{part}" if part else "q": field for part, field in its.fields(asked).items()}
    form = type("Form", (forms.Form,), fields)(QueryDict(posted))
    if not form.is_valid():
        return next(iter(form.errors.values()))[0]
    parts = {name.partition("__")[2]: value for name, value in form.cleaned_data.items()}
    try:
        return its.answer(asked, parts, TODAY)
    except Unclear as unclear:
        return unclear.sentence
