"""What someone may no longer decide on, in a sentence for them."""

from collections.abc import Iterable
from datetime import date

from django.utils.dateformat import format as written

from clinic.people.models import Registration

WITHDRAWN = "You hold no registration any more, so nothing was stored."


def ended_words(held: Iterable[Registration], day: date) -> str:
    """held: of one person. Says which of these had ended on that day; "" when none had."""
    ended = sorted((r for r in held if r.valid_until < day), key=lambda each: each.therapy)
    said = [f"for {r.therapy} ended on {written(r.valid_until, 'j F Y')}" for r in ended]
    return f"Your registration {' and '.join(said)}, so nothing was stored." if said else ""
