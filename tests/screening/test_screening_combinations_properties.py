"""What holds for combinations and hazards in every document."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screening_documents import RULES, document, ranks

from intake.screening.checking import BadRules, check
from intake.screening.combinations.parts import codes_in
from intake.screening.engine import screen
from intake.screening.regions import CODES

COMBINED = sorted(
    code
    for code in {code for row in RULES.combinations for code in codes_in(row)}
    if code in RULES.by_code and RULES.rule(code).is_answered
)
places = st.lists(st.sampled_from(sorted(CODES)), max_size=4)
documents = st.builds(
    lambda codes, treat, pain, goals, wants, systolic, age: document(
        answers=dict.fromkeys(codes, "yes")
        | {"treat_regions": treat, "pain_regions": pain, "vitals": {"systolic": systolic}},
        goals=goals,
        wants=wants,
        born=f"{2026 - age}-06-04",
    ),
    st.lists(st.sampled_from(COMBINED), max_size=6),
    places,
    places,
    st.lists(st.sampled_from(["pain", "circulation"])),
    st.lists(st.sampled_from(["acupuncture", "electroacupuncture", "heat", "massage"])),
    st.integers(80, 200),
    st.integers(0, 95),
)


@given(documents, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_rows_does_not_matter(document, chance):
    mixed = replace(
        RULES,
        combinations=tuple(chance.sample(RULES.combinations, len(RULES.combinations))),
        hazards=tuple(chance.sample(RULES.hazards, len(RULES.hazards))),
        validities=tuple(chance.sample(RULES.validities, len(RULES.validities))),
    )

    assert screen(document, mixed) == screen(document, RULES)


@given(documents, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_places_and_wishes_does_not_matter(document, chance: random.Random):
    answers = document["answers"]
    lists = {
        name: chance.sample(answers[name], len(answers[name]))
        for name in ("treat_regions", "pain_regions")
    }
    other = document | {"answers": answers | lists, "wants": document["wants"][::-1]}

    assert screen(other, RULES) == screen(document, RULES)


@given(documents, st.sampled_from(COMBINED))
def test_one_more_yes_never_lowers_a_level(document, code):
    more = document | {"answers": document["answers"] | {code: "yes"}}

    before, after = ranks(screen(document, RULES)), ranks(screen(more, RULES))

    assert all(one <= other for one, other in zip(before, after, strict=True))


@given(documents)
def test_hazards_never_change_the_levels(document):
    without = replace(RULES, hazards=())

    assert screen(document, without)["levels"] == screen(document, RULES)["levels"]


@given(documents)
def test_combinations_never_lower_a_level(document):
    without = replace(RULES, combinations=())

    before, after = ranks(screen(document, without)), ranks(screen(document, RULES))

    assert all(one <= other for one, other in zip(before, after, strict=True))


class TestRowThatDoesNotFit:
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"if_any": (), "and_any": (), "and_also": ()}, "has no parts"),
            ({"if_any": ("unheard_of",)}, "unheard_of is no code to combine"),
            ({"if_any": ("circulation_goal",)}, "circulation_goal is no code to combine"),
            ({"if_any": ("gaol:circulation",)}, "gaol is no kind of part"),
            ({"if_any": ("pain:third_arm",)}, "third_arm is no place"),
            ({"if_any": ("shingles@third_arm",)}, "third_arm is no place"),
            ({"regions": ("third_arm",)}, "third_arm is no place"),
            ({"levels": ("note",)}, "needs one level for each of"),
            ({"local": ("bad", "", "", "")}, "bad is not a level"),
            ({"sources": ("S99",)}, "S99 is not a source"),
            ({"message": "M9"}, "M9 is no message"),
            ({"urgency": "R7"}, "R7 is no urgency"),
            ({"code": "circulation_goal", "levels": ("note",) * 4}, "is described in two ways"),
            ({"name": "Medicine patch and heat"}, "is there twice"),
        ],
    )
    def test_is_refused_with_what_is_wrong(self, change, sentence):
        first = replace(RULES.combinations[0], **change)

        with pytest.raises(BadRules, match=sentence):
            check(replace(RULES, combinations=(first, *RULES.combinations[1:])))

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"code": "lungs"}, "lungs does not begin with region_"),
            ({"code": "region_eye"}, "region_eye is there twice"),
            ({"regions": ("third_arm",)}, "third_arm is no place"),
            ({"levels": ("note", "note", "note", "bad")}, "bad is not a level"),
        ],
    )
    def test_is_refused_among_the_hazards(self, change, sentence):
        first = replace(RULES.hazards[0], **change)

        with pytest.raises(BadRules, match=sentence):
            check(replace(RULES, hazards=(first, *RULES.hazards[1:])))
