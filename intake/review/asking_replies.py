"""What the patient answers: a draft that is theirs alone, and the one sending."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.errors import Refused
from clinic.notices.models import Kind
from clinic.notices.services import tell
from clinic.people.models import User
from intake.questionnaire.outline import SetOutline, outline
from intake.questionnaire.shape import LANGUAGE
from intake.review.asking import end
from intake.review.asking_models import AskQuestion, AskRound, Ended, Reply, ReplyDraft
from intake.submission.models import Intake, Revision
from intake.submission.replying import write_reply
from intake.submission.services import locked_for, move


class NoLongerAsked(Refused):
    sentence = _("We do not need these answers any more. Nothing was sent.")


class NotAnswered(Refused):
    sentence = _("Each question needs an answer, or “I cannot say”.")


@dataclass
class Kept:
    """What was answered so far, by code of the question or by key of a question's own box."""

    answers: dict[str, object] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    cannot: list[str] = field(default_factory=list)
    met: dict[str, object] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, object]:
        """The answers of the form that take the place of what was said before."""
        return {code: value for code, value in self.answers.items() if code not in self.cannot}

    def has(self, key: str, code: str = "") -> bool:
        """Whether this was answered, in words, or with “I cannot say”."""
        return key in self.cannot or bool(self.words.get(key)) or (code or key) in self.answers


def key_of(question: AskQuestion) -> str:
    """What its boxes and its draft are called: no telling word."""
    return f"q{question.pk}"


def draft_of(asked: AskRound) -> Kept:
    draft = ReplyDraft.objects.filter(round=asked).first()
    return Kept(**draft.kept) if draft else Kept()


@transaction.atomic
def save_draft(*, asked: AskRound, kept: Kept, by: User, now: datetime | None = None) -> None:
    """Keeps what was typed; nobody else reads it. Raises NotAllowed, NoLongerAsked."""
    _waiting(asked, by)
    ReplyDraft.objects.update_or_create(
        round=asked,
        defaults={"kept": vars(kept), "saved_at": now or timezone.now()},
    )


@transaction.atomic
def send_replies(
    *, asked: AskRound, by: User, language: str = LANGUAGE, now: datetime | None = None
) -> Revision:
    """Sends what the draft holds, once: a second press gets the same revision back.

    Raises NotAllowed, NoLongerAsked, NotAnswered.
    """
    locked, waiting = _locked(asked, by)
    if waiting.came_back:
        return waiting.came_back
    if not waiting.is_open or waiting.by_phone:
        raise NoLongerAsked
    kept, questions = draft_of(waiting), list(waiting.questions.all())
    if not all(kept.has(key_of(each), each.code) for each in questions):
        raise NotAnswered
    now = now or timezone.now()
    before = locked.revisions.order_by("-number").first().answers
    revision = write_reply(
        locked=locked,
        replies=_replies(kept, questions, outline(locked.question_set_id), before),
        with_words=any(kept.words.values()),
        by=by,
        now=now,
        language=language,
    )
    Reply.objects.bulk_create(_reply(each, kept, before, by, now) for each in questions)
    end(waiting, how=Ended.WRITTEN, by=by, now=now, came_back=revision)
    move(intake=locked, name="answer", by=by, now=now)
    tell(patient=locked.patient, kind=Kind.FORM_SENT, reference=locked.reference)
    return revision


def _replies(
    kept: Kept, asked: list[AskQuestion], questions: SetOutline, before: dict
) -> dict[str, object]:
    """The answers of the form that change. A long text is written on: screening reads it."""
    silent = {each.code for each in asked if key_of(each) in kept.cannot}
    found = {code: value for code, value in kept.counts.items() if code not in silent}
    for each in asked:
        words = kept.words.get(key_of(each))
        if each.code and words and questions.question(each.code).kind == "long_text":
            found[each.code] = "\n\n".join(filter(None, (before.get(each.code), words)))
    return found


def _reply(question: AskQuestion, kept: Kept, before: dict, by: User, now: datetime) -> Reply:
    key = key_of(question)
    cannot_say = key in kept.cannot
    return Reply(
        question=question,
        by=by,
        at=now,
        before=before.get(question.code),
        answer=None if cannot_say else kept.answers.get(question.code),
        words=kept.words.get(key, ""),
        cannot_say=cannot_say,
    )


def _waiting(asked: AskRound, by: User) -> AskRound:
    waiting = _locked(asked, by)[1]
    if not waiting.is_open:
        raise NoLongerAsked
    return waiting


def _locked(asked: AskRound, by: User) -> tuple[Intake, AskRound]:
    """The form is held first, as everywhere. Raises NotAllowed for anyone but its account."""
    locked = locked_for(intake=asked.intake, by=by)
    return locked, AskRound.objects.select_related("came_back").get(pk=asked.pk)
