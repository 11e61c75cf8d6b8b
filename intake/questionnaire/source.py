"""The question set that comes with the project, as files: one per part, in this order."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from intake.questionnaire.conditions import BORN, mentions
from intake.questionnaire.kinds import KINDS

FOLDER = Path(__file__).parent / "default"
PARTS = ("about_you", "why", "where", "health", "medicines", "comfort", "consent")
EMERGENCY_COMES_FIRST_IN = "health"
TITLE = "Health form"

PLAIN = {"code", "kind", "label", "hint", "required", "private", "ask_when", "options"}
"""Keys of a question that have a column of their own. All others are extras of its kind."""


def read(name: str) -> dict:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def default() -> dict:
    """{"title", "messages", "sections": [{"code", "title", "intro", "pages": [...]}]}"""
    return json.loads(_default_as_text())


@cache
def _default_as_text() -> str:
    """The files as they were when this process first read them."""
    emergency = read("emergency")
    sections = [read(name) for name in PARTS]
    for section in sections:
        if section["code"] == EMERGENCY_COMES_FIRST_IN:
            section["pages"] = emergency["pages"] + section["pages"]
        for page in section["pages"]:
            _spread_stable(page)
    return json.dumps({"title": TITLE, "messages": emergency["messages"], "sections": sections})


def _spread_stable(page: dict) -> None:
    """A page that seldom changes is short for: each of its questions does."""
    if page.pop("stable", False):
        for question in page["questions"]:
            question["stable"] = True


def digest(source: dict) -> str:
    return hashlib.sha256(json.dumps(source, sort_keys=True).encode()).hexdigest()


def extras(question: dict) -> dict:
    """What only this kind needs. A plain urgency is short for: yes sets off the alarm."""
    found = {key: value for key, value in question.items() if key not in PLAIN}
    if "urgency" in found:
        found["alarms"] = {"yes": found.pop("urgency")}
    return found


def pages(source: dict) -> Iterator[dict]:
    for section in source["sections"]:
        yield from section["pages"]


def questions(source: dict) -> Iterator[dict]:
    for page in pages(source):
        yield from page["questions"]


def problems(source: dict) -> list[str]:
    """What would make this set unusable, in words. Empty when it is fine."""
    return [
        *_repeated("part", [section["code"] for section in source["sections"]]),
        *_repeated("page", [page["code"] for page in pages(source)]),
        *_repeated("question", [question["code"] for question in questions(source)]),
        *_unusable_pages(source),
        *_unusable_questions(source),
    ]


def _repeated(what: str, codes: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield f"{what} {code} is there twice"
        seen.add(code)


def _unusable_pages(source: dict) -> Iterator[str]:
    earlier: set[str] = set()
    for page in pages(source):
        conditions = [page.get("ask_when"), *(q.get("ask_when") for q in page["questions"])]
        named = set().union(*map(mentions, conditions), *map(_named, page["questions"]))
        for code in sorted(named - earlier):
            yield f"page {page['code']} depends on {code}, which is not asked on an earlier page"
        if not page.get("heading") and len(page["questions"]) != 1:
            yield f"page {page['code']} needs a heading"
        earlier |= {question["code"] for question in page["questions"]}


def _named(question: dict) -> set[str]:
    """Codes of the questions that options, or what it is about, are taken from."""
    found = {question[key] for key in ("follows", "about", "options_from") if key in question}
    return found | set(question.get("options_not_from", ()))


def _unusable_questions(source: dict) -> Iterator[str]:
    messages = source["messages"]
    for question in questions(source):
        code = question["code"]
        if question["kind"] not in KINDS:
            yield f"question {code} is of an unknown kind {question['kind']}"
        if "__" in code:
            yield f"question {code} must not hold two underscores in a row"
        if question.get("message", "M1") not in messages:
            yield f"question {code} names a message that is not there"
        yield from _repeated(f"option of {code}", [o["code"] for o in question.get("options", [])])
        if code == BORN and question["kind"] != "date":
            yield f"question {BORN} must be a date"
