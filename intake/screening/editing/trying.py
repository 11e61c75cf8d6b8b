"""Screening a made-up document with two versions of the rules, beside each other."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intake.screening.editing.result_comparison import LevelChange, ResultChange, compare
from intake.screening.editing.rule_words import level_words
from intake.screening.engine import screen
from intake.screening.levels import Level
from intake.screening.reading_files import BadInput, one_line, read_documents
from intake.screening.rule_set import RuleSetData

SAMPLES = Path(__file__).parent / "samples.json"
DAY = "2026-11-24"
MOST = 20


@dataclass(frozen=True)
class Line:
    label: str
    before: str
    now: str
    change: str
    """"lost", "lowered", "raised", "added" or "same"."""
    code: str = ""
    more: str = ""
    """Which levels differ, where the highest does not tell."""


@dataclass(frozen=True)
class Tried:
    title: str
    change: ResultChange
    levels: tuple[Line, ...]
    lines: tuple[Line, ...]
    flags: tuple[Line, ...]


@cache
def samples() -> dict[str, dict]:
    return json.loads(SAMPLES.read_text(encoding="utf-8"))


def sample_document(name: str, rules: RuleSetData) -> dict:
    """The invented person; what is not said in the sample was answered no."""
    sample = samples()[name]
    said = sample["document"]
    known = {rule.code for rule in rules.answered}
    answers = {} if sample.get("only") else {code: "no" for code in sorted(known)}
    answers |= {code: value for code, value in said["answers"].items()
                if code in known or not isinstance(value, str)}  # fmt: skip
    if not sample.get("only"):
        answers = {"touch_boundaries": [], "pregnancy": {"answer": "no"}} | answers
    return {"id": name, "on": DAY, **said, "answers": answers}


def try_text(text: str, *, now: RuleSetData, draft: RuleSetData) -> list[Tried]:
    """Raises BadInput. A code that only one of the two versions knows is accepted."""
    try:
        documents = read_documents(text, draft)
    except BadInput as bad:
        try:
            documents = read_documents(text, now)
        except BadInput:
            raise bad from None
    if len(documents) > MOST:
        raise BadInput(f"these are {len(documents)} documents; try at most {MOST} at once.")
    return [try_document(document, now=now, draft=draft) for document in documents]


def try_sample(name: str, *, now: RuleSetData, draft: RuleSetData) -> Tried:
    document = sample_document(name, draft)
    return try_document(document, now=now, draft=draft, title=samples()[name]["title"])


def try_document(document: dict, *, now: RuleSetData, draft: RuleSetData, title: str = "") -> Tried:
    change = compare(screen(document, now), screen(document, draft))
    return Tried(
        title=title or one_line(document["id"]),
        change=change,
        levels=tuple(
            Line(each.modality.capitalize(), _word(each.before), _word(each.now), each.change)
            for each in change.levels
        ),
        lines=(
            _pair("Suggestion", change.suggestion),
            _pair("Urgency", change.urgency),
            _pair("Message to the patient", change.message),
        ),
        flags=tuple(
            Line(
                _title(each.code, draft, now),
                _word(each.before),
                _word(each.now),
                each.change,
                each.code,
                "; ".join(map(_level_words, each.levels)),
            )
            for each in change.flags
        ),
    )


def _level_words(level: LevelChange) -> str:
    return f"{level.modality}: {_word(level.before)}, now {_word(level.now)}".lower()


def _pair(label: str, pair: tuple[str, str]) -> Line:
    before, now = (text.replace("_", " ") or "none" for text in pair)
    return Line(label, before, now, "same" if before == now else "different")


def _word(level: Level | None) -> str:
    return "not raised" if level is None else level_words(level.code)


def _title(code: str, *versions: RuleSetData) -> str:
    return next((each.title(code) for each in versions if each.has_title(code)), code)
