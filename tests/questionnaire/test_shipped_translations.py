"""The translations that come with the project: complete, short enough, and the same numbers."""

import re

import pytest

from intake.questionnaire import source
from intake.questionnaire.addresses import texts
from intake.questionnaire.emergency import check_texts
from intake.questionnaire.translation_files import languages, problems, read

LONGEST = 25
REASONS: dict[str, str] = {}
"""Address -> why a longer sentence stays whole there."""
OTHER_NUMBERS: dict[str, str] = {}
"""Address -> why its figures are not those of the original."""


@pytest.fixture
def originals(whole) -> dict[str, str]:
    return texts(whole) | check_texts()


def longest_sentence(text: str) -> int:
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return max(len(re.findall(r"[\w’'-]+", sentence)) for sentence in sentences)


def figures(text: str) -> list[str]:
    """Numbers as they are written, thousands joined whatever parts them."""
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[.,\s](?=\d{3}\b)", "", text)))


@pytest.mark.parametrize("language", languages())
class TestEachLanguage:
    def test_has_every_text_and_no_other(self, language, originals):
        assert list(problems(read(language), originals)) == []

    def test_has_one_file_for_each_of_the_original(self, language):
        names = {path.name for path in source.FOLDER.glob("*.toml")}

        assert {path.name for path in (source.FOLDER / language).iterdir()} == names

    def test_has_no_sentence_that_is_too_long(self, language, originals):
        """An original that is longer for a good reason may be as much longer as it is."""
        long = {
            address: longest_sentence(text)
            for address, text in read(language)
            if longest_sentence(text) > LONGEST and longest_sentence(originals[address]) <= LONGEST
        }

        assert {address: n for address, n in long.items() if address not in REASONS} == {}

    def test_has_the_figures_of_the_original(self, language, originals):
        other = [
            address
            for address, text in read(language)
            if figures(text) != figures(originals[address])
        ]

        assert [address for address in other if address not in OTHER_NUMBERS] == []

    def test_leaves_nothing_in_english(self, language, originals):
        same = [a for a, text in read(language) if text == originals[a] and len(text) > LONGEST]

        assert same == []


@pytest.mark.parametrize("address", [*REASONS, *OTHER_NUMBERS])
def test_each_exception_is_still_needed(address, originals):
    assert address in originals


def test_figures_are_found_however_thousands_are_parted():
    assert figures("1 in 10 000, or 1 in 4 000") == figures("1 de cada 10.000, o 1 de cada 4.000")
    assert figures("in 15 minutes") != figures("en 50 minutos")
