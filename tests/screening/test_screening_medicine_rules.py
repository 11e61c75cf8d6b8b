"""Which rows about medicines are refused, and what holds for all of them."""

from dataclasses import replace

import pytest
from screening_documents import RULES

from intake.screening.checking import BadRules, check
from intake.screening.medicines.tokens import tokens
from intake.screening.rule_set import RuleSetData


def changed(table: str, **cells: object) -> RuleSetData:
    """The rules with the first row of a table replaced."""
    first, *others = getattr(RULES, table)
    return replace(RULES, **{table: (replace(first, **cells), *others)})


@pytest.mark.parametrize(
    ("table", "cells", "sentence"),
    [
        ("medicines", {"classes": ()}, r"\(acenocoumarol\) has no class"),
        ("medicines", {"classes": ("x",)}, r"x is no class \(acenocoumarol\)"),
        ("medicines", {"on_skin": "x"}, "x is no class"),
        ("medicines", {"by_drip": "x"}, "x is no class"),
        ("medicines", {"opens": ("x",)}, "x is no question"),
        ("medicines", {"patch_brands": ("X",)}, "X is not among the names"),
        ("medicines", {"skin_brands": ("X",)}, "X is not among the names"),
        ("medicines", {"box_only": ("X",)}, "X is not among the names"),
        ("medicines", {"shared": ("X",)}, "X is not among the names"),
        ("medicines", {"ingredients": ("x",)}, "x is no ingredient we know"),
        ("medicines", {"ingredients": ("olanzapine and fluoxetine",)}, "is itself combined"),
        ("medicines", {"ingredients": ("ibuprofen",)}, "nsaid is a class of an ingredient only"),
        ("medicines", {"generic": "warfarin"}, "warfarin is there twice"),
        ("medicines", {"brands": ("Plavix",)}, "Plavix is the name of another medicine"),
        ("medicines", {"brands": ("?",)}, "A name without letters"),
        ("medicine_classes", {"levels": ("note",)}, "needs one level for each"),
        ("medicine_classes", {"opens": ("x",)}, "x is opened by anticoag_vka only"),
        ("medicine_classes", {"two_as": "x"}, "x is raised by anticoag_vka only"),
        ("medicine_classes", {"after_stopping": "x"}, "x says nothing"),
        ("medicine_classes", {"sources": ("S99",)}, "S99 is not a source"),
        ("medicine_classes", {"code": "antiplatelet"}, "antiplatelet is there twice"),
        ("medicine_words", {"kind": "x"}, "x is no kind of word"),
        ("medicine_words", {"words": ()}, "has no letters"),
        ("medicine_words", {"words": ("!",)}, "has no letters"),
        ("medicine_words", {"words": ("steroid",)}, "steroid is there twice"),
        ("medicine_words", {"classes": ("x",)}, "x is no class"),
        ("medicine_words", {"said_of": ("x",)}, "x is no class"),
        ("medicine_words", {"opens": ("x",)}, "x is no question"),
        ("look_alikes", {"names": ("Abstral", "Abstrax")}, "Abstrax looks like another name"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(table, cells, sentence):
    with pytest.raises(BadRules, match=sentence):
        check(changed(table, **cells))


def test_rules_without_any_medicines_are_accepted():
    bare = replace(RULES, medicines=(), medicine_words=(), look_alikes=())

    check(bare)


class TestEverydayMedicines:
    ROWS = [m for m in RULES.medicines if m.classes == ("no_effect",)]
    NAMES = {name.lower() for medicine in ROWS for name in medicine.names}

    def test_are_at_least_sixty_with_their_brands(self):
        assert len(self.ROWS) >= 60
        assert sum(len(medicine.brands) for medicine in self.ROWS) >= 60

    @pytest.mark.parametrize("name", ["Tylenol", "Losec", "statins", "Ventolin", "Lamisil"])
    def test_hold_what_has_no_bearing(self, name):
        assert name.lower() in self.NAMES

    @pytest.mark.parametrize("name", ["levonorgestrel", "chlorphenamine", "aciclovir", "Cerebyx"])
    def test_hold_nothing_with_a_bearing_of_its_own(self, name):
        assert name.lower() not in self.NAMES


def test_no_name_consists_of_single_letters_only():
    names = [name for medicine in RULES.medicines for name in medicine.names]

    assert [name for name in names if max(map(len, tokens(name))) < 2] == []
