"""What was asked and what came back, in words, beside the answers of a case."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.questionnaire.conditions import IN_PERSON, chosen
from intake.questionnaire.outline import QuestionOutline, SetOutline
from intake.questionnaire.shape import LISTS_MEDICINES
from intake.review import reading
from intake.review.asking_models import AskQuestion, AskRound
from intake.submission.models import Intake, Revision
from intake.submission.replying import as_sent
from intake.submission.states import State

APART = {"about_you", "consent"}
"""Parts of the form that are not about health: what is wrong in them is changed in the form."""
IN_WORDS = {LISTS_MEDICINES, "long_text"}
"""Kinds that are answered on in words: nothing that was written before is overwritten."""


def may_be_asked(question: QuestionOutline, questions: SetOutline) -> bool:
    """Not what is private, for others may see the screen, nor what is signed or leads to it."""
    apart = question.section in APART or question.private or question.is_signed
    return not apart and question.code not in leads_to_signing(questions)


def leads_to_signing(questions: SetOutline) -> set[str]:
    """Codes on which it rests whether something is to be signed."""
    signed = [question for question in questions.questions() if question.is_signed]
    return set().union(*(each.rests_on | questions.page(each.page).rests_on for each in signed))


def askable(revision: Revision, questions: SetOutline) -> list[QuestionOutline]:
    """What this person was asked and may be asked about in writing, in the order of the form.
    What they would rather say in person stays out."""
    day, said = timezone.localdate(revision.sent_at), as_sent(revision, questions)
    return [
        question
        for question in questions.asked_questions(said, day)
        if may_be_asked(question, questions) and IN_PERSON not in chosen(said.get(question.code))
    ]


@dataclass(frozen=True)
class ThreadRow:
    """One question with what came back, in words."""

    code: str
    title: str
    line: str
    by: str
    asked_at: datetime
    answered_at: datetime | None
    before: str
    answer: str
    words: str
    cannot_say: bool
    ended: str
    """How the round ended, in words; empty while it is open."""
    note: str

    @property
    def is_same(self) -> bool:
        return self.answer != "" and self.answer == self.before


@dataclass(frozen=True)
class RoundShown:
    round: AskRound
    rows: list[ThreadRow]


def threads(intake: Intake, questions: SetOutline) -> list[RoundShown]:
    """Newest first. Three queries."""
    return rounds_shown(AskRound.objects.filter(intake=intake).with_thread(), questions)


def rounds_shown(rounds: Iterable[AskRound], questions: SetOutline) -> list[RoundShown]:
    return [
        RoundShown(each, [_row(question, each, questions) for question in each.questions.all()])
        for each in rounds
    ]


def _row(asked: AskQuestion, its: AskRound, questions: SetOutline) -> ThreadRow:
    reply = getattr(asked, "reply", None)
    question = questions.question(asked.code) if asked.code else None

    def words(value: object) -> str:
        return question.words(value) if question and value is not None else ""

    return ThreadRow(
        code=asked.code,
        title=question.short if question else _("Something else"),
        line=asked.line,
        by=its.by.name if its.by else "",
        asked_at=its.asked_at,
        answered_at=reply.at if reply else None,
        before=words(reply.before) if reply else "",
        answer=words(reply.answer) if reply else "",
        words=reply.words if reply else "",
        cannot_say=bool(reply and reply.cannot_say),
        ended=its.get_ended_display(),
        note=its.note,
    )


@dataclass(frozen=True)
class OnCase:
    """All that a case says about questions to its patient."""

    intake: Intake
    revision: Revision
    questions: SetOutline
    rounds: list[RoundShown]

    @property
    def may_ask(self) -> bool:
        return self.intake.state == State.IN_REVIEW

    @property
    def is_closed(self) -> bool:
        return self.intake.state == State.CLOSED

    @property
    def open(self) -> AskRound | None:
        return next((each.round for each in self.rounds if each.round.is_open), None)

    @cached_property
    def _askable(self) -> set[str]:
        return {each.code for each in askable(self.revision, self.questions)}

    @cached_property
    def _threads(self) -> dict[str, list[ThreadRow]]:
        found = defaultdict(list)
        for each in self.rounds:
            for row in each.rows:
                found[row.code].append(row)
        return found

    def address(self, code: str) -> str:
        """Where this is asked about; empty where it cannot be, or not now."""
        if not self.may_ask or code not in self._askable:
            return ""
        return f"{reverse('review:ask', args=[self.intake.reference])}?about={code}"

    @cached_property
    def asks(self) -> list[tuple[str, str]]:
        """(words, where it is asked about) of what has no clear answer."""
        codes = reading.codes_asked_about(self.revision, self.questions)
        told = reading.asked_about(self.revision, self.questions)
        return [(words, self.address(code)) for words, code in zip(told, codes, strict=True)]

    @cached_property
    def groups(self) -> list[reading.AnswerGroup]:
        groups = reading.answer_groups(self.revision, self.questions)
        return [
            replace(
                group,
                rows=[self._beside(row) for row in group.rows],
                noes=[self._beside(row) for row in group.noes],
            )
            for group in groups
        ]

    def _beside(self, row: reading.AnswerRow) -> reading.AnswerRow:
        return replace(row, address=self.address(row.code), thread=self._threads.get(row.code, []))


def on_case(intake: Intake, revision: Revision, questions: SetOutline) -> OnCase:
    return OnCase(intake, revision, questions, threads(intake, questions))
