"""Why what is cleared can be on hold, in the words of each side. PostgreSQL gives the code."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Hold:
    for_practitioners: str
    for_the_desk: str
    """Without a word about health."""
    for_the_patient: Promise


HOLDS = {
    "urgent": Hold(
        "An urgent answer waits for someone to speak to the patient.",
        "A practitioner has to speak to the patient first.",
        _("A practitioner wants to talk with you before your next visit. Call us if we have not."),
    ),
    "looked_at_again": Hold(
        "Somebody here has learned something new: it is to be decided again.",
        "A practitioner is deciding again.",
        _(
            "A practitioner is looking at your form again before your next visit. "
            "Call us if you are not sure why."
        ),
    ),
    "new_form": Hold(
        "The patient has told us something new, and nobody has decided on it yet.",
        "The patient told us something new.",
        _(
            "You have told us something new. A practitioner reads it before your visit, "
            "and we e-mail you."
        ),
    ),
    "new_rules": Hold(
        "Newer rules raise something in what the patient sent, and nobody has answered that yet.",
        "A practitioner has to read the form again.",
        _(
            "A practitioner is reading your form again before your next visit. "
            "You do not need to do anything, and we e-mail you."
        ),
    ),
    "rules_unread": Hold(
        "New rules are in force. This form is being read under them; that takes some minutes.",
        "The form is being checked once more. That takes some minutes.",
        _("We are checking your form once more. This takes a few minutes. Then look again."),
    ),
}
"""Code -> words. The order is the one in which they are looked for: see review_hold_reason."""


class OnHoldMixin:
    """For rows read with `hold`, a HoldReason."""

    hold: str

    @property
    def on_hold(self) -> bool:
        return bool(self.hold)

    @property
    def why_on_hold(self) -> Hold | None:
        return HOLDS.get(self.hold)
