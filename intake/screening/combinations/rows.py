"""The rows of combinations."""

from dataclasses import dataclass
from functools import cached_property

from intake.screening.levels import BY_CODE, Levels


@dataclass(frozen=True)
class Combination:
    """Findings that together mean more than each alone.

    It fires when one part of each group holds; the parts are described in `parts`.
    """

    name: str
    if_any: tuple[str, ...]
    and_any: tuple[str, ...]
    and_also: tuple[str, ...]
    code: str
    """A code of the rules, or one of its own, which then has a title and a concern here."""
    levels: tuple[str, ...]
    """Empty: those of the rule."""
    local: tuple[str, ...]
    regions: tuple[str, ...]
    """Where the local levels hold; "marked": wherever its parts are marked."""
    urgency: str
    message: str
    concern: str
    title: str
    advice: str
    sources: tuple[str, ...]
    default: bool

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        return tuple(filter(None, (self.if_any, self.and_any, self.and_also)))

    @cached_property
    def weight(self) -> Levels:
        return tuple(BY_CODE[level] for level in self.levels)

    @cached_property
    def local_weight(self) -> Levels:
        return tuple(BY_CODE[level or "none"] for level in self.local)
