"""A screening result as a practitioner reads it: its flags in order, its texts told as unread."""

from collections.abc import Iterable

from intake.questionnaire.shape import LANGUAGE
from intake.screening.weight import rank


def ranked_flags(result: dict, wanted: Iterable[str]) -> list[tuple[int, dict]]:
    """(rank 0 to 5, flag), highest first. wanted: the therapies the form asks for."""
    ranked = [(int(rank(flag, wanted)), flag) for flag in result["flags"]]
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1]["code"]))


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
