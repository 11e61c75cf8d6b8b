"""How a term is meant where it stands: affirmed, denied, about someone else, long ago."""

from intake.screening.text.around import BRIDGE, SELF, Around, is_listed
from intake.screening.text.persons import FAMILY, JOINING, OTHER_PERSON
from intake.screening.text.words import COMMA, DASH, NOTHING, QUESTION, SENTENCE

AFFIRMED = "affirmed"
NEGATED = "negated"
HISTORICAL = "historical"
UNCERTAIN = "uncertain"
HYPOTHETICAL = "hypothetical"
WARNING = "warning"
STOPPED = "stopped"
ALLERGY = "allergy"
READINGS = (
    AFFIRMED,
    NEGATED,
    FAMILY,
    OTHER_PERSON,
    HISTORICAL,
    UNCERTAIN,
    HYPOTHETICAL,
    WARNING,
)
CLOSING = ("or", "nor")
NOT_BEYOND = frozenset({SELF, ("recent", "")})
"""What is feared does not reach beyond these words."""


def is_negated(near: Around, *, only_directly: bool) -> bool:
    """Denied. What is called "my" is there, as in "not happy with my stoma"."""
    answer = _answer(near) or _said_after(near)
    if answer:
        return answer == NEGATED
    if near.is_own:
        return False
    is_list = False
    for step, (place, after, span) in enumerate(near.before):
        gap = near.words.gap[after]
        if gap == DASH or (only_directly and step):
            return False
        is_list = is_list or gap == COMMA
        if span is None:
            if near.words.exact[place] not in CLOSING:
                return False
        elif (NEGATED, "before") in span.roles:
            return not is_list or is_listed(near, CLOSING)
        elif not (span.is_hit or BRIDGE in span.roles or (HISTORICAL, "before") in span.roles):
            return False
    return False


def is_hypothetical(near: Around) -> bool:
    """Feared, read about or guarded against; "my" shows that it is there."""
    if near.is_own:
        return False
    for place, after, span in near.before:
        if near.words.gap[after] in (DASH, COMMA):
            break
        if span is not None:
            if (HYPOTHETICAL, "before") in span.roles:
                return near.hit.first - after <= span.reach
            if span.roles & NOT_BEYOND:
                break
        if place in near.words.own:
            break
    return near.follows(HYPOTHETICAL)


def is_uncertain(near: Around) -> bool:
    words, hit = near.words, near.hit
    if hit.first in words.queried or words.gap_after(hit.after) == QUESTION:
        return True
    return _leads(near, UNCERTAIN) or near.follows(UNCERTAIN)


def is_historical(near: Around) -> bool:
    return _leads(near, HISTORICAL) or near.follows(HISTORICAL)


def is_allergy(near: Around) -> bool:
    """What one is allergic to is not taken."""
    return _leads(near, ALLERGY) or near.follows(ALLERGY)


def is_stopped(near: Around) -> bool:
    """A treatment that was ended; the words between belong to the list of what was ended."""
    for place, after, span in near.before:
        if near.words.gap[after] == DASH:
            break
        if span is None:
            if near.words.exact[place] not in JOINING:
                break
        elif (STOPPED, "before") in span.roles:
            return True
        elif not (span.is_hit or BRIDGE in span.roles):
            break
    return near.follows(STOPPED)


def _answer(near: Around) -> str | None:
    """A yes or no that stands directly after the term with nothing following."""
    words, after = near.words, near.hit.after
    span = near.next(after)
    if span is None or words.gap[after] == SENTENCE:
        return None
    if words.gap_after(span.after) == NOTHING:
        is_yes = (AFFIRMED, "answer") in span.roles and words.gap[after] != NOTHING
        return AFFIRMED if is_yes else None
    return next((kind for kind in (NEGATED, AFFIRMED) if (kind, "answer") in span.roles), None)


def _said_after(near: Around) -> str | None:
    for _, _, span in near.following:
        if span is None:
            return None
        for kind in (NEGATED, AFFIRMED):
            if (kind, "after") in span.roles:
                return kind
        if BRIDGE not in span.roles:
            return None
    return None


def _leads(near: Around, kind: str) -> bool:
    for step, (_, after, span) in enumerate(near.before):
        if near.words.gap[after] == DASH and step:
            return False
        if span is None:
            continue
        if (kind, "before") in span.roles:
            return near.hit.first - after <= span.reach
        if SELF in span.roles or (kind == UNCERTAIN and (NEGATED, "before") in span.roles):
            return False
    return False
