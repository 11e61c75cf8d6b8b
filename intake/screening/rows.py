"""The rows of a rule set."""

from dataclasses import dataclass
from functools import cached_property

from intake.screening.levels import BY_CODE, Level, Levels


@dataclass(frozen=True)
class Rule:
    """One row of the rules: what is asked, and how much a yes weighs."""

    code: str
    kind: str
    """"condition", "emergency", "finding" (what the engine itself reports), "medicine" (a class of
    medicines), "region" (a hazard of a place) or "combination"."""
    group: str
    priority: int
    ask_by: tuple[str, ...]
    manner: str
    """"private", "optional", "day_of_visit", "staff" (entered by staff) or nothing."""
    question: str
    levels: tuple[str, ...]
    local: tuple[str, ...]
    """Levels in the affected area only; "" where there is none."""
    urgency: str
    message: str
    advice: str
    sources: tuple[str, ...]
    default: bool
    """Rests only on this project's own conservative default (S65)."""

    @cached_property
    def weight(self) -> Levels:
        return tuple(BY_CODE[level] for level in self.levels)

    @cached_property
    def local_weight(self) -> Levels:
        return tuple(BY_CODE[level or "none"] for level in self.local)

    @cached_property
    def affects(self) -> tuple[bool, ...]:
        """Per modality: whether a yes would change anything, here or in the affected area."""
        pairs = zip(self.weight, self.local_weight, strict=True)
        return tuple(max(pair) > Level.NONE for pair in pairs)

    @property
    def is_answered(self) -> bool:
        """Whether the patient answers it, so that its code is a key of `answers`."""
        return self.kind == "emergency" or "YN" in self.ask_by

    @property
    def is_optional(self) -> bool:
        return self.manner == "optional"


@dataclass(frozen=True)
class Band:
    """A range of one measurement and what it raises. Empty levels: those of the rule."""

    measure: str
    at_least: float | None
    above: float | None
    below: float | None
    up_to: float | None
    code: str
    levels: tuple[str, ...]
    urgency: str
    message: str

    def holds(self, value: float) -> bool:
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
            and (self.up_to is None or value <= self.up_to)
        )

    @cached_property
    def weight(self) -> Levels:
        return tuple(BY_CODE[level] for level in self.levels)


@dataclass(frozen=True)
class Family:
    """Two rows about the same thing, recent and past; `months` is where one becomes the other."""

    name: str
    recent: str
    months: int
    past: str


@dataclass(frozen=True)
class Validity:
    """For how many days a laboratory value counts as current."""

    measure: str
    days: int
    days_on_cancer_treatment: int
    days_when_known_low: int
    """On cancer treatment, with low platelets or white cells."""


@dataclass(frozen=True)
class Message:
    id: str
    rank: int
    """1 is shown before all others."""
    name: str
    text: str


@dataclass(frozen=True)
class Source:
    id: str
    citation: str
    checked: str


@dataclass(frozen=True)
class Concern:
    code: str
    concern: str
    title: str
    """The finding in words for staff."""


@dataclass(frozen=True)
class Hazard:
    """A place of the body that needs care in every person."""

    code: str
    title: str
    regions: tuple[str, ...]
    levels: tuple[str, ...]
    below_age: float | None
    """In years; empty: at every age."""
    needling: str
    massage_advice: str
    sources: tuple[str, ...]
    default: bool

    @cached_property
    def weight(self) -> Levels:
        return tuple(BY_CODE[level] for level in self.levels)


HAZARD = "region_"
"""How the code of every hazard begins."""


def is_advice(code: str) -> bool:
    """Whether a flag is advice about a place, which nobody has to answer for."""
    return code.startswith(HAZARD)
