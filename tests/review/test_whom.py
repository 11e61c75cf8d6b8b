"""The head of a case: how they like to be spoken to, what help they need, who filled it in."""

import pytest
from factories import make_sent

from intake.review.whom import FILLED_IN, HELP, VOICEMAIL, whom

HELPER = {"helper_name": "Rosa Lind", "helper_relation": "carer"}


ALONE = {"filled_in_by": "myself"}
FOR_THEM = {"filled_in_by": "for_someone", "helper_name": "Rosa Lind"}
NEEDS = {"consent_barrier": "yes", "capacity_concern": "not_sure", "help_needed": "Large print"}


@pytest.mark.parametrize(
    ("answers", "facts", "needs"),
    [
        ({}, [], []),
        (ALONE, ["Filled in alone"], []),
        (ALONE | HELPER, ["Filled in alone"], []),
        (
            {"filled_in_by": "with_help", **HELPER},
            ["Filled in with help by Rosa Lind (carer)"],
            [],
        ),
        (FOR_THEM, ["Filled in for them by Rosa Lind"], []),
        (
            {"language": "Español", "voicemail": "no"},
            ["Speaks: Español", "No message may be left on the phone"],
            [],
        ),
        (
            NEEDS,
            [],
            [
                "Needs help to read, hear or speak with us",
                "May need help to understand or decide",
                "Large print",
            ],
        ),
        ({"consent_barrier": "no", "help_needed": "left from before"}, [], []),
    ],
)
def test_says_what_was_said_and_nothing_else(patient, answers, facts, needs):
    said = whom(make_sent(patient, answers=answers))

    assert (said.facts, said.help) == (facts, needs)


def test_knows_every_answer_of_these_questions(questions):
    options = {
        code: {option.code for option in questions.question(code).options}
        for code in ("filled_in_by", "voicemail")
    }

    assert options == {"filled_in_by": set(FILLED_IN), "voicemail": set(VOICEMAIL)}
    assert all(questions.question(code).kind == "yes_no" for code in HELP)


def test_stands_at_the_head_of_the_case(signed_in, patient):
    said = {
        "language": "Español <b>",
        "filled_in_by": "with_help",
        **HELPER,
        "consent_barrier": "yes",
        "help_needed": "An interpreter.",
    }
    revision = make_sent(patient, answers=said)

    page = signed_in.get(f"/reviews/{revision.intake.reference}/").content.decode()

    head = page.partition("<h1>")[2].partition('<nav class="jump"')[0]
    assert "Speaks: Español &lt;b&gt; · Filled in with help by Rosa Lind (carer)" in head
    assert "<strong>Needs help to read, hear or speak with us:</strong> An interpreter." in head
