"""What someone may no longer decide on, in a sentence for them."""

from collections.abc import Iterable
from datetime import date

from django.utils.dateformat import format as written

from clinic.people.models import Registration

NONE_HELD = "You hold no registration now"


def ended_on(held: Iterable[Registration], day: date) -> str:
    """held: of one person. Says which of these had ended on that day; "" when none had."""
    ended = sorted((r for r in held if r.valid_until < day), key=lambda each: each.therapy)
    said = [f"for {r.therapy} ended on {written(r.valid_until, 'j F Y')}" for r in ended]
    return f"Your registration {' and '.join(said)}" if said else ""


def not_stored(held: Iterable[Registration], day: date) -> str:
    """The same to someone who has sent something; "" when none had ended."""
    why = ended_on(held, day)
    return f"{why}, so nothing was stored." if why else ""
