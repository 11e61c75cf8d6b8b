"""Every sentence a patient reads, with its length: none over 25 words without a written reason."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 25
NOT_READ = {"code", "kind", "message", "question", "scope", "autocomplete", "opens", "is"}
PATIENTS_ROOMS = ("submission", "home", "booking", "account", "notices")
STAFF_PAGES = {"diary.html", "waiting.html", "book_for.html", "staff_visit.html"}
STAFF_PAGES |= {"staff_cancel.html", "nothing_for.html", "login.html", "door.html"}
BREAKS = (
    r"</?(?:p|li|h\d|t[dh]|d[dt]|button|summary|title|label|legend|[ou]l|div|section|br)\b[^>]*>"
)
BRANCHES = (
    r"\{%\s*(?:if|elif|else|endif|for|empty|endfor|block|endblock|include|with|plural)\b[^%]*%\}"
)
WRAPPED = r"""\{%\s*translate "([^"]*)".*?%\}|\b_\("([^"]*)"\)"""

REASONS = {
    "Now or in the last week: has one side": "stroke signs must all be seen before the answer",
    "In the last four weeks, have you had an operation": "four causes of one risk, one answer",
    "About 1 person in 10 has a small effect": "effects named together, so that none stands out",
    "Have you had cancer drugs in the last six weeks": "only the pair of cause and sign matters",
    "It includes a broken bone": "serious harms named together, as consent asks",
    "Has your blood thinner been started or changed": "four causes of one risk, one answer",
    "In the last three months: are you losing weight": "three signs of one thing, one answer",
}
"""How a longer sentence begins -> why it stays whole."""


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_READ:
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def words_of(template: str) -> str:
    for pattern in (r"\{#.*?#\}", r"<svg.*?</svg>"):
        template = re.sub(pattern, "", template, flags=re.DOTALL)
    given = "\n".join(match[1] for match in re.findall(WRAPPED, template) if match[1])
    template = re.sub(WRAPPED, r"\1", template)
    template = re.sub(r"\{% blocktranslate.*?%\}", "", template, flags=re.DOTALL)
    for pattern in (BREAKS, BRANCHES):
        template = re.sub(pattern, "\n", template)
    template = re.sub(r"\{%.*?%\}|<[^>]+>", "", template, flags=re.DOTALL)
    return given + "\n" + re.sub(r"\{\{.*?\}\}", "X", template)


def texts() -> Iterator[str]:
    for path in sorted((ROOT / "intake/questionnaire/default").glob("*.toml")):
        yield from strings(tomllib.loads(path.read_text(encoding="utf-8")))
    pages = sorted((ROOT / "templates").glob("*.html"))
    pages += [ROOT / "templates/components/footer.html"]
    for room in PATIENTS_ROOMS:
        pages += sorted((ROOT / "templates" / room).rglob("*.*"))
    for page in pages:
        if page.name not in STAFF_PAGES:
            yield words_of(page.read_text(encoding="utf-8"))


def sentences() -> Iterator[tuple[int, str]]:
    for text in texts():
        for line in text.split("\n"):
            for sentence in re.split(r"(?<=[.!?])\s+", line.strip()):
                yield len(re.findall(r"[\w’'-]+", sentence)), sentence


ALL = sorted(set(sentences()), reverse=True)


def test_sentences_are_found_in_numbers():
    assert len(ALL) > 600


@pytest.mark.parametrize("beginning", REASONS)
def test_each_reason_still_has_its_sentence(beginning):
    assert any(length > LONGEST and text.startswith(beginning) for length, text in ALL)


def test_no_other_sentence_is_longer():
    long = [(length, text) for length, text in ALL if length > LONGEST]

    assert [one for one in long if not one[1].startswith(tuple(REASONS))] == []
