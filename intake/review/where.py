"""Where a form stands, in the words of staff."""

from intake.review.holders import passed_on_of
from intake.submission.models import Intake, Revision
from intake.submission.states import Reason, State


def where(intake: Intake, revision: Revision) -> str:
    """Of a form that was read with its holders; what waits to be read also says why."""
    if intake.state != State.SUBMITTED:
        return intake.get_state_display()
    passed = passed_on_of(intake)
    if passed and not passed.to and passed.at >= intake.state_since:
        return "put back, waits for someone to read it"
    if revision.sent_at < intake.state_since:
        return "waits to be read again"
    if revision.change_reason == Reason.ASKED:
        return "answered, not yet opened"
    if revision.number > 1:
        return "changed, not yet opened"
    return intake.get_state_display()
