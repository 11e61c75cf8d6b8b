"""Every term of the lexicon: a sentence that opens it, and one that only looks like it."""

import csv
from datetime import date
from pathlib import Path

import pytest
from screening_documents import RULES, flags, screened

from intake.screening.text.mentions import mentions

with (Path(__file__).parent / "expected_terms.csv").open(encoding="utf-8", newline="") as lines:
    EXPECTED = {row["term"]: row for row in csv.DictReader(lines)}
TERMS = [row.term for row in RULES.terms]


OWN = {
    "loss of sight",
    "bleeding that will not stop",
    "weak legs",
    "taken too much",
    "swelling of tongue or throat",
    "giant cell arteritis",
    "suicide in Spanish",
}
"""Rows of ours beside those of the reference: emergencies it asks about but has no words for."""


def test_there_are_as_many_terms_as_in_the_reference():
    assert len(TERMS) == len(set(TERMS)) == 114 + len(OWN)
    assert set(TERMS) >= OWN


@pytest.mark.parametrize("term", TERMS)
class TestTerm:
    def test_is_opened_as_uncertain_by_a_sentence_about_oneself(self, term):
        row = EXPECTED[term]

        result = screened(free_text={"anything_else": row["sentence"]})

        found = flags(result)
        assert set(found) == set(row["codes"].split(";"))
        assert {flag["state"] for flag in found.values()} == {"uncertain"}
        for flag in found.values():
            assert {
                "source": "free_text",
                "text": row["sentence"],
                "matched": term,
            } in flag["because"]
        assert result["read_yourself"] == []

    def test_is_not_opened_by_words_that_only_look_like_it(self, term):
        row = EXPECTED[term]

        result = screened(free_text={"anything_else": row["near_miss"]})

        assert not set(flags(result)) & set(row["codes"].split(";"))

    def test_counts_in_full_beside_a_no(self, term):
        row = EXPECTED[term]

        result = screened(free_text={"anything_else": row["sentence"]})

        for code in row["codes"].split(";"):
            rule = RULES.rule(code)
            expected = ["consult_first"] * 4
            if rule.kind == "condition":
                expected = list(rule.levels)
            elif code == "em_suicide":
                expected = ["emergency"] * 4
            assert list(flags(result)[code]["levels"].values()) == expected


@pytest.mark.parametrize("row", RULES.terms, ids=lambda row: row.term)
def test_every_name_is_found_when_it_stands_beside_its_term(row):
    """Abbreviations and everyday words count with another word of their row."""
    cases = [case for case in RULES.term_cases if case.term == row.term]
    helping = [word for case in cases if case.effect == "needs" for word in case.words[:1]]

    for name in row.names:
        text = f"I have {name} ({', '.join([row.term, *helping])}) and that is all."
        end = text.index(name) + len(name)
        found = [m for m in mentions(text, RULES, date(2026, 11, 24)) if m.start < end <= m.end]
        assert found, name
