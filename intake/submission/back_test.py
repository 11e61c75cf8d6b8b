"""What other rules would have said about the forms of the past. Counts only, no person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from clinic.audit.services import record
from clinic.people import policy
from clinic.people.models import User
from intake.questionnaire.outline import SetOutline, outline
from intake.screening.editing.result_comparison import ResultChange, compare
from intake.screening.engine import screen
from intake.screening.models import RuleSet
from intake.screening.rule_set import RuleSetData
from intake.screening.services import published
from intake.submission.document import asked_codes, screening_document
from intake.submission.models import Revision

MOST = 5_000
AT_ONCE = 200
CHANGES = ("lost", "lowered", "raised", "added")


@dataclass
class BackTest:
    """How many forms would have been screened otherwise, and by which flags."""

    before: str
    now: str
    stored: int
    screened: int = 0
    not_read: int = 0
    """Forms without a date of birth or otherwise not to be screened again."""
    with_flags: Counter[str] = field(default_factory=Counter)
    """"added", "lost", "raised", "lowered": forms in which that happened to any flag."""
    level_raised: int = 0
    level_lowered: int = 0
    other_suggestion: int = 0
    same: int = 0
    by_code: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def left_out(self) -> int:
        return self.stored - self.screened - self.not_read

    def note(self, change: ResultChange) -> None:
        self.screened += 1
        self.level_raised += change.is_raised
        self.level_lowered += change.is_lowered
        self.other_suggestion += change.has_other_suggestion
        different = False
        for kind in CHANGES:
            codes = change.codes(kind)
            self.with_flags[kind] += bool(codes)
            different = different or bool(codes)
            for code in codes:
                self.by_code.setdefault(code, Counter())[kind] += 1
        self.same += not (different or change.has_other_suggestion)


def back_test(*, rule_set: RuleSet, by: User, most: int = MOST) -> BackTest:
    """Screens the newest forms with the version in force and with `rule_set`.

    Raises NotAllowed, NoRulesPublished.
    """
    policy.require(by, "manager")
    in_force, now = published()
    draft = rule_set.data()
    found = BackTest(before=in_force.name, now=rule_set.name, stored=Revision.objects.count())
    with transaction.atomic():
        for revision in _newest(most):
            change = _compared(revision, now, draft)
            if change is None:
                found.not_read += 1
            else:
                found.note(change)
        record(
            action="rules_back_tested",
            by=by,
            reference=rule_set.name,
            detail=f"{found.screened} forms, compared with {in_force.name}",
        )
    return found


def _newest(most: int) -> Iterator[Revision]:
    rows = Revision.objects.order_by("-pk").only("answers", "question_set_id", "sent_at")
    return rows[:most].iterator(chunk_size=AT_ONCE)


def _compared(revision: Revision, now: RuleSetData, draft: RuleSetData) -> ResultChange | None:
    questions, on = outline(revision.question_set_id), timezone.localdate(revision.sent_at)
    document = _document(revision, questions, on)
    if document is None:
        return None
    asked = asked_codes(questions, revision.answers, on)
    return compare(screen(document, now, asked=asked), screen(document, draft, asked=asked))


def _document(revision: Revision, questions: SetOutline, on: date) -> dict | None:
    """The document as it was made on the day of sending, without the reference."""
    try:
        return screening_document(
            reference="past form",
            outline=questions,
            answers=revision.answers,
            on=on,
            born=date.fromisoformat(revision.answers["born"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
