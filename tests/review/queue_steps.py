"""What the tests of the queue share."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from intake.submission.models import Intake, Revision


def names(browser: Client, query: str = "") -> list[str]:
    """Whom a page of the queue lists, in its order."""
    return [
        str(row.intake.patient) for row in browser.get(f"/reviews/{query}").context["page"].rows
    ]


def due(revision: Revision, **ago: int) -> None:
    at = timezone.now() - timedelta(**ago)
    Intake.objects.filter(pk=revision.intake_id).update(due_at=at)
