"""Every name of the lexicon, and every name that is easily taken for another."""

from itertools import combinations

import pytest
from medicine_lists import classes_in, entry, raised, table
from rapidfuzz.distance import OSA
from screening_documents import RULES, all_at, by_themselves, screened

from intake.screening.medicines.names import slips
from intake.screening.medicines.tokens import together, without_mark

NAMES = [
    (name, row["medicine_class"])
    for row in table("expected_medicine_names")
    for name in row["names"].split(";")
]
MISSPELT = {row["written"]: row["offer"].split(";") for row in table("expected_misspellings")}
WRITTEN = (
    "{}",
    "{} 5mg",
    "{} 2.5 mg tablets twice a day",
    "{} XR 100 micrograms od",
    "{}: one at night, prn",
    "I take {} 10/20 weekly",
)
NAMES_OF_ALL = sorted({without_mark(n) for medicine in RULES.medicines for n in medicine.names})


def test_the_reference_has_some_fourteen_hundred_names():
    assert len(NAMES) > 1400


@pytest.mark.parametrize("written", WRITTEN)
def test_every_name_of_the_reference_is_found_exactly(written):
    missed = [
        (name, typed)
        for name, expected in NAMES
        for typed in (written.format(name.lower()), written.format(name.upper()))
        if expected not in classes_in(typed) or not entry(typed).is_recognised
    ]

    assert missed == []


def test_an_exact_name_is_never_corrected():
    doubted = [name for name in NAMES_OF_ALL if entry(name).offers]

    assert doubted == []


def test_only_one_name_stands_for_two_medicines():
    assert [name for name in NAMES_OF_ALL if entry(name).either] == ["Cartia"]


@pytest.mark.parametrize("written", MISSPELT)
class TestEveryMisspelling:
    def test_is_only_offered(self, written):
        typed = f"{written} 5mg at night"

        result = screened(medicines=[typed])

        assert result["did_you_mean"] == [{"text": typed, "offer": MISSPELT[written]}]
        ((code, flag),) = by_themselves(result).items()
        assert code == "medicine_unconfirmed"
        assert flag["state"] == "uncertain"
        offered = ", ".join(MISSPELT[written])
        assert flag["because"] == [{"source": "medicine", "text": typed, "matched": offered}]

    def test_weighs_at_least_what_an_unknown_name_weighs(self, written):
        assert raised(written)["medicine_unconfirmed"]["levels"] == all_at("caution")


class TestWhatIsOffered:
    def test_weighs_as_much_as_the_heaviest_name(self):
        flag = raised("donepezill")["medicine_unconfirmed"]

        assert flag["levels"] == all_at("consult_first")

    def test_of_no_bearing_is_still_to_be_confirmed(self):
        result = screened(medicines=["paracetamoll", "warfarin"])

        assert result["did_you_mean"] == [{"text": "paracetamoll", "offer": ["paracetamol"]}]
        flag = raised("paracetamoll")["medicine_unconfirmed"]
        assert flag["levels"] == all_at("caution")

    @pytest.mark.parametrize("written", ["Sonee", "Yazz", "Evraa", "asaa", "sonn", "gtm"])
    def test_is_never_a_name_of_less_than_five_letters(self, written):
        assert entry(written).offers == ()
        assert "medicine_unrecognised" in raised(written)

    @pytest.mark.parametrize(
        ("written", "offer"),
        [
            ("lsaix", ["Lasix", "Losec"]),
            ("lozec", ["Lasix", "Losec"]),
            ("lasik", ["Lasix", "Losec"]),
            ("laxis", []),
        ],
    )
    def test_allows_one_slip_or_swap_in_five_or_six_letters(self, written, offer):
        assert sorted(known.name for known in entry(written).offers) == offer

    def test_allows_two_slips_in_seven_letters_or_more(self):
        assert [known.name for known in entry("aipxabna").offers] == ["apixaban"]
        assert entry("aipxobna").offers == ()

    def test_is_looked_for_in_words_written_apart(self):
        assert [known.name for known in entry("st jons wort").offers] == ["St John's wort"]


def is_offered(key: str) -> bool:
    return key in {together(known.name) for known in RULES.medicine_names.offers(key)}


def test_names_within_the_fuzzy_limit_and_of_other_classes_are_listed_as_look_alikes():
    listed = {frozenset(pair) for row in RULES.look_alikes for pair in combinations(row.names, 2)}
    known = RULES.medicine_names.known
    names = [key for key in known if len(key) >= 5 and is_offered(key)]
    near = [
        (known[one][0], known[other][0])
        for one, other in combinations(names, 2)
        if abs(len(one) - len(other)) <= 2
        and OSA.distance(one, other, score_cutoff=2) <= slips(min(len(one), len(other)))
    ]

    missing = [
        (one.name, other.name)
        for one, other in near
        if set(one.medicine.classes) != set(other.medicine.classes)
        and frozenset((one.name, other.name)) not in listed
    ]

    assert missing == []
    assert len(near) > len(listed)


@pytest.mark.parametrize("pair", [row.names for row in RULES.look_alikes], ids="/".join)
def test_of_names_easily_taken_for_each_other_all_are_offered_or_none(pair):
    names = RULES.medicine_names
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    for name in pair:
        plain = name.lower()
        for letter in alphabet:
            offered = {known.name for known in names.offers(plain[:2] + letter + plain[2:])}
            assert offered.isdisjoint(pair) or offered >= set(pair)
