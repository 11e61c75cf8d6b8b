"""What has come in since a page of the review room was drawn. It says so and moves nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from clinic.people import policy
from clinic.people.models import User
from intake.review import urgent
from intake.review.queue import TABS, forms_in
from intake.submission.models import Revision
from intake.submission.states import State

COUNTED = 99
"""More are said to be more."""
LONGEST = timedelta(days=1)
"""No page is looked at for longer: its session has ended."""


def moment_in(text: str) -> datetime | None:
    """When a page was drawn, as it says; None for what is no such time."""
    try:
        moment = datetime.fromisoformat(text)
        is_near = moment.tzinfo is not None and abs(timezone.now() - moment) < LONGEST
    except (ValueError, OverflowError):
        return None
    return moment if is_near else None


@dataclass(frozen=True)
class Arrived:
    since: datetime
    urgent: int
    """Forms, drafts too, with a newer urgent answer that nobody has noted as over."""
    forms: int
    """Forms that need this person, sent since, or where a colleague was asked since; one above
    COUNTED at most."""

    @property
    def words(self) -> str:
        """Empty where nothing has come in."""
        found = [
            _several(self.urgent, "urgent answer"),
            _several(self.forms, "form"),
        ]
        said = " and ".join(each for each in found if each)
        return f"New since {timezone.localtime(self.since):%H:%M}: {said}." if said else ""


def arrived(*, user: User, since: datetime) -> Arrived:
    policy.require(user, "practitioner")
    answers = urgent.unresolved().filter(at__gt=since).values("intake").distinct()
    sent = Exists(Revision.objects.filter(intake=OuterRef("pk"), sent_at__gt=since))
    forms = forms_in(TABS["needs"], user, timezone.now()).filter(
        sent | Q(state=State.SECOND_OPINION), state_since__gt=since
    )
    return Arrived(
        since=since, urgent=answers.count(), forms=len(forms.values("pk")[: COUNTED + 1])
    )


def _several(number: int, what: str) -> str:
    if not number:
        return ""
    many = f"more than {COUNTED}" if number > COUNTED else str(number)
    return f"{many} {what}{'' if number == 1 else 's'}"
