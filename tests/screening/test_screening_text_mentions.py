"""Every mention with its place in the text, as the practitioner's page marks it."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screening_documents import RULES, screened

from intake.screening.text.meaning import READINGS
from intake.screening.text.mentions import mentions
from intake.screening.text.words import words_of

ON = date(2026, 11, 24)


def read(text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.term, m.reading) for m in mentions(text, RULES, ON)]


class TestMentions:
    def test_stand_in_order_with_the_words_as_typed(self):
        text = "No DVT.  My Mum had a mini-stroke; I take Eliquis, had a PE (lung) in 2019."

        assert read(text) == [
            ("DVT", "deep vein thrombosis", "negated"),
            ("mini-stroke", "stroke", "family"),
            ("Eliquis", "apixaban", "affirmed"),
            ("PE", "pulmonary embolism", "historical"),
        ]

    @pytest.mark.parametrize(
        ("text", "reading"),
        [
            ("I have asthma", "affirmed"),
            ("no asthma", "negated"),
            ("my mother has asthma", "family"),
            ("my neighbour has asthma", "other_person"),
            ("asthma years ago", "historical"),
            ("maybe asthma", "uncertain"),
            ("worried about asthma", "hypothetical"),
            ("told not to have massage because of asthma", "warning"),
        ],
    )
    def test_say_how_they_were_read(self, text, reading):
        assert reading in READINGS
        assert ("asthma", "asthma", reading) in read(text)

    def test_tell_the_questions_they_give_reason_to_ask(self):
        (mention,) = mentions("I have sciatica", RULES, ON)

        assert mention.asks == ("em_cauda_equina",)

    def test_prefer_the_longest_words(self):
        assert read("I have a spinal cord stimulator") == [
            ("spinal cord stimulator", "nerve stimulator", "affirmed")
        ]

    def test_do_not_hold_what_means_something_else(self):
        assert read("hay fever, heat stroke, gallstones and a dental implant") == []

    def test_keep_dates_with_what_they_stand_beside(self):
        text = "Stroke in 2015, DVT last month"

        codes = {m.term: m.codes for m in mentions(text, RULES, ON)}

        assert codes == {"stroke": ("stroke_past",), "deep vein thrombosis": ("dvt_current",)}

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("DVT three months ago", "dvt_current"),
            ("DVT four months ago", "dvt_past"),
            ("DVT in September", "dvt_current"),
            ("DVT in July", "dvt_past"),
            ("DVT in December", "dvt_past"),
            ("DVT 2026", "dvt_current"),
            ("DVT 2025", "dvt_past"),
            ("DVT 2031", "dvt_current"),
            ("DVT last year", "dvt_past"),
            ("DVT years ago", "dvt_past"),
            ("DVT in the 1990s", "dvt_past"),
            ("DVT, 2000 mg of vitamin C", "dvt_current"),
            ("DVT in 2015 and again last week", "dvt_current"),
        ],
    )
    def test_count_dates_as_late_as_the_words_allow(self, text, code):
        assert [m.codes for m in mentions(text, RULES, ON) if m.codes] == [(code,)]


class TestMedicines:
    CREAM = replace(
        RULES.medicines[0], generic="creamy", on_skin="topical_steroid", aliases=(), brands=()
    )
    PATCH = replace(RULES.medicines[0], generic="patchy", on_skin="", aliases=(), brands=())
    EVERYDAY = replace(
        RULES.medicines[0], generic="x", aliases=("Rose",), box_only=("Rose",), brands=()
    )
    KNOWN = replace(RULES, medicines=(CREAM, PATCH, EVERYDAY))

    @pytest.mark.parametrize(
        ("text", "classes"),
        [
            ("creamy cream", ("topical_steroid",)),
            ("creamy tablets", RULES.medicines[0].classes),
            ("patchy patches", (*RULES.medicines[0].classes, "patch_medicine")),
            ("patchy tablets", RULES.medicines[0].classes),
        ],
    )
    def test_count_by_the_form_named_beside_them(self, text, classes):
        (mention,) = mentions(text, self.KNOWN, ON)

        assert mention.classes == classes

    def test_with_a_name_that_is_an_everyday_word_are_left_to_the_list(self):
        assert mentions("a Rose in the garden", self.KNOWN, ON) == []


class TestWords:
    def test_are_compared_without_case_accent_plural_and_spelling(self):
        words = words_of("My Crohn’s, the OEDEMAS, Ménière's, anesthetized_tumours")

        assert words.stem == ["crohn", "edema", "meniere", "anesthetised", "tumor"]
        assert words.own == {0}

    def test_keep_their_place_in_the_text(self):
        text = "A  blood-clot…\n?DVT"
        words = words_of(text)

        assert [text[a:b] for a, b in zip(words.start, words.end, strict=True)] == [
            "blood",
            "clot",
            "DVT",
        ]
        assert words.sentence == [0, 0, 1]
        assert words.queried == {2}


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_any_text_is_read_and_every_mention_lies_in_it(text):
    for mention in mentions(text, RULES, ON):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.quote in text
        assert mention.reading in READINGS


@pytest.mark.parametrize(
    "unit",
    ["DVT ", "no DVT or ", "my mother had a DVT, ", "the ", "PE. ", "20 weeks pregnant ", "?", "a"],
)
def test_time_grows_with_length_and_no_faster(unit):
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            mentions(text, RULES, ON)
            best = min(best, time.perf_counter() - start)
        return best

    seconds(1_000)

    assert seconds(20_000) < 15 * seconds(4_000) + 0.05


def test_every_mention_of_a_huge_text_is_kept_in_one_flag():
    result = screened(free_text={"a": "I have asthma. " * 1_300})

    assert [flag["code"] for flag in result["flags"]] == ["lung_disease"]


def test_the_words_are_data_and_not_in_the_code():
    folder = Path(mentions.__code__.co_filename).parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))

    for word in ("mother", "denies", "warfarin", "worried"):
        assert f'"{word}"' not in code
