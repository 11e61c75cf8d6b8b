"""A name the patient chose for what they typed: it can confirm and raise, and never lower."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from medicine_lists import TODAY, entries, names
from screening_documents import MODALITIES, RANK, RULES, document, screened

from intake.screening.documents import BadDocument, check
from intake.screening.medicines.choosing import MOST, offered_names
from intake.screening.medicines.entries import read_entry

DOUBT = "medicine_unconfirmed"


def levels(typed: str, *chosen: str) -> dict[str, int]:
    result = screened(medicines=[typed], chosen_medicines={typed: list(chosen)})
    return {modality: RANK.index(level) for modality, level in result["levels"].items()}


def flags(typed: str, *chosen: str) -> dict[str, dict]:
    result = screened(medicines=[typed], chosen_medicines={typed: list(chosen)})
    return {flag["code"]: flag for flag in result["flags"]}


def named(typed: str) -> dict[str, int]:
    """The levels of what the typed words name beyond doubt."""
    found = [flag["levels"] for code, flag in flags(typed).items() if code != DOUBT]
    return {each: max((RANK.index(f[each]) for f in found), default=0) for each in MODALITIES}


class TestAChosenName:
    def test_confirms_a_misspelling(self):
        found = flags("warfrin 5 mg", "warfarin")

        assert found["anticoagulant_use"]["state"] == "active"
        assert found["anticoagulant_use"]["because"] == [
            {"source": "medicine", "text": "warfrin 5 mg", "matched": "warfarin"}
        ]
        assert "medicine_unconfirmed" not in found

    def test_none_of_these_leaves_it_as_uncertain_as_it_was(self):
        assert flags("warfrin 5 mg") == flags("warfrin 5 mg", *())
        assert flags("warfrin 5 mg")["medicine_unconfirmed"]["state"] == "uncertain"

    def test_of_something_harmless_takes_nothing_from_what_was_typed(self):
        found = flags("apixaban", "paracetamol")

        assert found["anticoagulant_use"]["state"] == "active"
        assert levels("apixaban", "paracetamol") == levels("apixaban")

    def test_that_is_known_to_be_harmless_ends_the_doubt(self):
        assert "medicine_unconfirmed" in flags("paracetmol")
        assert "medicine_unconfirmed" not in flags("paracetmol", "paracetamol")

    def test_that_is_lighter_than_another_on_offer_leaves_the_doubt_beside_it(self):
        """The other name is as near and weighs more: the practitioner still asks which."""
        assert {o.name for o in offered_names("Lustrol", RULES)} == {"Abstral", "Lustral"}
        assert "medicine_unconfirmed" in flags("Lustrol", "Lustral")

    def test_ends_only_the_doubt_it_is_about(self):
        found = flags("warfrin and metforin", "warfarin")

        assert "anticoagulant_use" in found and "medicine_unconfirmed" in found

    def test_makes_two_of_a_class_with_another_medicine(self):
        result = screened(
            medicines=["clopidogrel", "asprin"], chosen_medicines={"asprin": ["aspirin"]}
        )

        assert "antiplatelet_dual" in {flag["code"] for flag in result["flags"]}

    @given(entries, st.lists(names, max_size=2))
    def test_whatever_it_is_never_weighs_less_than_what_the_typed_words_name_or_may_be(
        self, typed, chosen
    ):
        """Only the caution that goes with any unknown name may go."""
        after = levels(typed, *chosen)
        may_be = [levels(known.name) for known in read_entry(typed, RULES, TODAY).offers]

        for least in [named(typed), *may_be]:
            assert all(after[modality] >= least[modality] for modality in after)


class TestTheNamesOffered:
    @given(entries)
    def test_are_eight_at_most_and_each_once(self, typed):
        offers = offered_names(typed, RULES)

        assert len(offers) <= MOST
        assert len({offer.name.casefold() for offer in offers}) == len(offers)

    @pytest.mark.parametrize("typed", ["Car", "Cartja"])
    def test_tell_a_name_of_two_medicines_apart_by_what_is_in_them(self, typed):
        offers = offered_names(typed, RULES)

        assert {"acetylsalicylic acid", "diltiazem"} <= {offer.name for offer in offers}
        assert "cartia" not in {offer.name.casefold() for offer in offers}

    def test_are_each_once_for_every_beginning_of_every_name(self):
        beginnings = {
            name[:letters] for name in RULES.medicine_names.known for letters in (3, 4, 5)
        }
        for typed in sorted(beginnings):
            found = [offer.name.casefold() for offer in offered_names(typed, RULES)]
            assert len(set(found)) == len(found), typed

    def test_are_none_where_nothing_is_in_doubt(self):
        assert offered_names("Eliquis 5 mg", RULES) == []
        assert offered_names("blorp", RULES) == []

    def test_hold_every_name_the_typed_one_may_be(self):
        assert {o.name for o in offered_names("Lustrol", RULES)} >= {"Abstral", "Lustral"}


@pytest.mark.parametrize(
    "chosen", [{"warfrin": "warfarin"}, {"other": ["x"]}, ["warfarin"], {"warfrin": [3]}]
)
def test_a_document_with_a_choice_about_nothing_is_refused(chosen):
    with pytest.raises(BadDocument):
        check(document(medicines=["warfrin"], chosen_medicines=chosen))
