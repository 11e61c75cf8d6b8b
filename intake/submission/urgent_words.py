"""The words around an urgent message: first what to do, then the way on."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WAY_ON = _("I have got help, or this is not happening now")


@dataclass(frozen=True)
class UrgentWords:
    heading: str | Promise
    """Empty: “call” and the clinic's emergency number."""
    way_on: Promise = WAY_ON


CALL_NOW = UrgentWords("")
URGENT_WORDS = {
    "M2": UrgentWords(_("See a doctor today")),
    "M3": UrgentWords(_("Call your midwife or birth unit now")),
    "M4": UrgentWords(_("You do not have to face this alone"), _("I am safe for now")),
    "M5": UrgentWords(_("Call your treatment team now")),
    "M7": UrgentWords(_("Have something sugary now")),
    "M8": UrgentWords(_("Thank you for telling us"), _("Carry on")),
}
"""By message; every other one asks to call at once."""
