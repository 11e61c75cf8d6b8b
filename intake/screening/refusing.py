"""What every check of a rule set uses."""

from intake.screening.levels import BY_CODE, MODALITIES


class BadRules(ValueError):
    """The rules do not fit together; the sentence says where."""


def check_levels(code: str, levels: tuple | list, lengths: tuple[int, ...]) -> None:
    if len(levels) not in lengths:
        raise BadRules(f"{code} needs one level for each of {', '.join(MODALITIES)}")
    refuse(set(levels) - set(BY_CODE), f"is not a level ({code})")


def refuse_twice(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        refuse({name} & seen, "is there twice")
        seen.add(name)


def refuse(found: set[str], what: str) -> None:
    if found:
        raise BadRules(f"{min(found)} {what}")
