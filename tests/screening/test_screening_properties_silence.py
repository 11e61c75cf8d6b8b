"""What is taken away is never read as a no."""

from hypothesis import given
from hypothesis import strategies as st
from screening_documents import RANK, RULES, ranks
from test_screening_properties import PLAIN, documents

from intake.screening.engine import screen, unchecked

ASK = RANK.index("consult_first")
OPTIONAL = {rule.code for rule in RULES.rules if rule.is_optional}
NEEDED = [code for code in PLAIN if code not in OPTIONAL]


def without(document: dict, code: str) -> dict:
    answers = {key: value for key, value in document["answers"].items() if key != code}
    return document | {"answers": answers}


@given(documents, st.sampled_from(NEEDED))
def test_taking_an_answer_away_never_lowers_below_ask_what_it_weighed_on(document, code):
    after = screen(without(document, code), RULES)

    if code not in after["unanswered"]:
        return  # a question about pregnancy, which nobody asks of this person
    rule = RULES.rule(code)
    affected = rule.affects if rule.kind == "condition" else (True,) * 4
    for later, weighs in zip(ranks(after), affected, strict=True):
        assert later >= ASK or not weighs


@given(documents, st.sampled_from(["medicines", "touch_boundaries", "pregnancy"]))
def test_taking_a_whole_list_away_never_lowers_below_ask(document, name):
    parts = {key: value for key, value in document.items() if key != name}
    taken = without(parts, name) if name != "medicines" else parts

    result = screen(taken, RULES)

    if name in result["unanswered"]:
        assert min(ranks(result)) >= ASK


@given(documents)
def test_what_could_not_be_checked_is_listed_as_it_is_counted(document):
    assert len(unchecked(document, RULES)) == screen(document, RULES)["not_checked"]
