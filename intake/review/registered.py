"""Who decides is registered in each therapy they decide on, on that day."""

from datetime import date

from clinic.errors import NotAllowed
from clinic.people.models import Registration, User
from clinic.people.registrations import not_stored


class NotRegistered(NotAllowed):
    sentence = "You can decide only for the therapies you are registered in."
    therapies: tuple[str, ...] = ()
    """Those that are missing, as far as they are known."""


def registrations_of(by: User, therapies: set[str], day: date) -> dict[str, Registration]:
    """Therapy -> what this person holds on that day. Raises NotRegistered."""
    known = Registration.objects.filter(practitioner__user=by, therapy__in=therapies)
    held = {each.therapy: each for each in known if each.valid_until >= day}
    missing = therapies - held.keys()
    if not therapies or missing:
        refusal = NotRegistered(not_stored(known, day))
        refusal.therapies = tuple(sorted(missing))
        raise refusal
    return held
