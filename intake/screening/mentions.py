"""Everything a text says that the rules know words for, and how each is meant."""

from dataclasses import dataclass
from datetime import date

from intake.screening import meaning
from intake.screening.lexicon import Entry
from intake.screening.rule_set import RuleSetData
from intake.screening.scanning import Scan, Span, scan
from intake.screening.term_cases import codes_of, holding
from intake.screening.when import months_before

ADVISED_AGAINST = "advised_against"
SELF_HARM = "em_suicide"
LONGEST_QUOTE = 300
RECENT_MONTHS = 3
"""A date further back makes a mention historical."""
OPEN = (meaning.AFFIRMED, meaning.UNCERTAIN, meaning.HISTORICAL, meaning.WARNING)
"""How a mention is read that raises something."""


@dataclass(frozen=True)
class Mention:
    """One thing named in a text: where it stands, what it is, how it was read."""

    start: int
    end: int
    """The character after the last one."""
    term: str
    codes: tuple[str, ...]
    reading: str
    quote: str
    """The sentence as typed, or the words around, when it is long."""
    notes: tuple[str, ...] = ()
    """Those of its codes that are a note at most."""
    classes: tuple[str, ...] = ()
    """Classes, when it is a medicine; `codes` are empty then."""
    asks: tuple[str, ...] = ()
    family: str = ""
    """Level when it is in the family."""

    @property
    def is_open(self) -> bool:
        return self.reading in OPEN


def mentions(text: str, rule_set: RuleSetData, on: date) -> list[Mention]:
    """In the order of the text. on: the day the text was written."""
    found = scan(text, rule_set.lexicon, on)
    warned = _warnings(found)
    made = [
        Mention(*_place(found, span), ADVISED_AGAINST, (ADVISED_AGAINST,), meaning.WARNING, quote)
        for span, quote in ((span, _quote(found, span)) for span in warned.values())
    ]
    for hit in found.hits:
        is_warned = found.words.sentence[hit.first] in warned
        for entry in hit.entries:
            if entry.medicine is not None:
                made.append(_medicine(found, hit, entry, is_warned))
            elif entry.codes != ():
                made.append(_term(found, hit, entry, rule_set, on, is_warned))
    return sorted(made, key=lambda one: (one.start, one.end, one.term))


def _term(
    found: Scan, hit: Span, entry: Entry, rule_set: RuleSetData, on: date, is_warned: bool
) -> Mention:
    topic = entry.topic
    assert topic is not None
    cases = [] if entry.codes is not None else holding(found, hit, entry)
    effects = {case.effect for case in cases}
    unsure = meaning.is_uncertain(found, hit)
    codes = codes_of(found, hit, entry, cases, unsure)
    day = None if "undated" in effects else found.days.get(hit.first)
    reading = _reading(found, hit, codes, entry, is_warned, unsure)
    if reading in (meaning.AFFIRMED, meaning.UNCERTAIN) and _is_over(found, hit, codes, day, on):
        reading = meaning.HISTORICAL
    family = "".join(case.codes[0] for case in cases if case.effect == "family")
    codes = tuple(sorted({_dated(code, day, rule_set, on, reading) for code in codes}))
    return Mention(
        *_place(found, hit),
        topic.row.term,
        codes,
        reading,
        _quote(found, hit),
        notes=codes if "note" in effects else _passed(found, codes, day, on, rule_set),
        asks=topic.row.asks,
        family=topic.row.family or family,
    )


def _reading(
    found: Scan, hit: Span, codes: tuple[str, ...], entry: Entry, is_warned: bool, unsure: bool
) -> str:
    assert entry.topic is not None
    row = entry.topic.row
    is_emergency = any(code.startswith("em_") for code in codes)
    if is_warned:
        return meaning.WARNING
    if meaning.is_negated(found, hit, only_directly=is_emergency):
        return meaning.NEGATED
    if not row.whoever and (person := meaning.about(found, hit)):
        return person
    if not (row.felt or is_emergency) and meaning.is_hypothetical(found, hit):
        return meaning.HYPOTHETICAL
    return meaning.UNCERTAIN if unsure else meaning.AFFIRMED


def _medicine(found: Scan, hit: Span, entry: Entry, is_warned: bool) -> Mention:
    medicine = entry.medicine
    assert medicine is not None
    if is_warned:
        reading = meaning.WARNING
    elif meaning.is_negated(found, hit, only_directly=False):
        reading = meaning.NEGATED
    elif person := meaning.about(found, hit):
        reading = person
    elif meaning.is_allergy(found, hit) or meaning.is_hypothetical(found, hit):
        reading = meaning.HYPOTHETICAL
    elif meaning.is_stopped(found, hit) or meaning.is_historical(found, hit):
        reading = meaning.HISTORICAL
    else:
        reading = meaning.UNCERTAIN if meaning.is_uncertain(found, hit) else meaning.AFFIRMED
    forms = found.words.stem[hit.after : hit.after + 3]
    classes = medicine.classes
    if medicine.on_skin and SKIN_FORMS & set(forms):
        classes = (medicine.on_skin,)
    if medicine.patch == "only" and not PATCHES & set(forms):
        classes = ()
    return Mention(
        *_place(found, hit), medicine.generic, (), reading, _quote(found, hit), classes=classes
    )


SKIN_FORMS = frozenset("cream gel ointment lotion drop spray inhaler inhaled shampoo foam".split())
PATCHES = frozenset({"patch", "plaster"})


def _dated(code: str, day: date | None, rule_set: RuleSetData, on: date, reading: str) -> str:
    family = rule_set.family_of.get(code)
    if family is None:
        return code
    if reading == meaning.FAMILY:
        return family.past
    is_past = day is not None and day < months_before(on, family.months)
    return family.past if is_past and code == family.recent else code


def _is_over(
    found: Scan, hit: Span, codes: tuple[str, ...], day: date | None, on: date
) -> bool:
    if day is not None and day < months_before(on, RECENT_MONTHS):
        return True
    return meaning.is_historical(found, hit) or meaning.is_stopped(found, hit)


def _passed(
    found: Scan, codes: tuple[str, ...], day: date | None, on: date, rule_set: RuleSetData
) -> tuple[str, ...]:
    if day is None:
        return ()
    passing = rule_set.lexicon.passing
    return tuple(c for c in codes if c in passing and day < months_before(on, passing[c]))


def _warnings(found: Scan) -> dict[int, Span]:
    """By number of sentence: words that say a treatment was advised against."""
    warned: dict[int, Span] = {}
    treated = {
        found.words.sentence[span.first] for span in found.spans if span.cue("treatment", "")
    }
    for span in found.spans:
        number = found.words.sentence[span.first]
        if number in treated and span.cue(meaning.WARNING, ""):
            warned.setdefault(number, span)
    return warned


def _place(found: Scan, span: Span) -> tuple[int, int]:
    return found.words.start[span.first], found.words.end[span.after - 1]


def _quote(found: Scan, span: Span) -> str:
    words = found.words
    first, last = words.bounds[words.sentence[span.first]]
    if last - first <= LONGEST_QUOTE:
        return words.text[first:last]
    around = LONGEST_QUOTE // 2
    low = max(span.first - 20, 0)
    high = min(span.after + 20, len(words)) - 1
    start = max(first, words.start[low], words.start[span.first] - around)
    end = min(last, words.end[high], words.end[span.after - 1] + around)
    return words.text[start:end]
