"""A decision as the page sends it, and the moment at which it can no longer be taken back."""

from datetime import timedelta

from django.utils import timezone

from intake.review.taking_back import TAKE_BACK, send_out


def gone_out() -> int:
    """Everything decided by now; returns how many forms were closed."""
    return send_out(now=timezone.now() + TAKE_BACK + timedelta(seconds=1))


def decision_for(sent, **changes) -> dict:
    return {
        "revision": sent.pk,
        "acupuncture": "suitable",
        "massage": "suitable_with_changes",
        "massage_precautions": "light pressure",
        "weeks": "6",
        "sessions": "6",
        "together": "on",
        "for_patient": "You can book both together.",
    } | changes
