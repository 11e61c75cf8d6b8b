"""How much a finding weighs for each way of treating, in order."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import cache


class Level(IntEnum):
    NONE = 0
    NOTE = 1
    CAUTION = 2
    CONSULT_FIRST = 3
    CONTRAINDICATED = 4
    EMERGENCY = 5

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def word(self) -> str:
        """The word on the practitioner's screen; nothing for a level that is not shown."""
        return WORDS[self]


WORDS = {
    Level.NONE: "",
    Level.NOTE: "Note",
    Level.CAUTION: "Check",
    Level.CONSULT_FIRST: "Stop",
    Level.CONTRAINDICATED: "Stop",
    Level.EMERGENCY: "Stop",
}
ASK = "Ask"
"""The word for UNKNOWN, whatever its level."""
UNKNOWN = "answer_unknown"
"""The finding about safety questions without a clear answer."""

BY_CODE: Mapping[str, Level] = {level.code: level for level in Level}

MODALITIES = ("acupuncture", "electroacupuncture", "heat", "massage")
NEVER_BELOW_ACUPUNCTURE = ("electroacupuncture", "heat")

Levels = tuple[Level, Level, Level, Level]
"""One level per modality, in the order of MODALITIES."""

NOTHING: Levels = (Level.NONE,) * 4


def everywhere(level: Level) -> Levels:
    return (level,) * 4


def highest(several: Iterable[Levels]) -> Levels:
    """The highest level of each modality; NONE throughout when there is nothing to compare."""
    return tuple(map(max, zip(NOTHING, *several, strict=True)))


def bounded(levels: Levels) -> Levels:
    """Electroacupuncture and heat are never more permissive than acupuncture itself."""
    needles = levels[0]
    return tuple(
        max(level, needles) if modality in NEVER_BELOW_ACUPUNCTURE else level
        for modality, level in zip(MODALITIES, levels, strict=True)
    )


def named(levels: Levels) -> dict[str, str]:
    return _named(levels).copy()


@cache
def _named(levels: Levels) -> dict[str, str]:
    return {modality: level.code for modality, level in zip(MODALITIES, levels, strict=True)}


def word_for(code: str, level: Level) -> str:
    """The word shown for a finding of this code: Ask, Note, Check or Stop."""
    return ASK if code == UNKNOWN else level.word
