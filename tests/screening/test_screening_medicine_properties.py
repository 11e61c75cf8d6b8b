"""What holds for every list of medicines, whatever is in it."""

from hypothesis import given
from hypothesis import strategies as st
from medicine_lists import entries, entry
from screening_documents import RULES, ranks
from test_screening_properties import documents

from intake.screening.engine import screen
from intake.screening.medicines.reading import opened_questions, recognise


@given(documents, entries)
def test_one_more_medicine_never_lowers_a_level(document, entry):
    listed = document.get("medicines", [])

    before = screen(document | {"medicines": listed}, RULES)
    after = screen(document | {"medicines": [*listed, entry]}, RULES)

    assert all(one <= other for one, other in zip(ranks(before), ranks(after), strict=True))


@given(documents, st.randoms(use_true_random=False))
def test_the_order_of_medicines_does_not_matter(document, chance):
    listed = document.get("medicines", [])
    mixed = chance.sample(listed, len(listed))

    one, other = document | {"medicines": listed}, document | {"medicines": mixed}

    assert screen(one, RULES) == screen(other, RULES)


@given(entries)
def test_an_entry_is_recognised_or_shown(text):
    read = entry(text)

    assert read.taken or read.offers or not read.is_recognised


@given(entries)
def test_what_is_shown_for_an_entry_never_fails(text):
    assert len(recognise(text, RULES)) == len(entry(text).taken)
    assert opened_questions([text], RULES) <= set(RULES.by_code)
