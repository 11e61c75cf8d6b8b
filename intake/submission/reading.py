"""A draft as its task list, and as the rows of the check page."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.questionnaire.outline import PageOutline, QuestionOutline, SetOutline
from intake.submission import last_time
from intake.submission.models import Intake, Revision
from intake.submission.words_shown import sent, standing

KEPT_FOR = timedelta(days=30)
STATUS = {
    "not_started": gettext_lazy("Not started"),
    "in_progress": gettext_lazy("In progress"),
    "done": gettext_lazy("Done"),
}
LAST = "consent"


@dataclass(frozen=True)
class Task:
    code: str
    title: str
    status: str
    is_done: bool
    address: str
    """Where it begins: the first page, or the block of what seldom changes."""
    locked: bool


@dataclass(frozen=True)
class Row:
    question: str
    answer: str
    address: str


def task_list(intake: Intake, questions: SetOutline, today: date) -> dict:
    """tasks, how many are done, the next one, whether all may be checked, and the keeping date."""
    way = questions.way(standing(intake.answers, questions), today)
    states = {section.code: way.status(section.code) for section in questions.sections}
    others_done = all(state == "done" for code, state in states.items() if code != LAST)
    tasks = []
    for section in questions.sections:
        pages = way.pages(section.code)
        locked = section.code == LAST and not others_done
        state = states[section.code]
        status = _("Cannot start yet") if locked else str(STATUS[state])
        is_done = state == "done" and not locked
        address = _beginning(intake, questions, section.code, pages, today)
        tasks.append(Task(section.code, section.title, status, is_done, address, locked))
    open_tasks = [task for task in tasks if not (task.is_done or task.locked)]
    return {
        "tasks": tasks,
        "done": sum(task.is_done for task in tasks),
        "next": open_tasks[0] if open_tasks else None,
        "complete": all(task.is_done for task in tasks),
        "kept_until": intake.saved_at + KEPT_FOR,
    }


def _beginning(
    intake: Intake, questions: SetOutline, section: str, pages: list[PageOutline], today: date
) -> str:
    if last_time.block_to_confirm(intake, questions, section, today):
        return reverse("submission:last_block", args=[intake.reference, section])
    first = pages[0].number if pages else 0
    return reverse("submission:page", args=[intake.reference, section, first])


def checked_sections(intake: Intake, questions: SetOutline, today: date) -> tuple[list, list[Row]]:
    """Sections with their rows, and the rows that still need an answer."""
    way = questions.way(standing(intake.answers, questions), today)
    sections, missing = [], []
    addresses = {
        page.code: reverse("submission:page", args=[intake.reference, page.section, page.number])
        for page in map(questions.page, {question.page for question in way.asked})
    }
    for section in questions.sections:
        rows = []
        for question in way.asked:
            if question.section != section.code:
                continue
            answered = question.code in way.relevant
            words = question.words(way.relevant[question.code]) if answered else _("Not answered")
            row = Row(question.short, words, addresses[question.page])
            rows.append(row)
            if question.required and not answered:
                missing.append(row)
        sections.append((section.title, rows))
    return sections, missing


@dataclass(frozen=True)
class SentRow:
    question: str
    answer: str
    agreed_to: list[dict]
    """For a consent: the parts of the text that was on the page."""


def sent_sections(revision: Revision) -> list[tuple[str, list[SentRow]]]:
    """Everything that was sent, in the words it was sent in, without the private answers."""
    questions = sent(revision)
    sections = []
    for section in questions.sections:
        asked = [question for page in section.pages for question in page.questions]
        rows = [_sent(question, revision) for question in asked if _goes(question, revision)]
        if rows:
            sections.append((section.title, rows))
    return sections


def _goes(question: QuestionOutline, revision: Revision) -> bool:
    return question.code in revision.answers and not question.private


def _sent(question: QuestionOutline, revision: Revision) -> SentRow:
    words = question.words(revision.answers[question.code])
    return SentRow(question.label, words, question.extras.get("parts", []))
