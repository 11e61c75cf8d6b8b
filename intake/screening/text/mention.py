"""One thing named in a text."""

from typing import NamedTuple

from intake.screening.text import meaning

OPEN = (meaning.AFFIRMED, meaning.UNCERTAIN, meaning.HISTORICAL, meaning.WARNING)
"""How a mention is read that raises something."""


class Mention(NamedTuple):
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
