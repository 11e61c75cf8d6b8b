"""The 52 regions of the body chart and the wholes that cover them, in words.

Codes are stored in answers and read by screening: they never change. Left and right are the
patient's own.
"""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Region:
    code: str
    words: Promise
    area: Promise
    drawn: str
    """Id of its shape on the body chart; pairs share one."""


HEAD_AND_NECK = _("Head and neck")
SHOULDERS_AND_ARMS = _("Shoulders and arms")
CHEST_AND_TUMMY = _("Chest and tummy")
BACK = pgettext_lazy("of the body", "Back")
HIPS_AND_LEGS = _("Hips and legs")
AREAS = (HEAD_AND_NECK, SHOULDERS_AND_ARMS, CHEST_AND_TUMMY, BACK, HIPS_AND_LEGS)

# area, code, words, shape on the chart; of a pair the words of its left and its right
_DRAWN = (
    (HEAD_AND_NECK, "head_front", _("Head and face"), "head"),
    (HEAD_AND_NECK, "head_back", _("Back of head"), "head-b"),
    (HEAD_AND_NECK, "jaw", _("Jaw"), "jaw"),
    (HEAD_AND_NECK, "neck_front", _("Front of neck"), "neck-f"),
    (HEAD_AND_NECK, "neck_back", _("Back of neck"), "neck-b"),
    (
        SHOULDERS_AND_ARMS,
        "shoulder_front",
        (_("Left shoulder (front)"), _("Right shoulder (front)")),
        "shoulder-f",
    ),
    (
        SHOULDERS_AND_ARMS,
        "shoulder_top",
        (_("Left shoulder (top)"), _("Right shoulder (top)")),
        "shoulder-b",
    ),
    (
        SHOULDERS_AND_ARMS,
        "upper_arm_front",
        (_("Left upper arm (front)"), _("Right upper arm (front)")),
        "uparm-f",
    ),
    (
        SHOULDERS_AND_ARMS,
        "upper_arm_back",
        (_("Left upper arm (back)"), _("Right upper arm (back)")),
        "uparm-b",
    ),
    (SHOULDERS_AND_ARMS, "elbow", (_("Left elbow"), _("Right elbow")), "elbow"),
    (
        SHOULDERS_AND_ARMS,
        "forearm_front",
        (_("Left forearm (front)"), _("Right forearm (front)")),
        "forearm-f",
    ),
    (
        SHOULDERS_AND_ARMS,
        "forearm_back",
        (_("Left forearm (back)"), _("Right forearm (back)")),
        "forearm-b",
    ),
    (SHOULDERS_AND_ARMS, "hand", (_("Left wrist and hand"), _("Right wrist and hand")), "hand"),
    (CHEST_AND_TUMMY, "chest", (_("Left side of chest"), _("Right side of chest")), "chest"),
    (CHEST_AND_TUMMY, "tummy_upper", _("Upper tummy"), "tummy-u"),
    (CHEST_AND_TUMMY, "tummy_lower", _("Lower tummy"), "tummy-l"),
    (BACK, "shoulder_blade", (_("Left shoulder blade"), _("Right shoulder blade")), "blade"),
    (BACK, "spine_upper", _("Between shoulder blades"), "spine-u"),
    (BACK, "back_middle", _("Middle of back"), "back-m"),
    (BACK, "lower_back", (_("Left side of lower back"), _("Right side of lower back")), "back-l"),
    (BACK, "sacrum", _("Base of spine"), "sacrum"),
    (HIPS_AND_LEGS, "groin", (_("Left hip and groin"), _("Right hip and groin")), "groin"),
    (HIPS_AND_LEGS, "buttock", (_("Left buttock"), _("Right buttock")), "buttock"),
    (HIPS_AND_LEGS, "thigh_front", (_("Left thigh (front)"), _("Right thigh (front)")), "thigh-f"),
    (HIPS_AND_LEGS, "thigh_back", (_("Left thigh (back)"), _("Right thigh (back)")), "thigh-b"),
    (HIPS_AND_LEGS, "knee", (_("Left knee"), _("Right knee")), "knee"),
    (HIPS_AND_LEGS, "knee_back", (_("Left back of knee"), _("Right back of knee")), "knee-b"),
    (HIPS_AND_LEGS, "shin", (_("Left shin"), _("Right shin")), "shin"),
    (HIPS_AND_LEGS, "calf", (_("Left calf"), _("Right calf")), "calf"),
    (
        HIPS_AND_LEGS,
        "foot",
        (_("Left ankle and top of foot"), _("Right ankle and top of foot")),
        "foot",
    ),
    (HIPS_AND_LEGS, "heel", (_("Left heel and sole"), _("Right heel and sole")), "heel"),
)


def _both_sides() -> list[Region]:
    found = []
    for area, code, words, drawn in _DRAWN:
        if isinstance(words, tuple):
            found.append(Region(f"left_{code}", words[0], area, drawn))
            found.append(Region(f"right_{code}", words[1], area, drawn))
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
WHOLES: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "head": (_("Head"), ("head_front", "head_back", "jaw")),
    "neck": (_("Neck"), ("neck_front", "neck_back")),
    "chest": (_("Chest"), ("left_chest", "right_chest")),
    "belly": (_("Tummy"), ("tummy_upper", "tummy_lower")),
    "upper_back": (
        _("Upper back"),
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
        _("Lower back"),
        ("back_middle", "left_lower_back", "right_lower_back", "sacrum"),
    ),
    "hips": (
        _("Hips"),
        ("left_groin", "right_groin", "left_buttock", "right_buttock", "sacrum"),
    ),
    "left_arm": (_("Left arm and shoulder"), tuple(f"left_{part}" for part in _ARM)),
    "right_arm": (_("Right arm and shoulder"), tuple(f"right_{part}" for part in _ARM)),
    "left_leg": (_("Left leg"), tuple(f"left_{part}" for part in _LEG)),
    "right_leg": (_("Right leg"), tuple(f"right_{part}" for part in _LEG)),
}


@cache
def parts(code: str) -> frozenset[str]:
    """The regions a code stands for; a region stands for itself. KeyError for an unknown code."""
    return frozenset(WHOLES[code][1]) if code in WHOLES else frozenset({REGIONS[code].code})


def words(code: str) -> str:
    return str(WHOLES[code][0] if code in WHOLES else REGIONS[code].words)
