"""The words of a rule set, indexed by the first word of each phrase."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from intake.screening.rows import Medicine
from intake.screening.text_rows import Cue, Passing, Term, TermCase
from intake.screening.words import SMALL, Forms, Words, forms_of, words_of

Phrase = tuple[str, ...]
Pattern = dict[str, list[Phrase]]
"""Phrases by their first word."""

SHORT = 3
"""Abbreviations of so many letters or fewer need capitals or a second cue."""


@dataclass(frozen=True)
class Case:
    effect: str
    only: frozenset[str]
    """Names of the term, folded; empty: all."""
    pattern: Pattern
    codes: tuple[str, ...]

    def concerns(self, name: str) -> bool:
        return not self.only or name in self.only


@dataclass(frozen=True)
class Topic:
    """A term with all that other words make of it."""

    row: Term
    cases: tuple[Case, ...]
    names: Pattern


@dataclass(frozen=True)
class Entry:
    """What a phrase may stand for: a term, something else, or a medicine."""

    name: str
    written: str
    key: str = ""
    """As written, folded: how the cases of a term name it."""
    topic: Topic | None = None
    codes: tuple[str, ...] | None = None
    """Instead of those of the term, where the phrase means something else."""
    medicine: Medicine | None = None
    in_capitals: bool = False
    """A short abbreviation: needs capitals or another word of its row."""
    only_capitals: bool = False
    needs: Pattern | None = None
    unless: Pattern | None = None


@dataclass
class Known:
    """All that one phrase may be."""

    entries: list[Entry] = field(default_factory=list)
    roles: frozenset[tuple[str, str]] = frozenset()
    """Kind and side of each cue."""
    reach: int = 0


@dataclass
class Lexicon:
    single: dict[str, Known] = field(default_factory=dict)
    longer: dict[str, dict[str, list[tuple[Phrase, Known]]]] = field(default_factory=dict)
    """By first and second word; the longest first."""
    passing: dict[str, int] = field(default_factory=dict)
    everyday: dict[str, frozenset[str]] = field(default_factory=dict)
    """Words by kind, for telling languages and empty answers apart."""
    forms: Forms = field(default_factory=dict)

    def known(self, phrase: str) -> Known:
        words = words_of(phrase)
        self.forms.update((lower, forms_of(lower)) for lower in phrase.lower().split())
        if len(words) == 1:
            return self.single.setdefault(words.exact[0], Known())
        if not len(words):
            return Known()
        key = tuple(words.stem)
        there = self.longer.setdefault(key[0], {}).setdefault(key[1], [])
        for phrase_there, known in there:
            if phrase_there == key:
                return known
        there.append((key, Known()))
        return there[-1][1]

    def add(self, phrase: str, entry: Entry) -> None:
        known = self.known(phrase)
        if (entry.name, entry.medicine) not in [(e.name, e.medicine) for e in known.entries]:
            known.entries.append(entry)

    def add_cue(self, phrase: str, cue: Cue) -> None:
        known = self.known(phrase)
        known.roles |= {(cue.kind, cue.side)}
        known.reach = max(known.reach, cue.reach)


EVERYDAY = ("english", "other_language", "empty")
"""Kinds of cue that are looked at for the text as a whole."""


def lexicon_of(
    terms: Iterable[Term],
    cases: Iterable[TermCase],
    cues: Iterable[Cue],
    medicines: Iterable[Medicine],
    passing: Iterable[Passing],
) -> Lexicon:
    lexicon = Lexicon(passing={row.code: row.months for row in passing})
    by_term: dict[str, list[TermCase]] = {}
    for case in cases:
        by_term.setdefault(case.term, []).append(case)
    for row in terms:
        _add_term(lexicon, row, by_term.get(row.term, []))
    for medicine in medicines:
        for name in _names_in_text(medicine):
            is_short = len(name) <= SHORT and name.isupper()
            lexicon.add(
                name, Entry(medicine.generic, name, medicine=medicine, only_capitals=is_short)
            )
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


def _add_term(lexicon: Lexicon, row: Term, cases: list[TermCase]) -> None:
    made = tuple(
        Case(case.effect, _folded(case.only), pattern_of(case.words), case.codes) for case in cases
    )
    topic = Topic(row, made, pattern_of(row.names))
    for name in sorted(set(row.names)):
        lexicon.add(name, _entry(topic, name, cases))
    for case in cases:
        if case.effect == "means":
            for words in case.words:
                lexicon.add(words, Entry(row.term, words, topic=topic, codes=case.codes))


def _entry(topic: Topic, name: str, cases: list[TermCase]) -> Entry:
    folded = _key(name)
    patterns: dict[str, Pattern] = {}
    only_capitals = False
    for case in cases:
        if case.only and folded not in _folded(case.only):
            continue
        if case.effect == "capitals" and folded in _folded(case.words):
            only_capitals = True
        elif case.effect in ("needs", "unless"):
            _join(patterns.setdefault(case.effect, {}), pattern_of(case.words))
    letters = [letter for letter in name if letter.isalpha()]
    return Entry(
        topic.row.term,
        name,
        folded,
        topic=topic,
        in_capitals=len(letters) <= SHORT and name.upper() == name and " " not in name,
        only_capitals=only_capitals,
        needs=patterns.get("needs"),
        unless=patterns.get("unless"),
    )


def _names_in_text(medicine: Medicine) -> list[str]:
    """Without the country or remark in brackets, and without names that are everyday words."""
    names = {name.split(" (")[0] for name in medicine.names if name not in medicine.box_only}
    return sorted(names)


def _key(name: str) -> str:
    return " ".join(words_of(name).exact)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(_key(name) for name in names)


def pattern_of(phrases: Iterable[str]) -> Pattern:
    pattern: Pattern = {}
    for phrase in phrases:
        stems = tuple(words_of(phrase).stem)
        if stems and stems not in pattern.setdefault(stems[0], []):
            pattern[stems[0]].append(stems)
    return pattern


def _join(one: Pattern, other: Pattern) -> None:
    for first, phrases in other.items():
        one.setdefault(first, []).extend(phrases)


def spots(words: Words, first: int, after: int, pattern: Pattern) -> list[tuple[int, int]]:
    """Where phrases of the pattern stand among the words from `first` up to `after`."""
    found = []
    for place in range(first, after):
        for phrase in pattern.get(words.stem[place], ()):
            end = place + len(phrase)
            if end <= after and tuple(words.stem[place:end]) == phrase:
                found.append((place, end))
    return found
