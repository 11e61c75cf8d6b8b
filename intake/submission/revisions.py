"""What is stored when a form is sent: the revision, its flags, goals and signatures."""

import hashlib
import json
from datetime import date, datetime

from clinic.identity.services import clinic
from clinic.people.models import User
from clinic.people.therapies import Therapy
from intake.questionnaire.outline import SetOutline, outline
from intake.screening.engine import screen, unchecked
from intake.screening.services import published
from intake.screening.weight import weight
from intake.submission.comparing import moves_safety
from intake.submission.document import asked_codes, screening_document
from intake.submission.models import Flag, Goal, Intake, Revision, Signature
from intake.submission.screened import ranked_flags, with_texts_left_unread
from intake.submission.states import Reason


def write_revision(
    *,
    intake: Intake,
    by: User,
    now: datetime,
    today: date,
    questions: SetOutline,
    language: str,
    holds: bool = False,
) -> Revision:
    """Screens with the published rules and writes all rows, in the caller's transaction.

    questions: in the words the patient read; what is screened never depends on them.
    holds: something came with it that screening does not read, so a practitioner must.
    """
    original = outline(intake.question_set_id)
    answers = original.relevant(intake.answers, today)
    rule_set, rules = published()
    document = screening_document(
        reference=intake.reference,
        outline=original,
        answers=intake.answers,
        on=today,
        born=date.fromisoformat(answers["born"]),
    )
    asked = asked_codes(original, intake.answers, today)
    result = with_texts_left_unread(screen(document, rules, asked=asked), document, language)
    flags = ranked_flags(result, document["wants"])
    before = intake.revisions.order_by("-number").first()
    revision = Revision.objects.create(
        intake=intake,
        number=before.number + 1 if before else 1,
        question_set_id=intake.question_set_id,
        translation_id=questions.translation_id,
        rule_set=rule_set,
        answers=answers,
        screening=result | {"not_checked_codes": unchecked(document, rules, asked=asked)},
        digest=_digest(answers),
        form_token=intake.form_token,
        language=language,
        zone=clinic().time_zone,
        sent_by=by,
        sent_at=now,
        wants_acupuncture="acupuncture" in document["wants"],
        wants_massage="massage" in document["wants"],
        rank=max((rank for rank, _ in flags), default=0),
        change_reason=intake.change_reason,
        change_note=intake.change_note,
        moves_safety=before is None
        or holds
        or moves_safety(
            original,
            before,
            original.for_screening(intake.answers, today),
            [flag for _, flag in flags],
        ),
    )
    Flag.objects.bulk_create(
        Flag(
            revision=revision,
            code=flag["code"],
            rank=rank,
            acupuncture_weight=weight(flag, Therapy.ACUPUNCTURE),
            massage_weight=weight(flag, Therapy.MASSAGE),
            details=flag,
        )
        for rank, flag in flags
    )
    Goal.objects.bulk_create(_goals(revision, answers))
    if revision.change_reason != Reason.ASKED:  # what was signed before stands, under its own day
        Signature.objects.bulk_create(_signatures(revision, questions, answers))
    return revision


def _goals(revision: Revision, answers: dict) -> list[Goal]:
    ratings = {code: answers.get(f"rating_{code}") for code in answers.get("goals") or []}
    return [
        Goal(revision=revision, code=code, baseline=rating if isinstance(rating, int) else None)
        for code, rating in ratings.items()
    ]


def _signatures(revision: Revision, questions: SetOutline, answers: dict) -> list[Signature]:
    name = answers.get("signature", {}).get("name", "")
    return [
        Signature(
            revision=revision,
            code=question.code,
            agreed=answers[question.code] == "yes" or question.kind == "signature",
            typed_name=name,
            text_digest=_digest([question.label, question.extras]),
        )
        for question in questions.questions()
        if question.kind in ("consent", "signature") and question.code in answers
    ]


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
