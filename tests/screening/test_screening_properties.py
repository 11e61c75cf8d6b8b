"""What holds for every document, whatever is in it."""

import json
import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from medicine_lists import entries
from screening_documents import ANSWERED, MODALITIES, NOTHING_TO_SAY, RANK, RULES, ranks

from intake.screening.documents import LABS, VITALS, check
from intake.screening.engine import screen
from intake.screening.regions import CODES

STAFF = ("em_vitals", "em_bp_crisis")
PLAIN = [code for code in ANSWERED if code not in (*STAFF, "em_suicide")]

regions = st.lists(st.sampled_from(sorted(CODES)), max_size=4)
days = st.dates(
    min_value=date(1980, 1, 1),
    max_value=date(2026, 11, 24),
).map(str)
born = st.dates(
    min_value=date(1930, 1, 1),
    max_value=date(1979, 12, 31),
).map(str)
yes_no_not_sure = st.dictionaries(
    st.sampled_from(PLAIN), st.sampled_from(["yes", "no", "not_sure"]), max_size=40
)
pregnancy = st.fixed_dictionaries(
    {"answer": st.sampled_from(["yes", "no", "maybe", "not_applicable"])},
    optional={"weeks": st.integers(0, 45)},
)
special = st.fixed_dictionaries(
    {},
    optional={
        "em_suicide": st.sampled_from(["no", "thoughts", "plan_or_acted", "rather_talk"]),
        "em_vitals": st.sampled_from(["yes", "no"]),
        "pregnancy": pregnancy,
        "pain_regions": regions,
        "treat_regions": regions,
        "touch_boundaries": regions,
        "affected_regions": st.dictionaries(st.sampled_from(PLAIN), regions, max_size=6),
        "dates": st.dictionaries(st.sampled_from(PLAIN), days, max_size=6),
        "vitals": st.fixed_dictionaries(
            {}, optional={name: st.floats(*limits) for name, limits in VITALS.items()}
        ),
        "labs": st.fixed_dictionaries(
            {},
            optional={
                name: st.fixed_dictionaries({"value": st.floats(*limits), "on": days})
                for name, limits in LABS.items()
            },
        ),
    },
)
answers = st.builds(lambda plain, other: plain | other, yes_no_not_sure, special)
filled = st.builds(lambda given: NOTHING_TO_SAY["answers"] | given, answers)
said = st.sampled_from(
    sorted(
        {name for row in RULES.terms for name in row.names}
        | {words for cue in RULES.cues for words in cue.words}
        | {"in 2015", "two months ago", ".", ",", " - ", "?", "warfarin", "20 weeks"}
    )
)
texts = st.text(max_size=30) | st.lists(said, max_size=12).map(" ".join)
documents = st.fixed_dictionaries(
    {
        "id": st.text(min_size=1, max_size=20).filter(lambda text: text.strip()),
        "on": st.just("2026-11-24"),
        "born": born,
        "answers": answers | filled,
    },
    optional={
        "wants": st.lists(st.sampled_from(MODALITIES)),
        "goals": st.lists(st.sampled_from(["pain", "sleep"])),
        "medicines": st.lists(entries, max_size=5),
        "free_text": st.dictionaries(st.text(max_size=10), texts, max_size=3),
    },
)


def shuffled(value: object, chance: random.Random) -> object:
    """The same mappings with their names in another order."""
    if not isinstance(value, dict):
        return value
    names = chance.sample(list(value), len(value))
    return {name: shuffled(value[name], chance) for name in names}


@given(documents)
def test_every_allowed_document_is_screened_into_plain_json(document):
    check(document)

    result = screen(document, RULES)

    assert json.loads(json.dumps(result)) == result
    assert result["checked"] + result["not_checked"] == RULES.counted


@given(documents)
def test_the_same_document_has_the_same_result_and_is_left_as_it_was(document):
    before = json.dumps(document)

    first, second = screen(document, RULES), screen(document, RULES)

    assert first == second
    assert json.dumps(document) == before


@given(documents, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(document, chance):
    assert screen(shuffled(document, chance), RULES) == screen(document, RULES)


@given(documents, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_rules_does_not_matter(document, chance):
    mixed = replace(
        RULES,
        rules=tuple(chance.sample(RULES.rules, len(RULES.rules))),
        bands=tuple(chance.sample(RULES.bands, len(RULES.bands))),
        medicines=tuple(chance.sample(RULES.medicines, len(RULES.medicines))),
        medicine_words=tuple(chance.sample(RULES.medicine_words, len(RULES.medicine_words))),
        look_alikes=tuple(chance.sample(RULES.look_alikes, len(RULES.look_alikes))),
        terms=tuple(chance.sample(RULES.terms, len(RULES.terms))),
        term_cases=tuple(chance.sample(RULES.term_cases, len(RULES.term_cases))),
        cues=tuple(chance.sample(RULES.cues, len(RULES.cues))),
    )

    assert screen(document, mixed) == screen(document, RULES)


@given(documents, st.sampled_from(ANSWERED))
def test_a_yes_instead_of_a_no_never_lowers_a_level(document, code):
    said_no = document | {"answers": document["answers"] | {code: "no"}}
    raised = "plan_or_acted" if code == "em_suicide" else "yes"
    said_yes = document | {"answers": document["answers"] | {code: raised}}

    before, after = ranks(screen(said_no, RULES)), ranks(screen(said_yes, RULES))

    assert all(one <= other for one, other in zip(before, after, strict=True))


@given(documents, st.sampled_from(PLAIN))
def test_silence_never_weighs_less_than_no(document, code):
    said_no = document | {"answers": document["answers"] | {code: "no"}}
    silent = document | {"answers": {k: v for k, v in document["answers"].items() if k != code}}
    not_sure = document | {"answers": document["answers"] | {code: "not_sure"}}

    least = ranks(screen(said_no, RULES))

    for other in (silent, not_sure):
        pairs = zip(least, ranks(screen(other, RULES)), strict=True)
        assert all(no <= silence for no, silence in pairs)


@given(documents, texts)
def test_more_text_never_lowers_a_level(document, text):
    more = document.get("free_text", {}) | {"one more box": text}

    before = ranks(screen(document, RULES))
    after = ranks(screen(document | {"free_text": more}, RULES))

    assert all(one <= other for one, other in zip(before, after, strict=True))


@given(documents, regions)
def test_more_places_to_be_treated_never_lower_a_level(document, more):
    wider = document["answers"] | {
        "treat_regions": [*document["answers"].get("treat_regions", []), *more]
    }

    before = ranks(screen(document, RULES))
    after = ranks(screen(document | {"answers": wider}, RULES))

    assert all(one <= other for one, other in zip(before, after, strict=True))


@given(documents)
def test_totals_are_bounded_by_their_flags_and_by_acupuncture(document):
    result = screen(document, RULES)

    acupuncture, electro, heat, _massage = ranks(result)
    assert electro >= acupuncture
    assert heat >= acupuncture
    for flag in result["flags"]:
        for name, level in flag["levels"].items():
            assert RANK.index(result["levels"][name]) >= RANK.index(level)


@given(documents)
def test_emergency_and_suggestion_tell_the_same_story(document):
    result = screen(document, RULES)

    stopped = set(result["levels"].values()) == {"emergency"}
    assert result["emergency"] is stopped
    assert (result["suggestion"] == "emergency") is stopped
    if stopped:
        assert result["urgency"] in ("R0", "R1")
        assert result["message"] in RULES.message_rank
