"""Which named places of the body lie in which. Screening's own copy, so that a rule set can be
read and run without the questionnaire; a test holds the two equal."""

from collections.abc import Iterable
from functools import cache

MIDDLE = (
    "head_front",
    "head_back",
    "jaw",
    "neck_front",
    "neck_back",
    "tummy_upper",
    "tummy_lower",
    "spine_upper",
    "back_middle",
    "sacrum",
)
TRUNK = ("chest", "shoulder_blade", "lower_back", "groin", "buttock")
ARM = (
    "shoulder_front",
    "shoulder_top",
    "upper_arm_front",
    "upper_arm_back",
    "elbow",
    "forearm_front",
    "forearm_back",
    "hand",
)
LEG = ("thigh_front", "thigh_back", "knee", "knee_back", "shin", "calf", "foot", "heel")


def _side(side: str, parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{side}_{part}" for part in parts)


def _both(*parts: str) -> tuple[str, ...]:
    return _side("left", parts) + _side("right", parts)


REGIONS: frozenset[str] = frozenset(MIDDLE) | frozenset(_both(*ARM, *LEG, *TRUNK))

# A part on the border of two wholes belongs to both: too much overlap is safer than too little.
WHOLES: dict[str, frozenset[str]] = {
    "head": frozenset(("head_front", "head_back", "jaw")),
    "neck": frozenset(("neck_front", "neck_back")),
    "chest": frozenset(_both("chest")),
    "belly": frozenset(("tummy_upper", "tummy_lower")),
    "upper_back": frozenset(_both("shoulder_top", "shoulder_blade"))
    | {"spine_upper", "back_middle"},
    "lower_back": frozenset(_both("lower_back")) | {"back_middle", "sacrum"},
    "hips": frozenset(_both("groin", "buttock")) | {"sacrum"},
    "left_arm": frozenset(_side("left", ARM)),
    "right_arm": frozenset(_side("right", ARM)),
    "left_leg": frozenset(_side("left", LEG)),
    "right_leg": frozenset(_side("right", LEG)),
}

CODES: frozenset[str] = REGIONS | frozenset(WHOLES)


@cache
def parts(code: str) -> frozenset[str]:
    """The regions a code covers; a region covers itself. KeyError for an unknown code."""
    if code in WHOLES:
        return WHOLES[code]
    if code in REGIONS:
        return frozenset((code,))
    raise KeyError(code)


@cache
def touch(one: str, other: str) -> bool:
    """Whether one place covers or equals the other. Two wholes that only share a border do not."""
    here, there = parts(one), parts(other)
    return here <= there or there <= here


def overlap(some: Iterable[str], others: Iterable[str]) -> bool:
    others = tuple(others)
    return any(touch(one, other) for one in some for other in others)
