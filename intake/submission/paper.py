"""The form to fill in by hand: the same questions in the same words, for those without a screen.

A page of a website asks only what applies. Paper asks everything, and says when to answer.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.questionnaire import kinds
from intake.questionnaire.kinds.choosing import IN_PERSON_WORDS
from intake.questionnaire.question import QuestionOutline
from intake.questionnaire.shape import PageOutline, SetOutline

WAYS = {
    "text": "line",
    "phone": "line",
    "date": "line",
    "place": "line",
    "long_text": "lines",
    "medicines": "medicines",
    "scale": "scale",
    "regions": "chart",
    "consent": "consent",
    "signature": "signature",
}
"""Kind -> how it is answered by hand; every other kind has boxes to tick."""
MEDICINE_ROWS = range(8)
SCALE = range(11)


@dataclass(frozen=True)
class PaperQuestion:
    question: QuestionOutline
    way: str
    only_if: str
    boxes: tuple[str, ...]


@dataclass(frozen=True)
class PaperPage:
    heading: str
    why: str
    only_if: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True)
class PaperPart:
    title: str
    intro: str
    pages: tuple[PaperPage, ...]


def paper_form(questions: SetOutline) -> list[PaperPart]:
    return [
        PaperPart(
            title=section.title,
            intro=section.intro,
            pages=tuple(_page(page, questions) for page in section.pages),
        )
        for section in questions.sections
    ]


def _page(page: PageOutline, questions: SetOutline) -> PaperPage:
    asked = tuple(_question(question, questions) for question in page.questions)
    about = next((q.extras["about"] for q in page.questions if "about" in q.extras), None)
    if about is None:
        heading, only_if = page.heading, _only_if(page.ask_when, questions)
    else:
        place = questions.question(about).label
        heading = page.heading.replace("{place}", _("The place you named"))
        only_if = _("Only if you named a place for “%(question)s”.") % {"question": place}
    return PaperPage(heading, page.why, only_if, asked)


def _question(question: QuestionOutline, questions: SetOutline) -> PaperQuestion:
    whole_parts = question.extras.get("scope") == "wholes"
    way = "boxes" if whole_parts else WAYS.get(question.kind, "boxes")
    return PaperQuestion(
        question, way, _only_if(question.ask_when, questions), _boxes(question, way)
    )


def _boxes(question: QuestionOutline, way: str) -> tuple[str, ...]:
    its = kinds.kind(question.kind)
    offered = {} if way in ("line", "chart") else its.offered(question)
    words = [str(each) for each in offered.values()]
    if none := question.extras.get("none_label"):
        words.append(none)
    if question.extras.get("sensitive"):
        words.append(str(IN_PERSON_WORDS))
    return tuple(dict.fromkeys(words))


def _only_if(condition: dict | None, questions: SetOutline) -> str:
    """The condition as a sentence; empty where everyone answers."""
    if not condition:
        return ""
    if "any" in condition and len(condition["any"]) > 2:
        return _("Only if you answered yes or not sure to one of the questions this is about.")
    return _("Only if %(what)s.") % {"what": _clause(condition, questions)}


def _clause(condition: dict, questions: SetOutline) -> str:
    if "all" in condition:
        return _(" and ").join(_clause(part, questions) for part in condition["all"])
    if "any" in condition:
        return _(" or ").join(_clause(part, questions) for part in condition["any"])
    if "opens" in condition:
        return _("you take medicines")
    if "question" not in condition:
        ages = {"from": condition.get("age_from", 0), "to": condition.get("age_to", 120)}
        return _("you are %(from)s to %(to)s years old") % ages
    asked = questions.question(condition["question"])
    words = {"question": asked.short, "answer": _(" or ").join(_answers(asked, condition["is"]))}
    return _("you answered “%(answer)s” to “%(question)s”") % words


def _answers(question: QuestionOutline, codes: list[str]) -> list[str]:
    offered = kinds.kind(question.kind).offered(question)
    return [str(offered[code]) for code in codes if code in offered]
