"""The 52 regions of the body chart and the wholes that cover them, in words.

Codes are stored in answers and read by screening: they never change. Left and right are the
patient's own.
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Region:
    code: str
    words: str
    area: str
    drawn: str
    """Id of its shape on the body chart; pairs share one."""


HEAD_AND_NECK = "Head and neck"
SHOULDERS_AND_ARMS = "Shoulders and arms"
CHEST_AND_TUMMY = "Chest and tummy"
BACK = "Back"
HIPS_AND_LEGS = "Hips and legs"
AREAS = (HEAD_AND_NECK, SHOULDERS_AND_ARMS, CHEST_AND_TUMMY, BACK, HIPS_AND_LEGS)

# area, code, words, shape on the chart, comes in a pair
_DRAWN = (
    (HEAD_AND_NECK, "head_front", "Head and face", "head", False),
    (HEAD_AND_NECK, "head_back", "Back of head", "head-b", False),
    (HEAD_AND_NECK, "jaw", "Jaw", "jaw", False),
    (HEAD_AND_NECK, "neck_front", "Front of neck", "neck-f", False),
    (HEAD_AND_NECK, "neck_back", "Back of neck", "neck-b", False),
    (SHOULDERS_AND_ARMS, "shoulder_front", "shoulder (front)", "shoulder-f", True),
    (SHOULDERS_AND_ARMS, "shoulder_top", "shoulder (top)", "shoulder-b", True),
    (SHOULDERS_AND_ARMS, "upper_arm_front", "upper arm (front)", "uparm-f", True),
    (SHOULDERS_AND_ARMS, "upper_arm_back", "upper arm (back)", "uparm-b", True),
    (SHOULDERS_AND_ARMS, "elbow", "elbow", "elbow", True),
    (SHOULDERS_AND_ARMS, "forearm_front", "forearm (front)", "forearm-f", True),
    (SHOULDERS_AND_ARMS, "forearm_back", "forearm (back)", "forearm-b", True),
    (SHOULDERS_AND_ARMS, "hand", "wrist and hand", "hand", True),
    (CHEST_AND_TUMMY, "chest", "side of chest", "chest", True),
    (CHEST_AND_TUMMY, "tummy_upper", "Upper tummy", "tummy-u", False),
    (CHEST_AND_TUMMY, "tummy_lower", "Lower tummy", "tummy-l", False),
    (BACK, "shoulder_blade", "shoulder blade", "blade", True),
    (BACK, "spine_upper", "Between shoulder blades", "spine-u", False),
    (BACK, "back_middle", "Middle of back", "back-m", False),
    (BACK, "lower_back", "side of lower back", "back-l", True),
    (BACK, "sacrum", "Base of spine", "sacrum", False),
    (HIPS_AND_LEGS, "groin", "hip and groin", "groin", True),
    (HIPS_AND_LEGS, "buttock", "buttock", "buttock", True),
    (HIPS_AND_LEGS, "thigh_front", "thigh (front)", "thigh-f", True),
    (HIPS_AND_LEGS, "thigh_back", "thigh (back)", "thigh-b", True),
    (HIPS_AND_LEGS, "knee", "knee", "knee", True),
    (HIPS_AND_LEGS, "knee_back", "back of knee", "knee-b", True),
    (HIPS_AND_LEGS, "shin", "shin", "shin", True),
    (HIPS_AND_LEGS, "calf", "calf", "calf", True),
    (HIPS_AND_LEGS, "foot", "ankle and top of foot", "foot", True),
    (HIPS_AND_LEGS, "heel", "heel and sole", "heel", True),
)


def _both_sides() -> list[Region]:
    found = []
    for area, code, words, drawn, pair in _DRAWN:
        if pair:
            found.append(Region(f"left_{code}", f"Left {words}", area, drawn))
            found.append(Region(f"right_{code}", f"Right {words}", area, drawn))
        else:
            found.append(Region(code, words, area, drawn))
    return found


REGIONS: dict[str, Region] = {region.code: region for region in _both_sides()}

_ARM = (
    "shoulder_front",
    "shoulder_top",
    "upper_arm_front",
    "upper_arm_back",
    "elbow",
    "forearm_front",
    "forearm_back",
    "hand",
)
_LEG = ("thigh_front", "thigh_back", "knee", "knee_back", "shin", "calf", "foot", "heel")

# Where a part lies on the border of two wholes, both cover it: for safety, too much overlap
# is better than too little.
WHOLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "head": ("Head", ("head_front", "head_back", "jaw")),
    "neck": ("Neck", ("neck_front", "neck_back")),
    "chest": ("Chest", ("left_chest", "right_chest")),
    "belly": ("Tummy", ("tummy_upper", "tummy_lower")),
    "upper_back": (
        "Upper back",
        (
            "left_shoulder_top",
            "right_shoulder_top",
            "left_shoulder_blade",
            "right_shoulder_blade",
            "spine_upper",
            "back_middle",
        ),
    ),
    "lower_back": (
        "Lower back",
        ("back_middle", "left_lower_back", "right_lower_back", "sacrum"),
    ),
    "hips": (
        "Hips",
        ("left_groin", "right_groin", "left_buttock", "right_buttock", "sacrum"),
    ),
    "left_arm": ("Left arm and shoulder", tuple(f"left_{part}" for part in _ARM)),
    "right_arm": ("Right arm and shoulder", tuple(f"right_{part}" for part in _ARM)),
    "left_leg": ("Left leg", tuple(f"left_{part}" for part in _LEG)),
    "right_leg": ("Right leg", tuple(f"right_{part}" for part in _LEG)),
}


@cache
def parts(code: str) -> frozenset[str]:
    """The regions a code stands for; a region stands for itself. KeyError for an unknown code."""
    return frozenset(WHOLES[code][1]) if code in WHOLES else frozenset({REGIONS[code].code})


def words(code: str) -> str:
    return WHOLES[code][0] if code in WHOLES else REGIONS[code].words
