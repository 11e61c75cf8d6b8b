"""What happened with each allergy, and that trouble breathing is seen beside the flags."""

import pytest
from django.urls import reverse
from factories import make_sent
from signing_in import client_of


@pytest.fixture
def shown(patient, practitioner):
    def page(**answers: object) -> str:
        revision = make_sent(patient, answers=answers)
        address = reverse("review:case", args=[revision.intake.reference])
        return client_of(practitioner.user).get(address).content.decode()

    return page


@pytest.mark.parametrize(
    ("answers", "what"),
    [
        ({"metal_reaction": ["rash", "breathing"]}, "Metal"),
        ({"contact_reaction": ["swelling"], "contact_allergens": "latex <gloves>"}, "latex"),
        ({"allergy_reactions": ["breathing"], "allergies": "Penicillin"}, "Penicillin"),
    ],
)
def test_trouble_breathing_or_swelling_is_a_check_before_the_flags(shown, answers, what):
    page = shown(**answers)

    flags = page[page.index('id="flags"') : page.index('id="words"')]
    assert "Allergy:" in flags and what in flags and "Check" in flags
    assert "<gloves>" not in page


def test_a_rash_is_in_the_answers_and_no_check(shown):
    page = shown(metal_reaction=["rash"], allergy_reactions=["not_sure", "stomach"])

    assert "Allergy:" not in page
    assert "Rash or itching" in page and "Upset stomach" in page
