"""The flags of a screening result in the order a practitioner reads them."""

from intake.screening.levels import BY_CODE, Level
from intake.screening.rows import is_advice


def ranked_flags(result: dict) -> list[tuple[int, dict]]:
    """(rank 0 to 5, flag), highest first; a local level counts for the order too."""
    ranked = [(_rank(flag), flag) for flag in result["flags"]]
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1]["code"]))


def _rank(flag: dict) -> int:
    if is_advice(flag["code"]):
        return int(Level.NOTE)
    levels = list(flag["levels"].values())
    levels += [local["level"] for local in flag.get("local", {}).values()]
    return max((int(BY_CODE[level]) for level in levels), default=0)
