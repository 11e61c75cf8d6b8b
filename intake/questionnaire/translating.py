"""Loading the translations that come as files, and marking what a person has checked."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clinic.audit.services import record
from clinic.people import policy
from clinic.people.models import User
from intake.questionnaire import source, translation_files
from intake.questionnaire.addresses import texts, vital
from intake.questionnaire.emergency import check_texts
from intake.questionnaire.models import QuestionSet, TranslatedText, Translation
from intake.questionnaire.outline import outline
from intake.questionnaire.services import NotUsable

CHECKED = TranslatedText.State.CHECKED


@transaction.atomic
def load_translation(
    *, question_set: QuestionSet, language: str, by: User | None = None, now: datetime | None = None
) -> Translation:
    """The translation made from the files of a language: a new number if they have changed.

    What was checked before stays checked where the original and the translation are both word for
    word the same; everything else has to be checked anew. Raises NotUsable.
    """
    QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    rows = _rows(question_set, language)
    digest = source.digest({row.address: [row.original, row.text, row.is_vital] for row in rows})
    newest = Translation.objects.newest(question_set.pk, language)
    if newest and newest.digest == digest:
        return newest
    _keep_what_was_checked(rows, language)
    made = Translation.objects.create(
        question_set=question_set,
        language=language,
        number=_highest(question_set, language) + 1,
        digest=digest,
    )
    for row in rows:
        row.translation = made
    TranslatedText.objects.bulk_create(rows)
    made.published_at, made.published_by = now or timezone.now(), by
    made.save(update_fields=["published_at", "published_by"])
    record(action="translation_published", by=by, reference=_reference(made), detail=digest)
    return made


def _rows(question_set: QuestionSet, language: str) -> list[TranslatedText]:
    whole = outline(question_set.pk)
    originals = texts(whole) | check_texts()
    must = vital(whole) | check_texts().keys()
    lines = translation_files.read(language)
    if problems := sorted(translation_files.problems(lines, originals)):
        raise NotUsable(f"The texts in “{language}” cannot be used: {'; '.join(problems)}.")
    words = dict(lines)
    return [
        TranslatedText(
            address=address, original=original, text=words[address], is_vital=address in must
        )
        for address, original in originals.items()
    ]


def _keep_what_was_checked(rows: list[TranslatedText], language: str) -> None:
    before = Translation.objects.published().filter(language=language).order_by("-pk").first()
    if before is None:
        return
    kept = {
        (each.address, each.original, each.text): each
        for each in before.texts.filter(state=CHECKED)
    }
    for row in rows:
        if each := kept.get((row.address, row.original, row.text)):
            row.state, row.checked_at = CHECKED, each.checked_at
            row.checked_by_id = each.checked_by_id


def _highest(question_set: QuestionSet, language: str) -> int:
    there = Translation.objects.filter(question_set=question_set, language=language)
    return there.aggregate(highest=Max("number"))["highest"] or 0


@transaction.atomic
def mark_checked(
    *,
    translation: Translation,
    addresses: Collection[str],
    by: User,
    now: datetime | None = None,
) -> int:
    """Someone who reads both languages has read these; returns how many were not checked yet.

    Raises NotAllowed.
    """
    policy.require(by, "manager")
    unchecked = translation.texts.exclude(state=CHECKED).filter(address__in=addresses)
    marked = unchecked.update(state=CHECKED, checked_by=by, checked_at=now or timezone.now())
    if marked:
        record(
            action="translation_checked",
            by=by,
            reference=_reference(translation),
            detail=f"{marked} text{'' if marked == 1 else 's'}",
        )
    return marked


def _reference(translation: Translation) -> str:
    number = f"{translation.language} {translation.number}"
    return f"set {translation.question_set.number}, {number}"
