"""The texts that come with the project in further languages: a folder each, one file per part."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

from intake.questionnaire import source
from intake.questionnaire.addresses import Texts

PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s|%[sd]")


def languages() -> list[str]:
    """Codes of the languages there are files for, without the original."""
    return sorted(each.name for each in source.FOLDER.iterdir() if each.is_dir())


def read(language: str) -> list[tuple[str, str]]:
    """(address, text) of every file; nothing for a language without files."""
    if language not in languages():
        return []
    found: list[tuple[str, str]] = []
    for path in sorted((source.FOLDER / language).glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8")).items()
    return found


def problems(lines: list[tuple[str, str]], originals: Texts) -> Iterator[str]:
    """What keeps these texts from being a translation of the originals, in words."""
    said = dict(lines)
    for address, times in Counter(address for address, _ in lines).items():
        if times > 1:
            yield f"{address} is there twice"
    for address in said.keys() - originals.keys():
        yield f"{address} is not a text of these questions"
    for address, original in originals.items():
        text = said.get(address)
        if not isinstance(text, str) or not text.strip():
            yield f"{address} has no translation"
        elif placeholders(text) != placeholders(original):
            yield f"{address} does not have the placeholders of the original"


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))
