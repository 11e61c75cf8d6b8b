"""Every text of the patient's side is there in every language of the site, and says the same."""

import gettext
import re
from pathlib import Path

import pytest
from catalogue import ROOT, Said, Text, entries, texts_in_source
from django.conf import settings
from django.utils.translation import ngettext, override

LOCALE = ROOT / "clinic/locale"
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
LONGEST = 25
PLACES = r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>"
HOW = "manage.py makemessages, then compilemessages: see docs/decisions/0008-languages.md"


def files(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES"


def said(language: str) -> dict[Text, Said]:
    return entries(files(language) / "django.po")


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


def test_there_is_a_further_language():
    assert sorted(path.name for path in LOCALE.iterdir()) == LANGUAGES


def test_holds_every_text_of_the_source_and_no_other(language):
    there, wanted = said(language), texts_in_source()

    assert len(wanted) > 400
    assert sorted(wanted.keys() - there.keys()) == [], HOW
    assert sorted(there.keys() - wanted.keys()) == [], HOW
    assert {key for key in wanted if there[key].plural != wanted[key]} == set()


def test_leaves_no_text_without_words_and_none_in_doubt(language):
    unsaid = [key for key, each in said(language).items() if each.is_fuzzy or not all_of(each)]

    assert unsaid == []


def all_of(each: Said) -> bool:
    return len(each.translations) == (2 if each.plural else 1) and all(each.translations)


def test_keeps_what_is_filled_in_and_the_blanks_around(language):
    other = [
        (original, words)
        for (_, text), each in said(language).items()
        for original, words in pairs(text, each)
        if places(original, each) != places(words, each) or edges(original) != edges(words)
    ]

    assert other == []


def pairs(text: str, each: Said) -> list[tuple[str, str]]:
    originals = [text, each.plural] if each.plural else [text]
    return list(zip(originals, each.translations, strict=True))


def places(text: str, each: Said) -> list[str]:
    """What is filled in, and marks of the page; how many there are of one may be a word."""
    found = sorted(re.findall(PLACES, re.sub(r'(href="[^"#]*)#\w+', r"\1", text)))
    return [place for place in found if not (each.plural and place in COUNTS)]


COUNTS = {"%(n)s", "%(number)s"}


def edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def test_is_compiled_as_it_is_written(language):
    with (files(language) / "django.mo").open("rb") as compiled:
        read = gettext.GNUTranslations(compiled)._catalog
    written: dict[object, str] = {}
    for (context, text), each in said(language).items():
        key = f"{context}\x04{text}" if context else text
        for number, words in enumerate(each.translations):
            written[(key, number) if each.plural else key] = words

    assert {key: words for key, words in read.items() if key != ""} == written, HOW


def test_says_no_sentence_that_is_too_long(language):
    sentences = (
        sentence
        for each in said(language).values()
        for words in each.translations
        for sentence in re.split(r"(?<=[.!?])\s+", re.sub(r"<[^>]+>", "", words))
    )

    assert [one for one in sentences if len(re.findall(r"[\w’'-]+", one)) > LONGEST] == []


def test_counts_one_and_many():
    with override("es"):
        phrases = [ngettext("%(n)s new message", "%(n)s new messages", n) for n in (1, 2, 0)]

    assert [phrase % {"n": 3} for phrase in phrases] == [
        "3 mensaje nuevo",
        "3 mensajes nuevos",
        "3 mensajes nuevos",
    ]
