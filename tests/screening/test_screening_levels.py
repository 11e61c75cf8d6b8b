import pytest
from screening_documents import MODALITIES

from intake.screening.levels import NOTHING, Level, bounded, everywhere, highest, named, word_for

NONE, NOTE, CAUTION, CONSULT, CONTRA, EMERGENCY = Level


class TestLevel:
    def test_codes_stand_in_order_of_weight(self):
        in_order = [level.code for level in sorted(Level)]

        assert in_order == [
            "none",
            "note",
            "caution",
            "consult_first",
            "contraindicated",
            "emergency",
        ]

    @pytest.mark.parametrize(
        ("level", "word"),
        [
            (NONE, ""),
            (NOTE, "Note"),
            (CAUTION, "Check"),
            (CONSULT, "Stop"),
            (CONTRA, "Stop"),
            (EMERGENCY, "Stop"),
        ],
    )
    def test_word_on_screen(self, level, word):
        assert word_for("icd", level) == word

    def test_unknown_answers_have_a_word_of_their_own(self):
        assert word_for("answer_unknown", CONSULT) == "Ask"


class TestHighest:
    def test_is_taken_for_each_modality_apart(self):
        one, other = (NOTE, CONTRA, NONE, CAUTION), (CAUTION, NOTE, NONE, NOTE)

        assert highest([one, other]) == (CAUTION, CONTRA, NONE, CAUTION)

    def test_of_nothing_is_none(self):
        assert highest([]) == NOTHING


class TestBounded:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ((CONSULT, NOTE, NONE, NONE), (CONSULT, CONSULT, CONSULT, NONE)),
            ((NOTE, CONTRA, CAUTION, NONE), (NOTE, CONTRA, CAUTION, NONE)),
            ((NONE, NONE, NONE, CONTRA), (NONE, NONE, NONE, CONTRA)),
        ],
    )
    def test_current_and_heat_are_never_below_needles(self, given, expected):
        assert bounded(given) == expected


def test_levels_are_written_under_the_names_of_the_modalities():
    assert named(everywhere(NOTE)) == dict.fromkeys(MODALITIES, "note")
