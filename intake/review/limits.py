"""What travels with a cleared therapy to every visit: changes to tick, techniques, depth, places.

Only limits are written down, never permissions: what two people wrote can be read together, and
the stricter of them holds.
"""

from dataclasses import dataclass

from django import forms

from intake.screening.levels import BY_CODE, Level
from intake.submission.models import Flag

CHANGES = {
    "acupuncture": {
        "few": "Few needles",
        "shallow": "Shallow needling",
        "lying": "Lying down only",
        "side": "Lying on the side",
        "someone": "A second person in the room",
    },
    "massage": {
        "oil_free": "No oils or creams",
        "side": "Lying on the side",
        "seated": "Seated only",
        "slow": "Getting up slowly, with time to rest",
        "someone": "A second person in the room",
    },
}


BLEEDING_OR_SKIN = frozenset(
    [
        *("anticoagulant_use", "anticoagulant_unstable", "antiplatelet_dual", "bleeding_disorder"),
        *("low_platelets", "low_platelets_severe", "easy_bruising"),
        *("medicine_anticoag_vka", "medicine_anticoag_doac", "medicine_anticoag_heparin"),
        *("medicine_clotting_factor", "medicine_platelet_agent", "medicine_targeted_bleed"),
        *("fragile_skin", "skin_infection"),
    ]
)
"""Findings with which nobody is cupped, whatever they weigh: blood thinners, bleeding, few
platelets, skin that is thin or broken (the project's own default, for a clinician to sign)."""


@dataclass(frozen=True)
class Technique:
    words: str
    ways: tuple[str, ...]
    """Whose levels in a finding count for it; the stricter holds."""
    never_with: frozenset[str] = frozenset()
    """Codes of findings that hold it back whatever they weigh."""


TECHNIQUES = {
    "electro": Technique("Electroacupuncture", ("electroacupuncture",)),
    "heat": Technique("Heat", ("heat",)),
    "cupping": Technique("Cupping", ("acupuncture", "massage"), BLEEDING_OR_SKIN),
    "studs": Technique("Ear studs", ("acupuncture",)),
}
DEPTHS = {"light": "Light pressure", "moderate": "Moderate pressure", "deep": "Up to deep pressure"}


def stop_on(technique: Technique, flags: list[Flag]) -> list[Flag]:
    """Findings that hold this technique back, whatever they say about the therapy itself."""
    return [
        flag
        for flag in flags
        if flag.code in technique.never_with
        or any(_is_heavy(flag.details["levels"].get(way)) for way in technique.ways)
    ]


def stop_in_places(technique: Technique, flags: list[Flag]) -> list[Flag]:
    """Findings that hold it back in one place: it is allowed elsewhere, and the place is named."""
    return [
        flag
        for flag in flags
        if any(
            _is_heavy(flag.details.get("local", {}).get(way, {}).get("level"))
            for way in technique.ways
        )
    ]


def _is_heavy(level: str | None) -> bool:
    return BY_CODE[level or "none"] >= Level.CONSULT_FIRST


def fields(therapy: str) -> dict[str, forms.Field]:
    """The name of each without its therapy -> the field."""
    found: dict[str, forms.Field] = {
        "changes": _ticks("Changes that are often needed", CHANGES[therapy]),
    }
    if therapy == "acupuncture":
        allowed = {code: each.words for code, each in TECHNIQUES.items()}
        found["techniques"] = _ticks("Besides needling by hand, allow", allowed)
    else:
        found["depth"] = forms.ChoiceField(
            label="How deep", choices=[("", "Not said"), *DEPTHS.items()], required=False
        )
    found["only_here"] = forms.CharField(
        label="Places to treat, if only some", max_length=500, required=False
    )
    found["not_here"] = forms.CharField(label="Places to leave out", max_length=500, required=False)
    found["minutes"] = forms.IntegerField(
        label="At most (minutes)", min_value=5, max_value=180, required=False
    )
    return found


def _ticks(label: str, choices: dict[str, str]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def lines(therapy: str, said: dict[str, object]) -> list[str]:
    """What was ticked and written, as lines for the visit. said: name of the field -> its value."""
    found = [CHANGES[therapy][code] for code in said.get("changes") or []]
    if depth := said.get("depth"):
        found.append(DEPTHS[depth])
    if places := said.get("only_here"):
        found.append(f"Treat only: {places}")
    if places := said.get("not_here"):
        found.append(f"Leave out: {places}")
    if minutes := said.get("minutes"):
        found.append(f"At most {minutes} minutes")
    if therapy == "acupuncture":
        allowed = said.get("techniques") or []
        found += [f"No {t.words.lower()}" for code, t in TECHNIQUES.items() if code not in allowed]
    return found
