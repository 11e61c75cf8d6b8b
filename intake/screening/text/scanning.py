"""Finds phrases of the lexicon in a text, the longest first, each word used once."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from intake.screening.dates import months_before
from intake.screening.text.lexicon import Entry, Known, Lexicon, Pattern, spots
from intake.screening.text.when import Time, bound, times_of
from intake.screening.text.words import Words, words_of

NEAR = 8
"""How far other words may stand that decide whether a term is meant at all."""
CLOSE = 4
LONG_AGO = 24
"""Months that "years ago" and "as a child" are at least."""
OF_TIMES = {"long_ago": LONG_AGO, "recent": 0}
TIMES = frozenset((kind, "") for kind in OF_TIMES)


class Span(NamedTuple):
    first: int
    after: int
    entries: tuple[Entry, ...]
    roles: frozenset[tuple[str, str]]
    """Kind and side of each cue the phrase is; none for a term."""
    reach: int

    @property
    def is_hit(self) -> bool:
        return not self.roles


@dataclass
class Scan:
    """A text with everything found in it."""

    words: Words
    spans: list[Span]
    at: list[Span | None]
    """For each word, the span it is in."""
    hits: list[Span]
    days: dict[int, date]
    """By first word of a hit: the latest day its time allows."""


def scan(text: str, lexicon: Lexicon, on: date) -> Scan:
    words = words_of(text, lexicon.forms)
    longer, single = lexicon.longer, lexicon.single
    spans: list[Span] = []
    at: list[Span | None] = [None] * len(words)
    place = 0
    looked_at = zip(words.exact, words.stem, [*words.stem[1:], ""], strict=False)
    for here, (exact, stem, second) in enumerate(looked_at):
        if here < place:
            continue
        if not (exact in single or stem in single or second in longer.get(stem, ())):
            continue
        span = _span(words, lexicon, here)
        if span is not None:
            spans.append(span)
            place = span.after
            at[here:place] = [span] * (place - here)
    hits = [span for span in spans if span.is_hit]
    ends = [(hit.first, hit.after) for hit in hits]
    times = [*times_of(words, on), *_times(spans, on)]
    days = {hits[n].first: day for n, day in bound(words, times, ends).items()} if times else {}
    if days:
        _share(words, hits, days)
    return Scan(words, spans, at, hits, days)


def _share(words: Words, hits: list[Span], days: dict[int, date]) -> None:
    """One name may say when for the other, as in "epilepsy, last fit in 2019"."""
    for one, other in pairwise(hits):
        first, second = one.entries[0], other.entries[0]
        is_same = first.name == second.name and first.key != second.key
        is_close = other.first - one.after <= CLOSE and (
            words.sentence[one.first] == words.sentence[other.first]
        )
        if is_same and is_close and other.first in days:
            days.setdefault(one.first, days[other.first])


def _span(words: Words, lexicon: Lexicon, place: int) -> Span | None:
    stem = words.stem[place]
    seconds = lexicon.longer.get(stem)
    second = words.stem[place + 1] if seconds and place + 1 < len(words) else ""
    for phrase, known in seconds.get(second, ()) if seconds else ():
        after = place + len(phrase)
        if tuple(words.stem[place:after]) == phrase and not any(words.gap[place + 1 : after]):
            span = _meant(words, place, after, known)
            if span:
                return span
    exact = words.exact[place]
    known = lexicon.single.get(exact)
    span = _meant(words, place, place + 1, known) if known else None
    if span is None and exact != stem:
        known = lexicon.single.get(stem)
        span = _meant(words, place, place + 1, known) if known else None
    return span


def _meant(words: Words, first: int, after: int, known: Known) -> Span | None:
    """A phrase that is both a term and a cue is the term."""
    if not known.entries:
        return Span(first, after, (), known.roles, known.reach)
    meant = {e.name: e for e in known.entries if _is_meant(words, first, after, e)}
    entries = tuple(meant.values())
    if entries:
        return Span(first, after, entries, frozenset(), 0)
    return Span(first, after, (), known.roles, known.reach) if known.roles else None


def _is_meant(words: Words, first: int, after: int, entry: Entry) -> bool:
    if entry.topic is None:
        return not entry.only_capitals or _as_written(words, first, after, entry)
    if entry.codes is not None:
        return True
    if entry.unless and _near(words, first, after, entry.unless):
        return False
    is_exact = not (entry.in_capitals or entry.only_capitals) or _as_written(
        words, first, after, entry
    )
    if entry.only_capitals and not is_exact and not words.is_shouted:
        return False
    if is_exact and entry.needs is None:
        return True
    helped = entry.needs is not None and _near(words, first, after, entry.needs)
    return helped or _named_again(words, first, after, entry.topic.names)


def _as_written(words: Words, first: int, after: int, entry: Entry) -> bool:
    if words.is_shouted:
        return not entry.only_capitals
    raw = words.text[words.start[first] : words.end[after - 1]].replace(".", "")
    raw = raw.replace("\u2019", "'")
    return raw in (entry.written, f"{entry.written}s", f"{entry.written}'s")


def _near(words: Words, first: int, after: int, pattern: Pattern) -> bool:
    low, high = window(words, first, after, NEAR)
    return bool(spots(words, low, high, pattern))


def _named_again(words: Words, first: int, after: int, names: Pattern) -> bool:
    low, high = window(words, first, after, NEAR)
    return any(end <= first or start >= after for start, end in spots(words, low, high, names))


def window(words: Words, first: int, after: int, reach: int) -> tuple[int, int]:
    """The words of the same sentence that are at most so far away."""
    low, high = max(0, first - reach), min(len(words), after + reach)
    while words.sentence[low] != words.sentence[first]:
        low += 1
    while words.sentence[high - 1] != words.sentence[first]:
        high -= 1
    return low, high


def _times(spans: list[Span], on: date) -> list[Time]:
    return [
        Time(span.first, span.after, months_before(on, months))
        for span in spans
        if not span.roles.isdisjoint(TIMES)
        for kind, months in OF_TIMES.items()
        if (kind, "") in span.roles
    ]
