"""What changes for one document when it is screened with other rules."""

from dataclasses import dataclass

from intake.screening.levels import BY_CODE, MODALITIES, Level


@dataclass(frozen=True)
class LevelChange:
    modality: str
    """With "affected area" behind it for a local level of a flag."""
    before: Level
    now: Level
    change: str
    """"lowered", "same" or "raised"."""


@dataclass(frozen=True)
class FlagChange:
    code: str
    before: Level | None
    """The highest level anywhere; None when the flag is not raised."""
    now: Level | None
    change: str
    """"lost", "lowered", "same", "raised" or "added"."""
    levels: tuple[LevelChange, ...] = ()
    """Those that differ, in a flag both versions raise."""


@dataclass(frozen=True)
class ResultChange:
    levels: tuple[LevelChange, ...]
    flags: tuple[FlagChange, ...]
    suggestion: tuple[str, str]
    urgency: tuple[str, str]
    message: tuple[str, str]

    @property
    def is_lowered(self) -> bool:
        return any(level.change == "lowered" for level in self.levels)

    @property
    def is_raised(self) -> bool:
        return any(level.change == "raised" for level in self.levels)

    @property
    def has_other_suggestion(self) -> bool:
        return self.suggestion[0] != self.suggestion[1]

    def codes(self, change: str) -> list[str]:
        return [flag.code for flag in self.flags if flag.change == change]


WEIGHED = (*MODALITIES, *(f"{modality}, affected area" for modality in MODALITIES))
ORDER = ("lost", "lowered", "raised", "added", "same")


def compare(before: dict, now: dict) -> ResultChange:
    """Two results of the engine for the same document; what was lost or lowered comes first."""
    flags = {flag["code"]: flag for flag in now["flags"]}
    earlier = {flag["code"]: flag for flag in before["flags"]}
    changes = [_flag(code, earlier.get(code), flags.get(code)) for code in {**earlier, **flags}]
    return ResultChange(
        levels=tuple(_level(name, before["levels"], now["levels"]) for name in MODALITIES),
        flags=tuple(sorted(changes, key=lambda flag: (ORDER.index(flag.change), flag.code))),
        suggestion=(before["suggestion"], now["suggestion"]),
        urgency=(before["urgency"] or "", now["urgency"] or ""),
        message=(before["message"] or "", now["message"] or ""),
    )


def _level(modality: str, before: dict[str, str], now: dict[str, str]) -> LevelChange:
    return _change(modality, BY_CODE[before[modality]], BY_CODE[now[modality]])


def _change(name: str, old: Level, new: Level) -> LevelChange:
    return LevelChange(name, old, new, _direction(old > new, new > old))


def _flag(code: str, old: dict | None, new: dict | None) -> FlagChange:
    if old is None or new is None:
        change = "added" if old is None else "lost"
        return FlagChange(code, _highest(old), _highest(new), change)
    before, now = _weights(old), _weights(new)
    all_levels = map(_change, WEIGHED, before, now)
    levels = tuple(level for level in all_levels if level.change != "same")
    directions = {level.change for level in levels}
    change = _direction("lowered" in directions, "raised" in directions)
    return FlagChange(code, max(before), max(now), change, levels)


def _direction(fell: bool, rose: bool) -> str:
    if fell:
        return "lowered"
    return "raised" if rose else "same"


def _highest(flag: dict | None) -> Level | None:
    return None if flag is None else max(_weights(flag))


def _weights(flag: dict) -> list[Level]:
    """General and local levels, in the order of the modalities."""
    local = flag["local"]
    general = [BY_CODE[flag["levels"][modality]] for modality in MODALITIES]
    return general + [
        BY_CODE[local[modality]["level"]] if modality in local else Level.NONE
        for modality in MODALITIES
    ]
