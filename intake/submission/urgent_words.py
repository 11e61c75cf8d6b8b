"""The words around an urgent message: first what to do, then the way on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class UrgentWords:
    heading: str
    """Empty: “call” and the clinic's emergency number."""
    way_on: str = "I have got help, or this is not happening now"


CALL_NOW = UrgentWords("")
URGENT_WORDS = {
    "M2": UrgentWords("See a doctor today"),
    "M3": UrgentWords("Call your midwife or birth unit now"),
    "M4": UrgentWords("You do not have to face this alone", "I am safe for now"),
    "M5": UrgentWords("Call your treatment team now"),
    "M7": UrgentWords("Have something sugary now"),
    "M8": UrgentWords("Thank you for telling us", "Carry on"),
}
"""By message; every other one asks to call at once."""
