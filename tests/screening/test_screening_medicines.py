"""What a list of medicines raises, entry by entry."""

import pytest
from medicine_lists import entry, found_in, raised
from screening_documents import all_at, flags, screened


class TestAnEntry:
    def test_is_matched_and_shown_as_typed(self):
        because = raised("eliquis 5mg twice a day")["anticoagulant_use"]["because"]

        typed = {"source": "medicine", "text": "eliquis 5mg twice a day", "matched": "apixaban"}
        assert because == [typed]

    @pytest.mark.parametrize(
        "text",
        [
            "ELIQUIS",
            "Éliquis®",
            "eliquis™ 5 mg bd",
            "Eliquis (apixaban) 5mg - twice a day",
            "Eliquis 5mg/day",
            "eliquis5mg",
            "eli quis 5",
            "tab. Eliquis 2.5mg 1-0-1",
            "Eliquis, blood thinner",
            "Eliquis (blood thinner) for AF",
            "taking Eliquis since my stroke in 2019",
            "Eliquis from Dr Smythe-Jones",
        ],
    )
    def test_is_found_however_it_is_written(self, text):
        assert found_in(text) == {("apixaban", "anticoag_doac", "active")}
        assert entry(text).is_recognised

    @pytest.mark.parametrize(
        "text", ["nu-seals 75", "Nu Seals", "NUSEALS EC", "nu‑seals", "Nu–Seals 75mg", "ASA 81"]
    )
    def test_may_have_hyphens_or_none(self, text):
        assert found_in(text) == {("acetylsalicylic acid", "antiplatelet", "active")}

    @pytest.mark.parametrize("text", ["St John's Wort", "st johns wort", "St. John’s wort tea"])
    def test_may_have_apostrophes_or_none(self, text):
        assert {name for name, *_ in found_in(text)} == {"St John's wort"}

    def test_does_not_make_names_out_of_other_words(self):
        assert found_in("one as a tablet") == set()

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("aspirin + clopidogrel 75", {"acetylsalicylic acid", "clopidogrel"}),
            ("ramipril and amlodipine", {"ramipril", "amlodipine"}),
            ("ramipril/amlodipine; bisoprolol", {"ramipril", "amlodipine", "bisoprolol"}),
            ("metformin with gliclazide\nramipril", {"metformin", "gliclazide", "ramipril"}),
            ("sacubitril/valsartan 49/51", {"sacubitril and valsartan"}),
        ],
    )
    def test_may_hold_several_medicines(self, text, names):
        assert {name for name, *_ in found_in(text)} == names

    def test_may_hold_a_known_a_misspelt_and_an_unknown_name(self):
        result = screened(medicines=["ramipril, warfrin and xyzumab"])

        assert set(flags(result)) == {
            "medicine_bp_medicine",
            "medicine_unconfirmed",
            "medicine_unrecognised",
        }
        assert result["did_you_mean"][0]["offer"] == ["warfarin"]


class TestNotRecognised:
    @pytest.mark.parametrize(
        "text",
        [
            "xyzumab 5mg",
            "???",
            "12",
            "none",
            "\u200b",
            "阿司匹林",
            "💊",
            "calcium",
            "ramipril, xyzumab",
            "paracetamol xyzumab 10 mg",
            "paracetamol for pain xyzumab 10 mg",
            "tablets",
            "my pills",
        ],
    )
    def test_asks_for_care_everywhere_and_is_shown_as_typed(self, text):
        result = screened(medicines=[text, "  "])

        flag = flags(result)["medicine_unrecognised"]
        assert flag["levels"] == all_at("caution")
        assert flag["because"] == [{"source": "medicine", "text": text, "matched": ""}]
        assert result["not_checked"] == 3

    def test_leaves_nothing_unchecked_when_all_is_recognised(self):
        assert screened(medicines=["ramipril", "Losec", "warfrin"])["not_checked"] == 0
