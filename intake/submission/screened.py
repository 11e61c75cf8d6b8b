"""A screening result as a practitioner reads it: its flags in order, its texts told as unread."""

from intake.questionnaire.shape import LANGUAGE
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


def with_texts_left_unread(result: dict, document: dict, language: str) -> dict:
    """Screening knows words of one language. What it found stays; every text asks for a reader.

    A word that two languages share would otherwise pass a whole text off as read.
    """
    if language == LANGUAGE:
        return result
    told = [each for each in result["read_yourself"] if each["why"] == "long"]
    more = [
        {"field": code, "text": text, "why": "language"}
        for code, text in document["free_text"].items()
    ]
    return result | {"read_yourself": [*told, *more]}
