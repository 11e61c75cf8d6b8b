"""Whose illness it is: the patient's, one in the family, or someone else's."""

from intake.screening.text.around import FARTHEST, SELF, Around, is_listed
from intake.screening.text.scanning import Span
from intake.screening.text.words import COMMA, DASH, NOTHING

FAMILY = "family"
OTHER_PERSON = "other_person"
PERSONS = (FAMILY, OTHER_PERSON)
JOINING = ("and", "or", "nor", "plus")
BACK_TO_SELF = frozenset({SELF, ("own", "")})
"""After these words a sentence that began with someone else is about the patient."""


def about(near: Around) -> str | None:
    """ "family" or "other_person" when the sentence is about someone else here, and not about
    the patient as well, as in "and so did I"."""
    if near.is_own or near.follows("self"):
        return None
    return _named_before(near) or _named_after(near)


def _named_before(near: Around) -> str | None:
    words = near.words
    is_list = False
    for place, after, span in near.before:
        person = _person(span)
        gap = words.gap[after]
        if gap == DASH and not person:
            return None
        if gap == COMMA and not _goes_on(near, after):
            is_list = True
        if span and person:
            fits = not is_list or _heads(near, span) or is_listed(near, JOINING)
            return person if fits and near.hit.first - after <= span.reach else None
        if place in words.own or (span and span.roles & BACK_TO_SELF):
            return None
    return None


def _heads(near: Around, span: Span) -> bool:
    """A heading with a colon, such as "Family history:", holds for all that is listed."""
    return span.reach == FARTHEST and near.words.gap_after(span.after) == DASH


def _person(span: Span | None) -> str | None:
    if span is None:
        return None
    return next((kind for kind in PERSONS if (kind, "before") in span.roles), None)


def _goes_on(near: Around, place: int) -> bool:
    span = near.next(place)
    return span is not None and ("goes_on", "") in span.roles


def _named_after(near: Around) -> str | None:
    """ "Runs in the family" after the term, or a relative in brackets or after a dash."""
    for kind in PERSONS:
        if near.follows(kind):
            return kind
    words, place = near.words, near.hit.after
    if place < len(words) and words.exact[place] == "in":
        place += 1
    elif words.gap_after(place) != DASH:
        return None
    span = near.next(place)
    is_last = span is not None and words.gap_after(span.after) != NOTHING
    return _person(span) if is_last else None
