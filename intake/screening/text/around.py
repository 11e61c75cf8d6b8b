"""What stands before and after a term, up to where the thought ends."""

from typing import NamedTuple

from intake.screening.text.scanning import Scan, Span
from intake.screening.text.words import Words

FARTHEST = 20
AFTERWARDS = 4
"""Words and phrases looked at after a term."""
BREAK = ("break", "")
BRIDGE = ("bridge", "")
SELF = ("self", "")
NO_ROLES: frozenset[tuple[str, str]] = frozenset()

Step = tuple[int, int, Span | None]
"""A word or a whole phrase: its first word, the word after it, and the phrase if it is one."""


class Around(NamedTuple):
    scan: Scan
    hit: Span
    before: list[Step]
    """Nearest first."""
    following: list[Step]
    """Up to the next term."""

    @property
    def words(self) -> Words:
        return self.scan.words

    @property
    def is_own(self) -> bool:
        """ "My" stands directly before."""
        return self.hit.first in self.words.own

    def follows(self, kind: str) -> bool:
        role = (kind, "after")
        return any(span is not None and role in span.roles for _, _, span in self.following)

    def next(self, place: int) -> Span | None:
        return self.scan.at[place] if place < len(self.scan.at) else None


def around(scan: Scan, hit: Span) -> Around:
    return Around(scan, hit, _before(scan, hit), _following(scan, hit))


def _before(scan: Scan, hit: Span) -> list[Step]:
    words, at, after = scan.words, scan.at, hit.first
    number = words.sentence[after]
    steps: list[Step] = []
    while after and words.sentence[after - 1] == number and len(steps) < FARTHEST:
        span = at[after - 1]
        if span and BREAK in span.roles:
            break
        place = span.first if span else after - 1
        steps.append((place, after, span))
        after = place
    return steps


def _following(scan: Scan, hit: Span) -> list[Step]:
    words, at, place = scan.words, scan.at, hit.after
    number = words.sentence[hit.first]
    steps: list[Step] = []
    while place < len(at) and words.sentence[place] == number and len(steps) < AFTERWARDS:
        span = at[place]
        if span and (span.is_hit or BREAK in span.roles):
            break
        after = span.after if span else place + 1
        steps.append((place, after, span))
        place = after
    return steps


def is_listed(near: Around, closing: tuple[str, ...]) -> bool:
    """Whether the term is one of a list that ends with "or", as in "no asthma, fits or gout"."""
    words, hit = near.words, near.hit
    if hit.first and words.exact[hit.first - 1] in closing:
        return True
    place = hit.after
    while place < len(words) and words.sentence[place] == words.sentence[hit.first]:
        if words.exact[place] in closing:
            return True
        span = near.next(place)
        if span is None or not (span.is_hit or BRIDGE in span.roles):
            return False
        if place - hit.after > FARTHEST:
            return False
        place = span.after
    return False
