"""Making and publishing versions of the question set."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clinic.audit.services import record
from clinic.errors import Refused
from clinic.people.models import User
from intake.questionnaire import source
from intake.questionnaire.models import Option, Page, Question, QuestionSet, Section


class AlreadyPublished(Refused):
    sentence = "This version is already published. Make a new version to change something."


class NotUsable(Refused):
    sentence = "This question set cannot be used yet."


@transaction.atomic
def publish(
    *, question_set: QuestionSet, by: User | None, now: datetime | None = None
) -> QuestionSet:
    """From here on the version never changes. Raises AlreadyPublished.

    by: None when the files that come with the project are loaded without a person.
    """
    now = now or timezone.now()
    draft = QuestionSet.objects.filter(pk=question_set.pk, published_at__isnull=True)
    if not draft.update(published_at=now, published_by=by):
        raise AlreadyPublished
    record(
        action="question_set_published",
        by=by,
        reference=f"set {question_set.number}",
        detail=question_set.digest,
    )
    question_set.refresh_from_db()
    return question_set


@transaction.atomic
def load_default(*, by: User | None = None, now: datetime | None = None) -> QuestionSet:
    """The current version, made from the files if they have changed since. Raises NotUsable."""
    files = source.default()
    digest = source.digest(files)
    current = QuestionSet.objects.current()
    if current and current.digest == digest:
        return current
    if problems := source.problems(files):
        raise NotUsable(f"The files cannot be used: {'; '.join(problems)}.")
    return publish(question_set=_draft(files, digest), by=by, now=now)


def _draft(files: dict, digest: str) -> QuestionSet:
    highest = QuestionSet.objects.aggregate(highest=Max("number"))["highest"] or 0
    made = QuestionSet.objects.create(
        number=highest + 1,
        title=files["title"],
        messages=files["messages"],
        digest=digest,
        note="Made from the files that come with the project.",
    )
    sections = Section.objects.bulk_create(
        Section(
            question_set=made,
            code=section["code"],
            title=section["title"],
            intro=section.get("intro", ""),
            position=position,
        )
        for position, section in enumerate(files["sections"], 1)
    )
    pages = Page.objects.bulk_create(
        Page(
            question_set=made,
            section=section,
            code=page["code"],
            heading=page.get("heading", ""),
            why=page.get("why", ""),
            ask_when=page.get("ask_when"),
            position=position,
        )
        for section, data in zip(sections, files["sections"], strict=True)
        for position, page in enumerate(data["pages"], 1)
    )
    questions = Question.objects.bulk_create(
        _question(made, page, position, question)
        for page, data in zip(pages, source.pages(files), strict=True)
        for position, question in enumerate(data["questions"], 1)
    )
    Option.objects.bulk_create(
        Option(question_set=made, question=question, position=position, **option)
        for question, data in zip(questions, source.questions(files), strict=True)
        for position, option in enumerate(data.get("options", []), 1)
    )
    return made


def _question(made: QuestionSet, page: Page, position: int, data: dict) -> Question:
    return Question(
        question_set=made,
        page=page,
        code=data["code"],
        kind=data["kind"],
        label=data["label"],
        hint=data.get("hint", ""),
        required=data.get("required", True),
        private=data.get("private", False),
        ask_when=data.get("ask_when"),
        extras=source.extras(data),
        position=position,
    )
