"""A site that has loaded rules refuses other rows under their name: a change takes a new one."""

import csv
from dataclasses import replace
from pathlib import Path

from screening_documents import RULES

with (Path(__file__).parent / "released_rules.csv").open(encoding="utf-8", newline="") as lines:
    RELEASED = {row["name"]: row["digest"] for row in csv.DictReader(lines)}
"""A line is added with each new name in rules/name.txt, and never changed once it was given out."""


def test_the_rows_are_those_that_were_given_out_under_this_name():
    assert RELEASED[RULES.name] == RULES.mark


def test_a_single_word_more_would_be_seen():
    first, *others = RULES.terms
    more = replace(RULES, terms=(replace(first, lay=(*first.lay, "one word more")), *others))

    assert more.mark != RULES.mark
