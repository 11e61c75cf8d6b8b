"""Reading a whole question set at once: five queries, and none for a published one seen before."""

from collections import defaultdict
from collections.abc import Iterable

from intake.questionnaire.models import Option, Page, Question, QuestionSet, Section
from intake.questionnaire.question import Alarm, OptionOutline, QuestionOutline
from intake.questionnaire.shape import PageOutline, SectionOutline, SetOutline

__all__ = [
    "Alarm",
    "OptionOutline",
    "PageOutline",
    "QuestionOutline",
    "SectionOutline",
    "SetOutline",
    "outline",
]

_published: dict[int, SetOutline] = {}


def outline(question_set_id: int) -> SetOutline:
    """Published sets never change, so each process reads them once. Drafts are read every time.

    Raises QuestionSet.DoesNotExist.
    """
    if question_set_id in _published:
        return _published[question_set_id]
    question_set = QuestionSet.objects.get(pk=question_set_id)
    read = _read(question_set)
    if question_set.is_published:
        _published[question_set_id] = read
    return read


def _read(question_set: QuestionSet) -> SetOutline:
    sections = list(Section.objects.filter(question_set=question_set))
    pages = _by("section_id", Page.objects.filter(question_set=question_set))
    questions = _by("page_id", Question.objects.filter(question_set=question_set))
    options = _by("question_id", Option.objects.filter(question_set=question_set))
    return SetOutline(
        id=question_set.pk,
        number=question_set.number,
        title=question_set.title,
        messages=question_set.messages,
        sections=tuple(
            SectionOutline(
                code=section.code,
                title=section.title,
                intro=section.intro,
                pages=tuple(_page(page, section, questions, options) for page in pages[section.pk]),
            )
            for section in sections
        ),
    )


def _page(page: Page, section: Section, questions: dict, options: dict) -> PageOutline:
    return PageOutline(
        code=page.code,
        section=section.code,
        heading=page.heading,
        why=page.why,
        ask_when=page.ask_when,
        questions=tuple(
            _question(question, page, section, options[question.pk])
            for question in questions[page.pk]
        ),
    )


def _question(
    question: Question, page: Page, section: Section, options: list[Option]
) -> QuestionOutline:
    return QuestionOutline(
        code=question.code,
        kind=question.kind,
        label=question.label,
        page=page.code,
        section=section.code,
        hint=question.hint,
        required=question.required,
        private=question.private,
        ask_when=question.ask_when,
        extras=question.extras,
        options=tuple(OptionOutline(option.code, option.label) for option in options),
    )


def _by(attribute: str, rows: Iterable) -> dict[int, list]:
    groups: dict[int, list] = defaultdict(list)
    for row in rows:
        groups[getattr(row, attribute)].append(row)
    return groups
