"""How a term is meant where it stands: affirmed, denied, about someone else, long ago."""

from collections.abc import Iterator

from intake.screening.scanning import Scan, Span
from intake.screening.words import COMMA, DASH, NOTHING, QUESTION, SENTENCE

AFFIRMED = "affirmed"
NEGATED = "negated"
FAMILY = "family"
OTHER_PERSON = "other_person"
HISTORICAL = "historical"
UNCERTAIN = "uncertain"
HYPOTHETICAL = "hypothetical"
WARNING = "warning"

FARTHEST = 20
AFTERWARDS = 3
"""Words between a term and a cue that follows it."""
CLOSING = ("or", "nor")
JOINING = ("and", "or", "nor", "plus")


def is_negated(scan: Scan, hit: Span, *, only_directly: bool) -> bool:
    answer = _answer(scan, hit) or _said_after(scan, hit)
    if answer:
        return answer == NEGATED
    is_list = False
    for step, (place, after, span) in enumerate(_backwards(scan, hit)):
        gap = scan.words.gap[after]
        if gap == DASH or (only_directly and step):
            return False
        is_list = is_list or gap == COMMA
        if span is None:
            if scan.words.exact[place] not in CLOSING:
                return False
        elif span.cue(NEGATED, "before"):
            return not is_list or _is_closed_list(scan, hit, CLOSING)
        elif not (span.is_hit or span.cue("bridge", "") or span.cue(HISTORICAL, "before")):
            return False
    return False


def about(scan: Scan, hit: Span) -> str | None:
    """"family" or "other_person" when the sentence is about someone else here."""
    return _person_before(scan, hit) or _person_after(scan, hit)


def is_hypothetical(scan: Scan, hit: Span) -> bool:
    """Feared, read about or guarded against; "my" shows that it is there."""
    if scan.words.own[hit.first]:
        return False
    for place, after, span in _backwards(scan, hit):
        if scan.words.gap[after] in (DASH, COMMA):
            break
        if span is not None:
            if span.cue(HYPOTHETICAL, "before"):
                return hit.first - after <= _reach(span)
            if span.cue("self", "") or span.cue("recent", ""):
                break
        if scan.words.own[place]:
            break
    return _follows(scan, hit, HYPOTHETICAL)


def is_allergy(scan: Scan, hit: Span) -> bool:
    """What one is allergic to is not taken."""
    return _leads(scan, hit, "allergy") or _follows(scan, hit, "allergy")


def is_uncertain(scan: Scan, hit: Span) -> bool:
    words = scan.words
    if words.queried[hit.first] or words.gap_after(hit.after) == QUESTION:
        return True
    return _leads(scan, hit, UNCERTAIN) or _follows(scan, hit, UNCERTAIN)


def is_historical(scan: Scan, hit: Span) -> bool:
    return _leads(scan, hit, HISTORICAL) or _follows(scan, hit, HISTORICAL)


def is_stopped(scan: Scan, hit: Span) -> bool:
    """A treatment that was ended; the words between belong to the list of what was ended."""
    for place, after, span in _backwards(scan, hit):
        if scan.words.gap[after] == DASH:
            break
        if span is None:
            if scan.words.exact[place] not in JOINING:
                break
        elif span.cue("stopped", "before"):
            return True
        elif not (span.is_hit or span.cue("bridge", "")):
            break
    return _follows(scan, hit, "stopped")


def _answer(scan: Scan, hit: Span) -> str | None:
    """A yes or no that stands directly after the term with nothing following."""
    span = scan.at[hit.after] if hit.after < len(scan.at) else None
    if span is None or scan.words.gap[hit.after] == SENTENCE:
        return None
    if scan.words.gap_after(span.after) == NOTHING:
        return AFFIRMED if span.cue(AFFIRMED, "answer") and scan.words.gap[hit.after] else None
    for kind in (NEGATED, AFFIRMED):
        if span.cue(kind, "answer"):
            return kind
    return None


def _said_after(scan: Scan, hit: Span) -> str | None:
    for _place, span in _forwards(scan, hit):
        if span is not None:
            for kind in (NEGATED, AFFIRMED):
                if span.cue(kind, "after"):
                    return kind
        if span is None or not span.cue("bridge", ""):
            return None
    return None


def _person_before(scan: Scan, hit: Span) -> str | None:
    words = scan.words
    is_list = False
    if words.own[hit.first]:
        return None
    for place, after, span in _backwards(scan, hit):
        reach = _reach_of_person(span)
        gap = words.gap[after]
        if gap == DASH and not reach:
            return None
        if gap == COMMA and not _goes_on(scan, after):
            is_list = True
        if span and reach:
            is_far = hit.first - after > reach
            is_heading = reach == FARTHEST and words.gap[span.after] == DASH
            fits = not is_list or is_heading or _is_closed_list(scan, hit, JOINING)
            return span.entries[0].name if fits and not is_far else None
        if words.own[place] or (span and (span.cue("self", "") or span.cue("own", ""))):
            return None
    return None


def _reach_of_person(span: Span | None) -> int:
    if span is None:
        return 0
    is_person = span.cue(FAMILY, "before") or span.cue(OTHER_PERSON, "before")
    return _reach(span) if is_person else 0


def _reach(span: Span) -> int:
    return max((entry.cue.reach for entry in span.entries if entry.cue), default=0)


def _goes_on(scan: Scan, place: int) -> bool:
    span = scan.at[place]
    return span is not None and span.cue("goes_on", "")


def _person_after(scan: Scan, hit: Span) -> str | None:
    """ "Runs in the family" after the term, or a relative in brackets or after a dash."""
    for kind in (FAMILY, OTHER_PERSON):
        if _follows(scan, hit, kind):
            return kind
    place = hit.after
    if place < len(scan.at) and scan.words.exact[place] == "in":
        place += 1
    elif scan.words.gap_after(place) != DASH:
        return None
    span = scan.at[place] if place < len(scan.at) else None
    if span and _reach_of_person(span) and scan.words.gap_after(span.after) != NOTHING:
        return span.entries[0].name
    return None


def _leads(scan: Scan, hit: Span, kind: str) -> bool:
    for step, (_place, after, span) in enumerate(_backwards(scan, hit)):
        if scan.words.gap[after] == DASH and step:
            return False
        if span is None:
            continue
        if span.cue(kind, "before"):
            return hit.first - after <= _reach(span)
        if span.cue("self", "") or (kind == UNCERTAIN and span.cue(NEGATED, "before")):
            return False
    return False


def _follows(scan: Scan, hit: Span, kind: str) -> bool:
    return any(span is not None and span.cue(kind, "after") for _, span in _forwards(scan, hit))


def _is_closed_list(scan: Scan, hit: Span, closing: tuple[str, ...]) -> bool:
    """Whether the term is one of a list that ends with "or", as in "no asthma, fits or gout"."""
    words = scan.words
    if hit.first and words.exact[hit.first - 1] in closing:
        return True
    place = hit.after
    while place < len(words) and words.sentence[place] == words.sentence[hit.first]:
        span = scan.at[place]
        if words.exact[place] in closing:
            return True
        if span is None or not (span.is_hit or span.cue("bridge", "")):
            return False
        if place - hit.after > FARTHEST:
            return False
        place = span.after
    return False


def _backwards(scan: Scan, hit: Span) -> Iterator[tuple[int, int, Span | None]]:
    """Words and whole phrases before the term, nearest first, up to where the thought ends.

    Each with its first word, the word after it, and the phrase if it is one.
    """
    words, after = scan.words, hit.first
    for _ in range(FARTHEST):
        if not after or words.sentence[after - 1] != words.sentence[hit.first]:
            return
        span = scan.at[after - 1]
        place = span.first if span else after - 1
        if span and span.cue("break", ""):
            return
        yield place, after, span
        after = place


def _forwards(scan: Scan, hit: Span) -> Iterator[tuple[int, Span | None]]:
    """Words and phrases after the term, up to the next term or where the thought ends."""
    words, place = scan.words, hit.after
    for _ in range(AFTERWARDS + 1):
        if place >= len(words) or words.sentence[place] != words.sentence[hit.first]:
            return
        span = scan.at[place]
        if span and (span.is_hit or span.cue("break", "")):
            return
        yield place, span
        place = span.after if span else place + 1
