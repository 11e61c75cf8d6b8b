"""Everything a text says that the rules know words for, and how each is meant."""

from datetime import date

from intake.screening.dates import months_before
from intake.screening.medicines.names import PATCH
from intake.screening.medicines.rows import Medicine
from intake.screening.rule_set import RuleSetData
from intake.screening.text import meaning, persons
from intake.screening.text.around import Around, around
from intake.screening.text.lexicon import Entry, Lexicon, Topic
from intake.screening.text.mention import Mention
from intake.screening.text.rows import Term
from intake.screening.text.scanning import Scan, Span, scan
from intake.screening.text.term_cases import codes_of, holding

ADVISED_AGAINST = "advised_against"
SELF_HARM = "em_suicide"
LONGEST_QUOTE = 300
RECENT_MONTHS = 3
"""A date further back makes a mention historical."""


def mentions(text: str, rule_set: RuleSetData, on: date) -> list[Mention]:
    """In the order of the text. on: the day the text was written."""
    return mentions_in(scan(text, rule_set.lexicon, on), rule_set, on)


def mentions_in(found: Scan, rule_set: RuleSetData, on: date) -> list[Mention]:
    warned = _warnings(found)
    made = [
        Mention(
            *_place(found, span),
            ADVISED_AGAINST,
            (ADVISED_AGAINST,),
            meaning.WARNING,
            _quote(found, span),
        )
        for span in warned.values()
    ]
    for hit in found.hits:
        near = around(found, hit)
        is_warned = found.words.sentence[hit.first] in warned
        for entry in hit.entries:
            if entry.medicine is not None:
                made.append(_medicine(near, entry.medicine, rule_set.lexicon, on, is_warned))
            elif entry.topic is not None and entry.codes != ():
                made.append(_term(near, entry, entry.topic, rule_set, on, is_warned))
    return sorted(made, key=lambda one: (one.start, one.end, one.term))


def _term(
    near: Around, entry: Entry, topic: Topic, rule_set: RuleSetData, on: date, is_warned: bool
) -> Mention:
    found, hit, row = near.scan, near.hit, topic.row
    cases = [] if entry.codes is not None else holding(found, hit, entry, topic)
    effects = {case.effect for case in cases}
    unsure = meaning.is_uncertain(near)
    codes = entry.codes or codes_of(topic, cases, unsure)
    day = None if "undated" in effects else found.days.get(hit.first)
    reading = meaning.WARNING if is_warned else _reading(near, codes, row, unsure)
    if reading in (meaning.AFFIRMED, meaning.UNCERTAIN) and _is_over(near, day, on):
        reading = meaning.HISTORICAL
    family = "".join(case.codes[0] for case in cases if case.effect == "family")
    if day is not None or reading == persons.FAMILY:
        codes = tuple(sorted({_dated(code, day, rule_set, on, reading) for code in codes}))
    return Mention(
        *_place(found, hit),
        row.term,
        codes,
        reading,
        _quote(found, hit),
        notes=codes if "note" in effects else _passed(codes, day, on, rule_set),
        asks=row.asks,
        family=row.family or family,
    )


def _reading(near: Around, codes: tuple[str, ...], row: Term, unsure: bool) -> str:
    is_emergency = any(code.startswith("em_") for code in codes)
    if meaning.is_negated(near, only_directly=is_emergency):
        return meaning.NEGATED
    if not row.whoever and (person := persons.about(near)):
        return person
    if not (row.felt or is_emergency) and meaning.is_hypothetical(near):
        return meaning.HYPOTHETICAL
    return meaning.UNCERTAIN if unsure else meaning.AFFIRMED


def _medicine(
    near: Around, medicine: Medicine, lexicon: Lexicon, on: date, is_warned: bool
) -> Mention:
    found, hit = near.scan, near.hit
    if is_warned:
        reading = meaning.WARNING
    elif meaning.is_negated(near, only_directly=False):
        reading = meaning.NEGATED
    elif person := persons.about(near):
        reading = person
    elif meaning.is_allergy(near) or meaning.is_hypothetical(near):
        reading = meaning.HYPOTHETICAL
    elif _was_taken(near, on):
        reading = meaning.HISTORICAL
    else:
        reading = meaning.UNCERTAIN if meaning.is_uncertain(near) else meaning.AFFIRMED
    return Mention(
        *_place(found, hit),
        medicine.generic,
        (),
        reading,
        _quote(found, hit),
        classes=_classes(medicine, found.words.stem[hit.after : hit.after + 2], lexicon),
    )


def _was_taken(near: Around, on: date) -> bool:
    """Stopped, and not so short a time ago that it may still work."""
    day = near.scan.days.get(near.hit.first)
    if day is not None and day >= months_before(on, RECENT_MONTHS):
        return False
    return meaning.is_stopped(near) or meaning.is_historical(near)


def _classes(medicine: Medicine, following: list[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The classes it has in the form that is named after it."""
    if medicine.on_skin and not lexicon.everyday["skin_form"].isdisjoint(following):
        return (medicine.on_skin,)
    is_patch = not lexicon.everyday["patch_form"].isdisjoint(following)
    return tuple(dict.fromkeys((*medicine.classes, PATCH))) if is_patch else medicine.classes


def _dated(code: str, day: date | None, rule_set: RuleSetData, on: date, reading: str) -> str:
    family = rule_set.family_of.get(code)
    if family is None:
        return code
    if reading == persons.FAMILY:
        return family.past
    is_past = day is not None and day < months_before(on, family.months)
    return family.past if is_past and code == family.recent else code


def _is_over(near: Around, day: date | None, on: date) -> bool:
    if day is not None and day < months_before(on, RECENT_MONTHS):
        return True
    return meaning.is_historical(near) or meaning.is_stopped(near)


def _passed(
    codes: tuple[str, ...], day: date | None, on: date, rule_set: RuleSetData
) -> tuple[str, ...]:
    if day is None:
        return ()
    passing = rule_set.lexicon.passing
    return tuple(c for c in codes if c in passing and day < months_before(on, passing[c]))


def _warnings(found: Scan) -> dict[int, Span]:
    """By number of sentence: words that say a treatment was advised against."""
    warned: dict[int, Span] = {}
    treated = {
        found.words.sentence[span.first] for span in found.spans if ("treatment", "") in span.roles
    }
    for span in found.spans:
        number = found.words.sentence[span.first]
        if number in treated and (meaning.WARNING, "") in span.roles:
            warned.setdefault(number, span)
    return warned


def _place(found: Scan, span: Span) -> tuple[int, int]:
    return found.words.start[span.first], found.words.end[span.after - 1]


def _quote(found: Scan, span: Span) -> str:
    words = found.words
    first, last = words.bounds(words.sentence[span.first])
    if last - first <= LONGEST_QUOTE:
        return words.text[first:last]
    around = LONGEST_QUOTE // 2
    low = max(span.first - 20, 0)
    high = min(span.after + 20, len(words)) - 1
    start = max(first, words.start[low], words.start[span.first] - around)
    end = min(last, words.end[high], words.end[span.after - 1] + around)
    return words.text[start:end]
