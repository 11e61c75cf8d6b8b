"""A question set as plain, frozen objects: which pages come, what is missing, what still counts.

    whole = outline(question_set_id)
    whole.next_page("goals", answers, today)

`answers` is question code -> JSON value, and may hold answers to questions that are no longer
asked. Every method here works out anew what is asked and ignores the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from intake.questionnaire.conditions import OPENED, holds, is_open, mentions
from intake.questionnaire.question import ABOUT, Alarm, QuestionOutline

Answers = dict[str, object]
LANGUAGE = "en"
"""Questions are written in this language first; conditions and screening know no other."""
LISTS_MEDICINES = "medicines"
"""The kind of question whose answer leads to further questions through the names in it."""

SIGNED = ("consent", "signature")
"""Kinds of question whose answer counts only in the words it was given in."""


@dataclass(frozen=True)
class PageOutline:
    code: str
    section: str
    heading: str
    why: str = ""
    ask_when: dict | None = None
    questions: tuple[QuestionOutline, ...] = ()
    whole: "SetOutline" = field(init=False, repr=False, compare=False)

    @property
    def number(self) -> int:
        """Its place in the whole form, from 1: an address without a telling word."""
        return self.whole.numbers[self.code]

    @cached_property
    def rests_on(self) -> set[str]:
        """Codes of the questions that say whether it is asked."""
        return mentions(self.ask_when)

    def asked_questions(self, answers: Answers, today: date) -> list[QuestionOutline]:
        return self.whole.way(answers, today).questions_on(self.code)

    @property
    def listed(self) -> QuestionOutline | None:
        """The question whose answer is a list, written step by step on pages of its own."""
        return next((q for q in self.questions if q.kind == LISTS_MEDICINES), None)

    def heading_for(self, answers: Answers) -> str:
        """The heading, with the words of the place that its questions are about."""
        about = next((q.extras["about"] for q in self.questions if "about" in q.extras), None)
        if about is None or about not in answers:
            return self.heading
        words = self.whole.question(about).words(answers[about])
        return self.heading.replace("{place}", words)

    @property
    def title(self) -> str:
        return self.heading or self.questions[0].label


@dataclass(frozen=True)
class SectionOutline:
    code: str
    title: str
    intro: str
    pages: tuple[PageOutline, ...] = ()


@dataclass(frozen=True)
class Way:
    """What one person is asked, worked out from their answers in the order of the form.

    Working it out takes a millisecond: whoever has several things to ask keeps it.
    """

    whole: "SetOutline"
    asked: tuple[QuestionOutline, ...]
    relevant: Answers
    implied: Answers

    def questions_on(self, page_code: str) -> list[QuestionOutline]:
        return [question for question in self.asked if question.page == page_code]

    def pages(self, section_code: str) -> list[PageOutline]:
        asked = {question.page for question in self.asked}
        return [page for page in self.whole.section(section_code).pages if page.code in asked]

    def next_page(self, page_code: str) -> PageOutline | None:
        """The next asked page of the same section; None at its end."""
        here = self.whole.page(page_code)
        return next((p for p in self.pages(here.section) if p.number > here.number), None)

    def previous_page(self, page_code: str) -> PageOutline | None:
        """The asked page before this one in the same section; None at its beginning."""
        here = self.whole.page(page_code)
        earlier = [p for p in self.pages(here.section) if p.number < here.number]
        return earlier[-1] if earlier else None

    def missing(self) -> list[QuestionOutline]:
        """Required, asked and not answered yet."""
        return [q for q in self.asked if q.required and q.code not in self.relevant]

    def status(self, section_code: str) -> str:
        """ "not_started", "in_progress" or "done"."""
        asked = [question for question in self.asked if question.section == section_code]
        if all(q.code in self.relevant for q in asked if q.required):
            return "done"
        return "in_progress" if any(q.code in self.relevant for q in asked) else "not_started"


@dataclass(frozen=True)
class SetOutline:
    id: int
    number: int
    title: str
    messages: dict[str, dict[str, str]]
    sections: tuple[SectionOutline, ...]
    language: str = LANGUAGE
    translation_id: int | None = None
    """None: the original words."""

    def __post_init__(self) -> None:
        for page in self.pages():
            object.__setattr__(page, "whole", self)

    @cached_property
    def _sections(self) -> dict[str, SectionOutline]:
        return {section.code: section for section in self.sections}

    @cached_property
    def _pages(self) -> dict[str, PageOutline]:
        return {page.code: page for section in self.sections for page in section.pages}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Page code -> its place in the form, from 1; the same for everyone with this version."""
        return {code: number for number, code in enumerate(self._pages, start=1)}

    @cached_property
    def _questions(self) -> dict[str, QuestionOutline]:
        return {question.code: question for page in self.pages() for question in page.questions}

    def section(self, code: str) -> SectionOutline:
        """KeyError when there is none; likewise `page` and `question`."""
        return self._sections[code]

    def page(self, code: str) -> PageOutline:
        return self._pages[code]

    def question(self, code: str) -> QuestionOutline:
        return self._questions[code]

    def pages(self) -> Iterator[PageOutline]:
        return iter(self._pages.values())

    def questions(self) -> Iterator[QuestionOutline]:
        return iter(self._questions.values())

    @cached_property
    def signed(self) -> frozenset[str]:
        """Codes of the consents and signatures: they count only in the words they were given in."""
        return frozenset(code for code, each in self._questions.items() if each.kind in SIGNED)

    def codes(self) -> frozenset[str]:
        """Everything this version can ask, of anyone."""
        return frozenset(self._questions)

    def way(self, answers: Answers, today: date) -> Way:
        """Only answers to questions that are themselves asked may open further questions."""
        asked: list[QuestionOutline] = []
        relevant: Answers = {}
        implied: Answers = {}
        settled: set[str] = set()
        for page in self.pages():
            page_holds = holds(page.ask_when, relevant, today)
            for question in page.questions:
                if page_holds and question.is_asked(relevant, today):
                    self._go_past(question.among(relevant), answers, asked, relevant, settled)
                elif page.rests_on | question.rests_on <= settled:
                    settled.add(question.code)
                    if "when_not_asked" in question.extras:
                        implied[question.code] = question.extras["when_not_asked"]
        return Way(self, tuple(asked), relevant, implied)

    def _go_past(
        self,
        question: QuestionOutline,
        answers: Answers,
        asked: list[QuestionOutline],
        relevant: Answers,
        settled: set[str],
    ) -> None:
        value = question.only_answer
        if value is None:
            asked.append(question)
            value = answers.get(question.code)
        if question.is_answered(value) and question.is_still_about(answers, relevant):
            relevant[question.code] = value
            if not is_open(value):
                settled.add(question.code)
            if question.kind == LISTS_MEDICINES and OPENED in answers:
                relevant[OPENED] = answers[OPENED]

    def with_subjects(self, answers: Answers, changed: Iterable[str], today: date) -> Answers:
        """`answers`, and beside them what those of `changed` are about that are about something."""
        said = self.relevant(answers, today)
        about = {
            code: subject
            for code in changed
            if code in self._questions and (subject := self._questions[code].subject(said))
        }
        return answers | {ABOUT: answers.get(ABOUT, {}) | about} if about else answers

    def asked_questions(self, answers: Answers, today: date) -> tuple[QuestionOutline, ...]:
        return self.way(answers, today).asked

    def relevant(self, answers: Answers, today: date) -> Answers:
        """The answers to what is asked. Answers to anything else are left out."""
        return self.way(answers, today).relevant

    def for_screening(self, answers: Answers, today: date) -> Answers:
        """`relevant`, and what earlier answers already rule out (no diabetes, no diabetic foot)."""
        way = self.way(answers, today)
        return way.implied | way.relevant

    def asked_codes(self, answers: Answers, today: date) -> frozenset[str]:
        """What this person is asked, or what earlier answers already rule out."""
        way = self.way(answers, today)
        return frozenset(question.code for question in way.asked) | way.implied.keys()

    def missing(self, answers: Answers, today: date) -> list[QuestionOutline]:
        return self.way(answers, today).missing()

    def asked_pages(self, section_code: str, answers: Answers, today: date) -> list[PageOutline]:
        return self.way(answers, today).pages(section_code)

    def next_page(self, page_code: str, answers: Answers, today: date) -> PageOutline | None:
        return self.way(answers, today).next_page(page_code)

    def previous_page(self, page_code: str, answers: Answers, today: date) -> PageOutline | None:
        return self.way(answers, today).previous_page(page_code)

    def section_status(self, code: str, answers: Answers, today: date) -> str:
        return self.way(answers, today).status(code)

    def alarms(self, answers: Answers, today: date) -> list[Alarm]:
        """What the answers set off, most urgent first."""
        way = self.way(answers, today)
        found = [q.alarm(way.relevant.get(q.code)) for q in way.asked]
        return sorted((alarm for alarm in found if alarm), key=lambda alarm: alarm.urgency)
