"""Sentences with the cues that change how a term is meant, and all that they may raise."""

import csv
from pathlib import Path

import pytest
from screening_documents import RULES, flags, screened

PATH = Path(__file__).parent / "expected_sentences.csv"
with PATH.open(encoding="utf-8", newline="") as lines:
    SENTENCES = list(csv.DictReader(lines))
KINDS = {
    "negated": "negated",
    "affirmed": "false negation",
    "stopped": "stopped",
    "historical": "historical",
    "long_ago": "historical",
    "uncertain": "uncertain",
    "hypothetical": "fear",
    "family": "family",
    "other_person": "other person",
    "warning": "warning",
}


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["sentence"])
def test_a_sentence_raises_exactly_what_it_says(row):
    result = screened(free_text={"anything_else": row["sentence"]})

    found = {f"{code}:{flag['state']}" for code, flag in flags(result).items()}
    assert found == set(filter(None, row["expected"].split(";")))
    family = [entry["code"] for entry in result["family"]]
    assert family == sorted(filter(None, row["family"].split(";")))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_cue_has_sentences(kind):
    assert any(cue.kind == kind for cue in RULES.cues)
    assert sum(row["kind"] == KINDS[kind] for row in SENTENCES) >= 3


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("I have lymphoedema", "I have lymphedema"),
        ("I have a tumour", "I have a tumor"),
        ("I had an anaesthetised caesarean", "I had an anesthetized cesarean"),
        ("I have HAEMOPHILIA", "i have hemophilia"),
        ("Alzheimer's", "alzheimers"),
        ("I get convulsions", "I get convulsion"),
        ("mini-stroke", "mini stroke"),
        ("I have a clot in my leg", "I have a clot in the leg"),
    ],
)
def test_spelling_does_not_matter(sentence, other):
    one, two = screened(free_text={"a": sentence}), screened(free_text={"a": other})

    assert flags(one)
    assert set(flags(one)) == set(flags(two))
