"""Every yes to an allergy leads to “What happened?”."""

import pytest


@pytest.mark.parametrize(
    ("allergy", "reaction"),
    [
        ("metal_allergy", "metal_reaction"),
        ("contact_allergy", "contact_reaction"),
        ("other_allergy", "allergy_reactions"),
    ],
)
def test_a_yes_asks_what_happened_and_a_no_does_not(questions, today, allergy, reaction):
    def asked(answer: str) -> list:
        found = questions.asked_questions({allergy: answer}, today)
        return [question for question in found if question.code == reaction]

    (question,) = asked("yes")
    assert question.required
    assert [option.code for option in question.options] == [
        "rash",
        "swelling",
        "breathing",
        "stomach",
        "not_sure",
    ]
    assert not asked("no") and not asked("not_sure")
