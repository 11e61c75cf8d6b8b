"""Words of a text as they are compared: without case, accents, plural and spelling variants."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

SMALL = frozenset({"a", "an", "the", "my", "your", "any", "very", "really", "quite"})
"""Words that make no difference inside a phrase."""

SENTENCE, QUESTION, DASH, COMMA, NOTHING = ".", "?", "-", ",", ""
_STRENGTH = {SENTENCE: 4, QUESTION: 3, DASH: 2, COMMA: 1, NOTHING: 0}
_CLASS = dict.fromkeys(".;!\n\r\u2022", SENTENCE) | dict.fromkeys(":()[]-\u2013\u2014=", DASH)
_CLASS |= {"?": QUESTION, ",": COMMA}

_LETTER = r"[\w\u0300-\u036f\u00ad\u200b-\u200d]"
_PART = re.compile(
    rf"(\d+(?:[.,]\d+)+|(?:[^\W\d]\.){{2,}}|{_LETTER}+(?:['\u2019`]{_LETTER}+)*)"
    r"|([.;!?\n\r\u2022,:()\[\]=\u2013\u2014]|(?:(?<=\s)|^)-+|-+(?=\s|$))"
)
_UNUSUAL = re.compile(r"ae|oe|our|[iy]z|[^a-z0-9]")


@dataclass
class Words:
    """Lists of equal length, one entry for each word that is not small."""

    text: str
    raw: list[str] = field(default_factory=list)
    exact: list[str] = field(default_factory=list)
    stem: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    gap: list[str] = field(default_factory=list)
    """The strongest mark between the word before and this one."""
    own: list[bool] = field(default_factory=list)
    """Whether "my" stands directly before."""
    queried: list[bool] = field(default_factory=list)
    """Whether a question mark belongs to the word, as in "?clot"."""
    sentence: list[int] = field(default_factory=list)
    last_gap: str = SENTENCE

    def __len__(self) -> int:
        return len(self.raw)

    def gap_after(self, place: int) -> str:
        """The mark after the word before `place`; the end of the text ends a sentence."""
        return self.gap[place] if place < len(self.gap) else self.last_gap

    @cached_property
    def is_shouted(self) -> bool:
        """All in capitals, so that capitals show nothing."""
        return self.text.isupper() and any(len(word) > 5 for word in self.raw)

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """First character of each sentence, and the one after its last."""
        firsts: dict[int, int] = {}
        lasts: dict[int, int] = {}
        for place, number in enumerate(self.sentence):
            firsts.setdefault(number, self.start[place])
            lasts[number] = self.end[place]
        return [_with_marks(self.text, firsts[number], lasts[number]) for number in firsts]


def words_of(text: str) -> Words:
    words = Words(text)
    gap, is_own, sentence = NOTHING, False, 0
    for part in _PART.finditer(text.replace("_", " ")):
        raw = part[1]
        if raw is None:
            mark = part[2][0]
            asked = mark == "?" and text[part.end() : part.end() + 1].isalnum()
            kind = NOTHING if asked else _CLASS[mark]
            gap = max(gap, kind, key=_STRENGTH.__getitem__)
            continue
        exact = fold(raw)
        if exact in SMALL or not exact:
            is_own = exact == "my"
            continue
        if gap in (SENTENCE, QUESTION) and words.raw:
            sentence += 1
        start = part.start()
        words.raw.append(raw)
        words.exact.append(exact)
        words.stem.append(singular(exact))
        words.start.append(start)
        words.end.append(part.end())
        words.gap.append(gap)
        words.own.append(is_own)
        words.queried.append(text[max(0, start - 2) : start].rstrip().endswith("?") and gap != "?")
        words.sentence.append(sentence)
        gap, is_own = NOTHING, False
    words.last_gap = gap or SENTENCE
    return words


def fold(word: str) -> str:
    """A word without case, accents and apostrophes, in one spelling of British and American."""
    folded = word.lower()
    if not _UNUSUAL.search(folded):
        return folded
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    folded = "".join(filter(str.isalnum, folded))
    folded = folded.replace("ae", "e").replace("oe", "e").replace("iz", "is").replace("yz", "ys")
    return folded.replace("our", "or") if len(folded) > 5 else folded


def singular(word: str) -> str:
    if len(word) < 4 or word[-1] != "s" or word[-2:] in ("ss", "us", "is"):
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


def _with_marks(text: str, first: int, last: int) -> tuple[int, int]:
    """The sentence with the small words and marks around it."""
    while first and text[first - 1] not in ".;!?\n\r":
        first -= 1
    while last < len(text) and text[last] not in "\n\r" and text[last - 1] not in ".;!?":
        last += 1
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last
