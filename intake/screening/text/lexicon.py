"""The words of a rule set, indexed by the first word of each phrase."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from intake.screening.medicines.rows import Medicine
from intake.screening.text.rows import Cue, Term
from intake.screening.text.words import Forms, Words, forms_of, words_of

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
    codes: tuple[str, ...]
    """Those of its row in order."""
    cases: tuple[Case, ...]
    """Of words near it."""
    when_unsure: tuple[str, ...]
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
        self.known(phrase).entries.append(entry)

    def add_cue(self, phrase: str, cue: Cue) -> None:
        known = self.known(phrase)
        known.roles |= {(cue.kind, cue.side)}
        known.reach = max(known.reach, cue.reach)


def pattern_of(phrases: Iterable[str]) -> Pattern:
    pattern: Pattern = {}
    for phrase in phrases:
        stems = tuple(words_of(phrase).stem)
        if stems and stems not in pattern.setdefault(stems[0], []):
            pattern[stems[0]].append(stems)
    return pattern


def spots(words: Words, first: int, after: int, pattern: Pattern) -> list[tuple[int, int]]:
    """Where phrases of the pattern stand among the words from `first` up to `after`."""
    found = []
    for place in range(first, after):
        for phrase in pattern.get(words.stem[place], ()):
            end = place + len(phrase)
            if end <= after and tuple(words.stem[place:end]) == phrase:
                found.append((place, end))
    return found
