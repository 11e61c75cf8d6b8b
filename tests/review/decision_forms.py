"""A decision as the page sends it, and the moment at which it can no longer be taken back."""

from datetime import timedelta

from django.utils import timezone

from clinic.people.models import User
from intake.review.flags import flags_of
from intake.review.forms import DecisionForm
from intake.review.taking_back import TAKE_BACK, send_out


def gone_out() -> int:
    """Everything decided by now; returns how many forms were closed."""
    return send_out(now=timezone.now() + TAKE_BACK + timedelta(seconds=1))


def every_tick(sent) -> list[str]:
    """The ticks of all Check flags, as the page of someone who holds both therapies sends them."""
    return [each.key for each in DecisionForm(therapies=sent.wanted, flags=flags_of(sent)).ticks]


def decision_for(sent, **changes) -> dict:
    """From a page that was drawn for Mei, unless another `drawn_for` is given."""
    return {
        "revision": sent.pk,
        "flags_seen": every_tick(sent),
        "drawn_for": User.objects.get(email="mei@example.org").pk,
        "acupuncture": "suitable",
        "massage": "suitable_with_changes",
        "massage_precautions": "light pressure",
        "weeks": "6",
        "sessions": "6",
        "together": "on",
        "for_patient": "You can book both together.",
    } | changes
