"""What other words near a term make of it."""

from intake.screening.text.lexicon import Case, Entry, Topic, spots
from intake.screening.text.scanning import Scan, Span, window
from intake.screening.text.when import NUMBERS
from intake.screening.text.words import NOTHING

CLOSE = 6
"""How far words may stand that say more about a term."""
WEEKS_PER = {"week": 1, "wk": 1, "wks": 1, "month": 4.35}
LONGEST_PREGNANCY = 45
DENYING = frozenset({("negated", "before"), ("affirmed", "before")})
"""Cues that turn the words after them around, as in "not controlled"."""
DENYING_INSIDE = ("without", "not", "no")
GIVING = ("instead", "weeks", "also")


def holding(found: Scan, hit: Span, entry: Entry, topic: Topic) -> list[Case]:
    """The cases of the term whose words stand near; "note" for those that make it one."""
    if not topic.cases:
        return []
    words = found.words
    low, high = _close(found, hit)
    found_cases = []
    for case in topic.cases:
        if not case.concerns(entry.key):
            continue
        if case.effect == "weeks":
            is_so = _weeks_fit(found, low, high, case.pattern)
        else:
            there = spots(words, low, high, case.pattern)
            if case.effect in ("instead", "note_with"):
                there = [spot for spot in there if not _is_denied(found, hit, low, spot[0])]
            is_so = bool(there) is (case.effect != "note_without")
        if is_so:
            effect = "note" if case.effect.startswith("note") else case.effect
            found_cases.append(Case(effect, case.only, case.pattern, case.codes))
    return found_cases


def codes_of(topic: Topic, cases: list[Case], unsure: bool) -> tuple[str, ...]:
    if not cases:
        return topic.when_unsure if unsure and topic.when_unsure else topic.codes
    of = {name: [c for case in cases if case.effect == name for c in case.codes] for name in GIVING}
    instead = of["instead"] + of["weeks"] or (topic.when_unsure if unsure else ())
    return tuple(sorted({*(instead or topic.codes), *of["also"]}))


def _close(found: Scan, hit: Span) -> tuple[int, int]:
    """The words that say more about a term: none beyond another term, and before it none beyond
    a comma."""
    words = found.words
    low, high = window(words, hit.first, hit.after, CLOSE)
    for place in range(hit.first - 1, low - 1, -1):
        span = found.at[place]
        if words.gap[place + 1] != NOTHING or (span is not None and span.is_hit):
            low = place + 1
            break
    for place in range(hit.after, high):
        span = found.at[place]
        if span is not None and span.is_hit:
            high = place
            break
    return low, high


def _is_denied(found: Scan, hit: Span, low: int, place: int) -> bool:
    """One of the two words before turns it around, also inside the term ("without trying")."""
    if hit.first < place < hit.after and found.words.exact[place - 1] in DENYING_INSIDE:
        return True
    start = hit.after if place >= hit.after else low
    spans = [found.at[before] for before in range(max(start, place - 2), place)]
    return any(span is not None and not span.roles.isdisjoint(DENYING) for span in spans)


def _weeks_fit(found: Scan, low: int, high: int, ranges: dict) -> bool:
    words = found.words
    for place in range(low, high - 1):
        per = WEEKS_PER.get(words.stem[place + 1])
        said = words.exact[place]
        if per is None or words.exact[place + 2 : place + 3] == ["ago"]:
            continue
        number = int(said) if said.isascii() and said.isdigit() else NUMBERS.get(said)
        if number is None or number > LONGEST_PREGNANCY:
            continue
        for first in ranges:
            for bounds in ranges[first]:
                if int(bounds[0]) <= number * per < int(bounds[-1]) + 1:
                    return True
    return False
