"""Answers to what a practitioner asked: the next revision, with nothing else touched."""

import uuid
from copy import copy
from datetime import datetime

from django.utils import timezone

from clinic.people.models import User
from intake.questionnaire.outline import SetOutline, outline
from intake.questionnaire.shape import Answers
from intake.submission.models import Intake, Revision
from intake.submission.revisions import write_revision
from intake.submission.services import know_the_patient
from intake.submission.states import Reason
from intake.submission.words_shown import sent


def as_sent(revision: Revision, questions: SetOutline) -> Answers:
    """What was sent, with what each answer was about, so that it can be answered on."""
    day = timezone.localdate(revision.sent_at)
    return questions.with_subjects(dict(revision.answers), list(revision.answers), day)


def with_replies(sent_before: Answers, replies: Answers, questions: SetOutline, day) -> Answers:
    """The answers as they are after these replies."""
    return questions.with_subjects(sent_before | replies, list(replies), day)


def write_reply(
    *, locked: Intake, replies: Answers, with_words: bool, by: User, now: datetime, language: str
) -> Revision:
    """The next revision, in the caller's transaction. Consents and signatures stay in its answers
    as they were given, and no row says that they were given anew.

    with_words: words came with it that screening does not read. A change that was begun beside it
    goes on from here.
    """
    last = locked.revisions.order_by("-number").first()
    questions, today = outline(locked.question_set_id), timezone.localdate(now)
    sending = copy(locked)
    sending.answers = with_replies(as_sent(last, questions), replies, questions, today)
    sending.change_reason, sending.change_note = Reason.ASKED, ""
    sending.form_token = uuid.uuid4()
    revision = write_revision(
        intake=sending,
        by=by,
        now=now,
        today=today,
        questions=sent(last),
        language=language,
        holds=with_words,
    )
    know_the_patient(locked.patient, revision.answers)
    locked.answers = questions.with_subjects(locked.answers | replies, list(replies), today)
    if locked.is_changing:
        locked.builds_on = revision
    locked.save(update_fields=["answers", "builds_on"])
    return revision
