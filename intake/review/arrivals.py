"""What has come in since a page of the review room was drawn. It says so and moves nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from clinic.people import policy
from clinic.people.models import User
from intake.review import urgent
from intake.review.queue import TABS, forms_in

COUNTED = 99
"""More are said to be more."""


@dataclass(frozen=True)
class Arrived:
    since: datetime
    urgent: int
    """Forms, drafts too, with a newer urgent answer that nobody has noted as over."""
    forms: int
    """Forms that need this person and did not before; one above COUNTED at most."""

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
    forms = forms_in(TABS["needs"], user, timezone.now()).filter(state_since__gt=since)
    return Arrived(
        since=since, urgent=answers.count(), forms=len(forms.values("pk")[: COUNTED + 1])
    )


def _several(number: int, what: str) -> str:
    if not number:
        return ""
    many = f"more than {COUNTED}" if number > COUNTED else str(number)
    return f"{many} {what}{'' if number == 1 else 's'}"
