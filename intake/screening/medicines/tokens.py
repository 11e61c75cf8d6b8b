"""The words of what somebody typed, whatever its case, accents, hyphens or apostrophes."""

import re
import unicodedata

AND = "and"
"""Stands for everything that parts one medicine from the next: a comma, a plus, "with"."""

_TOKEN = re.compile(
    r"[^\W\d_]+|\d+|[,;+&/|\n\r]|(?<=[^\W\d_]{3})[.!?](?=\s|$)|(?<=\s)[-\u2013\u2014]+(?=\s)"
)
_MARK = re.compile(r"\s*\([^)]*\)")
_DROPPED = dict.fromkeys(map(ord, "'\u2019\u2018\u02bc\u00b4`\u00ae\u2122\u2120\u00a9\u00ad"))
_DROPPED |= dict.fromkeys([0x200B, 0x200C, 0x200D, 0xFEFF])


def tokens(text: str) -> list[str]:
    """The words and numbers of a text in plain small letters; AND for each parting sign."""
    plain = text.translate(_DROPPED)
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(each for each in letters if not unicodedata.combining(each))
    return [each if each[0].isalnum() else AND for each in _TOKEN.findall(plain.casefold())]


def without_mark(name: str) -> str:
    return _MARK.sub("", name)


def together(name: str) -> str:
    """Its words in one, so that "Nu-Seals", "nu seals" and "nuseals" are the same."""
    return "".join(tokens(name))
