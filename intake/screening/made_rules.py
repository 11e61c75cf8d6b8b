"""Rules made from hazards, and from combinations that raise a code of their own."""

from collections.abc import Iterable

from intake.screening.combinations.rows import Combination
from intake.screening.levels import BY_CODE
from intake.screening.rows import Hazard, Rule


def rule_of_hazard(hazard: Hazard) -> Rule:
    return Rule(
        code=hazard.code,
        kind="region",
        group="Where they want treatment",
        priority=1,
        ask_by=("REG",),
        manner="",
        question=hazard.title,
        levels=("none",) * 4,
        local=hazard.levels,
        urgency="",
        message="",
        advice=f"Needles: {hazard.needling} Massage: {hazard.massage_advice}",
        sources=hazard.sources,
        default=hazard.default,
    )


def rules_of_combinations(rows: Iterable[Combination], known: set[str]) -> list[Rule]:
    """One rule for each code outside `known`; a code may be raised in several ways."""
    own: dict[str, list[Combination]] = {}
    for row in rows:
        if row.code not in known:
            own.setdefault(row.code, []).append(row)
    return [_rule(several) for several in own.values()]


def _rule(rows: list[Combination]) -> Rule:
    """All rows of a code say the same about it, but for the levels."""
    first = rows[0]
    return Rule(
        code=first.code,
        kind="combination",
        group=first.concern,
        priority=1,
        ask_by=("engine",),
        manner="",
        question=first.title,
        levels=_highest(row.levels for row in rows),
        local=_highest(row.local for row in rows),
        urgency=first.urgency,
        message=first.message,
        advice=first.advice,
        sources=first.sources,
        default=first.default,
    )


def _highest(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    columns = zip(*several, strict=False)
    return tuple(
        max(column, key=lambda level: BY_CODE.get(level or "none", -1)) for column in columns
    )
