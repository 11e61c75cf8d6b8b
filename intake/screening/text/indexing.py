"""Builds the lexicon of a rule set from its tables."""

from collections.abc import Iterable

from intake.screening.medicines.rows import Medicine
from intake.screening.text.lexicon import SHORT, Case, Entry, Lexicon, Pattern, Topic, pattern_of
from intake.screening.text.rows import Cue, Passing, Term, TermCase
from intake.screening.text.words import SMALL, forms_of, words_of

NEARBY = ("instead", "also", "weeks", "note_with", "note_without", "undated", "family")
"""Effects of words near a term, after it is clear that it is meant."""
EVERYDAY = ("english", "other_language", "empty", "skin_form", "patch_form")
"""Kinds of cue that are looked up word by word, not found as phrases."""


def lexicon_of(
    terms: Iterable[Term],
    cases: Iterable[TermCase],
    cues: Iterable[Cue],
    medicines: Iterable[tuple[str, Medicine]],
    passing: Iterable[Passing],
) -> Lexicon:
    lexicon = Lexicon(passing={row.code: row.months for row in passing})
    by_term: dict[str, list[TermCase]] = {}
    for case in cases:
        by_term.setdefault(case.term, []).append(case)
    for row in terms:
        _add_term(lexicon, row, by_term.get(row.term, []))
    for name, medicine in medicines:
        is_short = len(name) <= SHORT and name.isupper()
        lexicon.add(name, Entry(medicine.generic, name, medicine=medicine, only_capitals=is_short))
    everyday: dict[str, set[str]] = {kind: set() for kind in EVERYDAY}
    for cue in cues:
        if cue.kind in EVERYDAY:
            everyday[cue.kind].update(" ".join(words_of(word).exact) for word in cue.words)
            lexicon.forms.update((word, forms_of(word)) for word in cue.words)
        else:
            for words in cue.words:
                lexicon.add_cue(words, cue)
    lexicon.everyday = {kind: frozenset(words) for kind, words in everyday.items()}
    lexicon.forms.update((word, forms_of(word)) for word in SMALL)
    for seconds in lexicon.longer.values():
        for there in seconds.values():
            there.sort(key=lambda each: (-len(each[0]), each[0]))
    return lexicon


def itself(case: TermCase, terms: Iterable[Term]) -> set[str]:
    """Words of the case that are nothing but a name of its term, or nothing at all."""
    names = {"", *(_key(name) for row in terms if row.term == case.term for name in row.names)}
    return {words for words in case.words if _key(words) in names}


def _add_term(lexicon: Lexicon, row: Term, cases: list[TermCase]) -> None:
    made = tuple(
        Case(case.effect, _folded(case.only), pattern_of(case.words), case.codes)
        for case in cases
        if case.effect in NEARBY
    )
    unsure = tuple(c for case in cases if case.effect == "when_unsure" for c in case.codes)
    topic = Topic(row, tuple(sorted(row.codes)), made, unsure, pattern_of(row.names))
    for name in sorted(set(row.names)):
        lexicon.add(name, _entry(topic, name, cases))
    for case in cases:
        if case.effect == "means":
            for words in case.words:
                lexicon.add(words, Entry(row.term, words, topic=topic, codes=case.codes))


def _entry(topic: Topic, name: str, cases: list[TermCase]) -> Entry:
    folded = _key(name)
    patterns: dict[str, Pattern] = {}
    only_capitals, any_case = False, False
    for case in cases:
        if case.only and folded not in _folded(case.only):
            continue
        if case.effect == "capitals" and folded in _folded(case.words):
            only_capitals = True
        elif case.effect == "any_case" and folded in _folded(case.words):
            any_case = True
        elif case.effect in ("needs", "unless"):
            _join(patterns.setdefault(case.effect, {}), pattern_of(case.words))
    letters = [letter for letter in name if letter.isalpha()]
    return Entry(
        topic.row.term,
        name,
        folded,
        topic=topic,
        in_capitals=not any_case and len(letters) <= SHORT and name.upper() == name,
        only_capitals=only_capitals,
        needs=patterns.get("needs"),
        unless=patterns.get("unless"),
    )


def _key(name: str) -> str:
    return " ".join(words_of(name).exact)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(_key(name) for name in names)


def _join(one: Pattern, other: Pattern) -> None:
    for first, phrases in other.items():
        one.setdefault(first, []).extend(phrases)
