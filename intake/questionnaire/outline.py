"""Reading a whole question set at once: five queries, and none for a published one seen before.

Two more for a translation that was not seen before.
"""

from collections import defaultdict
from collections.abc import Iterable

from intake.questionnaire.addresses import translated
from intake.questionnaire.models import Option, Page, Question, QuestionSet, Section, Translation
from intake.questionnaire.question import Alarm, OptionOutline, QuestionOutline
from intake.questionnaire.shape import PageOutline, SectionOutline, SetOutline, Way

__all__ = [
    "Alarm",
    "OptionOutline",
    "PageOutline",
    "QuestionOutline",
    "SectionOutline",
    "SetOutline",
    "Way",
    "outline",
]

_published: dict[int, SetOutline] = {}
_translated: dict[int, SetOutline] = {}


def outline(question_set_id: int, translation_id: int | None = None) -> SetOutline:
    """The set in its original words, or in those of one translation of it.

    What is published never changes, so each process reads it once. Drafts are read every time.
    Which translation somebody reads is never a matter of the moment: `offered` says it for a form
    that is being filled in, the revision for one that was sent. Raises DoesNotExist.
    """
    if translation_id is not None:
        return _in_other_words(question_set_id, translation_id)
    if question_set_id in _published:
        return _published[question_set_id]
    question_set = QuestionSet.objects.get(pk=question_set_id)
    read = _read(question_set)
    if question_set.is_published:
        _published[question_set_id] = read
    return read


def _in_other_words(question_set_id: int, translation_id: int) -> SetOutline:
    if translation_id not in _translated:
        translation = Translation.objects.get(pk=translation_id, question_set=question_set_id)
        read = translated(
            outline(question_set_id),
            dict(translation.texts.values_list("address", "text")),
            language=translation.language,
            translation_id=translation_id,
        )
        if translation.published_at is None:
            return read
        _translated[translation_id] = read
    return _translated[translation_id]


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
