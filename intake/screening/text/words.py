"""Words of a text as they are compared: without case, accents, plural and spelling variants."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

SMALL = frozenset({"a", "an", "the", "my", "your", "any", "very", "really", "quite"})
"""Words that make no difference inside a phrase."""

SENTENCE, QUESTION, DASH, COMMA, NOTHING = ".", "?", "-", ",", ""
ENDING = (SENTENCE, QUESTION)
_STRENGTH = {SENTENCE: 4, QUESTION: 3, DASH: 2, COMMA: 1, NOTHING: 0}
_CLASS = dict.fromkeys(".;!\n\r\u2022", SENTENCE) | dict.fromkeys(":()[]-\u2013\u2014=", DASH)
_CLASS |= {"?": QUESTION, ",": COMMA}

_LETTER = r"[\w\u0300-\u036f\u00ad\u200b-\u200d]"
_PART = re.compile(
    rf"(\d+(?:[.,]\d+)+|(?:[^\W\d]\.){{2,}}|{_LETTER}+(?:['\u2019`]{_LETTER}+)*)"
    r"|([.;!?\n\r\u2022,:()\[\]=\u2013\u2014]|(?<!\w)-|-(?!\w))"
)
_UNUSUAL = re.compile(r"ae|oe|our|[iy]z|[^a-z0-9]")

Forms = dict[str, tuple[str, str]]
"""Words in lower case with what `fold` and `singular` make of them, so as not to do it again."""


@dataclass
class Words:
    """Lists of equal length, one entry for each word that is not small."""

    text: str
    exact: list[str] = field(default_factory=list)
    stem: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    gap: list[str] = field(default_factory=list)
    """The strongest mark between the word before and this one."""
    sentence: list[int] = field(default_factory=list)
    own: set[int] = field(default_factory=set)
    """Places with "my" directly before."""
    queried: set[int] = field(default_factory=set)
    """Places of words a question mark belongs to, as in "?clot"."""
    last_gap: str = SENTENCE

    def __len__(self) -> int:
        return len(self.exact)

    def gap_after(self, place: int) -> str:
        """The mark after the word before `place`; the end of the text ends a sentence."""
        return self.gap[place] if place < len(self.gap) else self.last_gap

    @cached_property
    def is_shouted(self) -> bool:
        """All in capitals, so that capitals show nothing."""
        return self.text.isupper() and any(len(word) > 5 for word in self.exact)

    def bounds(self, number: int) -> tuple[int, int]:
        """First character of a sentence, and the one after its last."""
        first, after = bisect_left(self.sentence, number), bisect_right(self.sentence, number)
        return _with_marks(self.text, self.start[first], self.end[after - 1])


def words_of(text: str, known: Forms | None = None) -> Words:
    known = known or {}
    words = Words(text)
    gap, is_own, is_asked, sentence = NOTHING, False, False, 0
    for part in _PART.finditer(text.replace("_", " ")):
        raw, mark = part.groups()
        if raw is None:
            if mark == "?" and text[part.end() : part.end() + 1].isalnum():
                is_asked = True
            elif _STRENGTH[_CLASS[mark]] > _STRENGTH[gap]:
                gap = _CLASS[mark]
            continue
        lower = raw.lower()
        exact, stem = known.get(lower) or forms_of(lower)
        if exact in SMALL or not exact:
            is_own = exact == "my"
            continue
        place = len(words.exact)
        if place and gap in ENDING:
            sentence += 1
        if is_own:
            words.own.add(place)
        if is_asked:
            words.queried.add(place)
        start, end = part.span()
        words.exact.append(exact)
        words.stem.append(stem)
        words.start.append(start)
        words.end.append(end)
        words.gap.append(gap)
        words.sentence.append(sentence)
        gap, is_own, is_asked = NOTHING, False, False
    words.last_gap = gap or SENTENCE
    return words


@lru_cache(maxsize=20_000)
def forms_of(lower: str) -> tuple[str, str]:
    exact = fold(lower)
    return exact, singular(exact)


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
