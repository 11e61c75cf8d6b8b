"""Fills in any question set: what a person types on each page, told from the page's own fields."""

import json
from copy import deepcopy
from datetime import date

from intake.questionnaire.forms import PageForm
from intake.questionnaire.models import QuestionSet

SAID = {
    "diabetes": "yes",
    "osteoporosis": "not_sure",
    "takes_medicines": "yes",
    "filled_in_by": "myself",
    "has_doctor": "yes",
}
"""One condition, one doubt and a medicine; every other yes/no question is answered no."""
GOALS = ["pain", "sleep"]
PAIN = ["neck_back", "left_knee"]
NAME = "Rosa Okafor"
MEDICINE = {
    "key": "a1b2c3",
    "name": "Metformin",
    "dose": "500 mg",
    "how_often": "twice a day",
    "matched": "",
    "how": "",
}
TEXTS = {"full_name": NAME, "call_me": "Rosa", "own_words": "My back aches when I sit."}


def page_of(address: str, outline):
    """The page of questions at this address."""
    number = int(address.rstrip("/").rpartition("/")[2])
    return next(page for page in outline.pages() if page.number == number)


def typed(form: PageForm) -> dict[str, object]:
    """What is typed on one page, as form data."""
    data: dict[str, object] = {}
    for question in form.questions:
        data |= _TYPED[question.kind](question, form)
    return data


def plain_answers(outline, today: date, **said: object) -> dict[str, object]:
    """A complete form, ready to be sent: one yes, one not sure, two goals, one medicine.

    The same questions on the same day have the same answers: they are found out once.
    """
    digest = QuestionSet.objects.values_list("digest", flat=True).get(pk=outline.id)
    key = (digest, today, json.dumps(said, sort_keys=True, default=repr))
    if not digest:
        return _page_by_page(outline, today, said)
    if key not in _filled_in:
        _filled_in[key] = _page_by_page(outline, today, said)
    return deepcopy(_filled_in[key])


_filled_in: dict[tuple[str, date, str], dict[str, object]] = {}


def _page_by_page(outline, today: date, said: dict[str, object]) -> dict[str, object]:
    answers: dict[str, object] = {}
    for section in outline.sections:
        for page in section.pages:
            if page not in outline.asked_pages(section.code, answers, today):
                continue
            form = PageForm(page, answers, today, data=typed(PageForm(page, answers, today)))
            assert form.is_valid(), (page.code, form.errors)
            answers |= {code: value for code, value in form.answers().items() if value is not None}
            asked = {question.code for question in form.questions}
            if page.listed:
                answers[page.listed.code] = [MEDICINE]
            answers |= {code: value for code, value in said.items() if code in asked}
    return answers


def _choice(question, form) -> dict:
    codes = [code for code, _ in form.fields[question.code].choices]
    fallback = "no" if "no" in codes and question.kind in ("yes_no", "emergency") else codes[0]
    return {question.code: SAID.get(question.code, fallback)}


def _choices(question, form) -> dict:
    if question.code == "goals":
        return {"goals": GOALS}
    if question.code == "pain_regions":
        return {"pain_regions": PAIN}
    if f"{question.code}__none" in form.fields:
        return {f"{question.code}__none": "on"}
    return {question.code: [form.fields[question.code].choices[0][0]]}


def _text(question, form) -> dict:
    return {question.code: TEXTS.get(question.code, "As before")}


def _date(question, form) -> dict:
    return {
        f"{question.code}__{part}": value
        for part, value in (("day", "4"), ("month", "June"), ("year", "1973"))
    }


def _consent(question, form) -> dict:
    return _choice(question, form) if question.options else {question.code: "on"}


_TYPED = {
    "yes_no": _choice,
    "emergency": _choice,
    "choice": _choice,
    "one_or_both": lambda question, form: {question.code: "both"},
    "choices": _choices,
    "regions": _choices,
    "place": _choice,
    "scale": lambda question, form: {question.code: "6"},
    "text": _text,
    "long_text": _text,
    "phone": lambda question, form: {question.code: "020 7946 0000"},
    "date": _date,
    "pregnancy": lambda question, form: {question.code: "not_applicable"},
    "medicines": lambda question, form: {},  # on pages of their own
    "consent": _consent,
    "signature": lambda question, form: {
        question.code: NAME,
        f"{question.code}__statement": "on",
    },
}
