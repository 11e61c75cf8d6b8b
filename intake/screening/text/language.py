"""Whether a text is one that screening cannot be relied on to have understood."""

from intake.screening.text.lexicon import Lexicon
from intake.screening.text.words import Words

LONGEST_NOTE = 2_000
FEWEST_WORDS = 12
"""Without a single everyday English word, a text of so many is not taken for English."""
LEAST_FOREIGN = 2
LAST_LATIN = "\u024f"


def is_empty_answer(words: Words, lexicon: Lexicon) -> bool:
    """Says only that there is nothing to say, such as "none", "n/a" or a dash."""
    if not len(words):
        return words.text.isascii()
    return " ".join(words.exact) in lexicon.everyday["empty"]


def is_other_language(words: Words, lexicon: Lexicon, has_match: bool) -> bool:
    """Everyday words of other languages outweigh the English ones, or letters are not Latin."""
    if not words.text.isascii():
        letters = [letter for letter in words.text if letter.isalpha()]
        if 2 * sum(letter > LAST_LATIN for letter in letters) > len(letters):
            return True
    foreign = sum(map(lexicon.everyday["other_language"].__contains__, words.exact))
    is_short = has_match or len(words) < FEWEST_WORDS
    if foreign < LEAST_FOREIGN and is_short:
        return False
    english = sum(map(lexicon.everyday["english"].__contains__, words.exact))
    return LEAST_FOREIGN <= foreign > english or not (english or is_short)
