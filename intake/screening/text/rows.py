"""The rows that say how free text is read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """Words people use for something the rules ask about."""

    term: str
    synonyms: tuple[str, ...]
    """Those written in capitals with three letters or fewer count in capitals only, or with other
    words of the row nearby."""
    lay: tuple[str, ...]
    codes: tuple[str, ...]
    """What it opens; inside a family of rows a date decides between recent and past."""
    felt: bool
    """Something one feels or sees, so that being worried about it is having it."""
    whoever: bool
    """Counts whoever else is named in the sentence."""
    asks: tuple[str, ...]
    """Questions it gives reason to ask. They raise no level by themselves."""
    family: str
    """The level when it is in the family; nothing where that has no bearing."""
    care: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.term, *self.synonyms, *self.lay)


EFFECTS = (
    "means",
    "unless",
    "needs",
    "capitals",
    "any_case",
    "instead",
    "also",
    "weeks",
    "when_unsure",
    "note_with",
    "note_without",
    "undated",
    "family",
)


@dataclass(frozen=True)
class TermCase:
    """What other words make of a term.

    effect: "means" (the words are something else: `codes`, or nothing); and, for words near the
    term, "unless" (it is not meant), "needs" (only then is it meant), "instead" and "also" (of
    these codes), "note_with" and "note_without" (a note at most), "undated" (the date beside it is
    not when it happened), "family" (matters in the family: `codes` is the level). "capitals": only
    as written here; "any_case": unmistakable, in small letters too. "weeks": a range of weeks of
    pregnancy. "when_unsure": codes of an unsure mention.
    """

    term: str
    only: tuple[str, ...]
    """Which names of the term it is about; nothing: all."""
    effect: str
    words: tuple[str, ...]
    codes: tuple[str, ...]


KINDS = (
    "negated",
    "affirmed",
    "bridge",
    "stopped",
    "historical",
    "long_ago",
    "recent",
    "uncertain",
    "hypothetical",
    "family",
    "other_person",
    "self",
    "own",
    "goes_on",
    "break",
    "warning",
    "treatment",
    "allergy",
    "skin_form",
    "patch_form",
    "empty",
    "english",
    "other_language",
)
SIDES = ("before", "after", "answer", "")


@dataclass(frozen=True)
class Cue:
    """Words that say how a term near them is meant."""

    kind: str
    side: str
    """Where the cue stands, seen from the term: "before", "after", "answer" (directly after it,
    with nothing following, as in "Pacemaker: no") or nothing where it does not matter."""
    reach: int
    """How many words may stand between."""
    words: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Passing:
    """Something that passes: written down with an older date, it is a note."""

    code: str
    months: int
