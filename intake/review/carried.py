"""What was done about the same finding before, so that nobody starts from nothing."""

from dataclasses import replace

from intake.review.flags import Before, FlagShown
from intake.review.models import FlagAnswer
from intake.review.policy import REASONS
from intake.submission.models import Revision


def with_what_was_said(revision: Revision, flags: list[FlagShown]) -> list[FlagShown]:
    said = carried(revision, flags)
    return [replace(shown, before=said.get(shown.flag.code)) for shown in flags]


def carried(revision: Revision, flags: list[FlagShown]) -> dict[str, Before]:
    """Code of a finding of this revision -> what was last said about it, on earlier revisions and
    forms of the same patient. One query."""
    shown = {each.flag.code: each.flag for each in flags}
    answers = (
        FlagAnswer.objects.filter(
            flag__code__in=shown,
            flag__revision__intake__patient=revision.intake.patient_id,
            flag__revision__sent_at__lt=revision.sent_at,
            decision__taken_back__isnull=True,
        )
        .select_related("decision__by", "flag")
        .order_by("pk")
    )
    return {
        answer.flag.code: Before(
            by=str(answer.decision.by),
            at=answer.decision.at,
            reason=REASONS.get(answer.reason, answer.reason),
            text=answer.text,
            is_the_same=answer.flag.details == shown[answer.flag.code].details,
        )
        for answer in answers
    }
