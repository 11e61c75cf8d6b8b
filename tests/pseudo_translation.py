"""A made-up translation of everything: the same texts with accents, so that none is English."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.questionnaire import emergency, source
from intake.questionnaire.addresses import texts
from intake.questionnaire.emergency import check_texts
from intake.questionnaire.models import QuestionSet, Translation
from intake.questionnaire.outline import outline
from intake.questionnaire.translating import load_translation, mark_checked

ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


def accented(text: str) -> str:
    """Placeholders keep their name, so that only words change."""
    parts = re.split(r"(\{\w*\})", text)
    return "".join(p if p.startswith("{") else p.translate(ACCENTS) for p in parts)


def all_texts(question_set: QuestionSet) -> dict[str, str]:
    return texts(outline(question_set.pk)) | check_texts()


def load_pseudo(question_set: QuestionSet, write: Callable[[dict], None]) -> Translation:
    write({address: accented(text) for address, text in all_texts(question_set).items()})
    return load_translation(question_set=question_set, language="es")


def check_all(translation: Translation, by) -> None:
    addresses = translation.texts.values_list("address", flat=True)
    mark_checked(translation=translation, addresses=list(addresses), by=by)


@pytest.fixture
def write_spanish(tmp_path, monkeypatch) -> Iterator[Callable[[dict[str, str]], None]]:
    """Puts these Spanish texts in the place of those that come with the project."""
    folder = tmp_path / "default"
    folder.mkdir()
    for path in source.FOLDER.glob("*.toml"):
        shutil.copy(path, folder)
    (folder / "es").mkdir()
    monkeypatch.setattr(source, "FOLDER", folder)
    _forget()
    yield lambda words: _write(folder / "es", words)
    monkeypatch.undo()
    _forget()


def _write(folder: Path, words: dict[str, str]) -> None:
    urgent = {key: text for key, text in words.items() if key.startswith(("message.", "check."))}
    rest = {key: text for key, text in words.items() if key not in urgent}
    for name, some in (("emergency", urgent), ("about_you", rest)):
        lines = (f"{json.dumps(key)} = {json.dumps(text)}\n" for key, text in some.items())
        (folder / f"{name}.toml").write_text("".join(lines), encoding="utf-8")
    _forget()


def _forget() -> None:
    emergency.messages.cache_clear()
    emergency.short_check.cache_clear()
