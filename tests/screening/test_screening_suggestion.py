import pytest
from screening_documents import flags, screened

from intake.screening.levels import Level
from intake.screening.suggestion import suggest

NOTE, CAUTION, CONSULT, CONTRA, EMERGENCY = list(Level)[1:]
BOTH = ["acupuncture", "massage"]


@pytest.mark.parametrize(
    ("wants", "acupuncture", "massage", "expected"),
    [
        (BOTH, CAUTION, CAUTION, "combined"),
        (None, NOTE, CAUTION, "combined"),
        ([], NOTE, CAUTION, "combined"),
        (BOTH, CONTRA, CAUTION, "massage_only"),
        (BOTH, CAUTION, CONTRA, "acupuncture_only"),
        (BOTH, CONSULT, CONTRA, "consult_first"),
        (BOTH, CONSULT, NOTE, "consult_first"),
        (BOTH, CONTRA, CONTRA, "neither"),
        (BOTH, EMERGENCY, EMERGENCY, "emergency"),
        (["massage"], CONTRA, CAUTION, "massage_only"),
        (["massage"], EMERGENCY, EMERGENCY, "emergency"),
        (["massage"], NOTE, CONSULT, "consult_first"),
        (["massage"], NOTE, CONTRA, "neither"),
        (["acupuncture"], NOTE, CONTRA, "acupuncture_only"),
        (["electroacupuncture"], NOTE, CONTRA, "acupuncture_only"),
        (["heat", "massage"], NOTE, NOTE, "combined"),
    ],
)
def test_follows_the_levels_of_the_therapies_wanted(wants, acupuncture, massage, expected):
    assert suggest(wants, (acupuncture, acupuncture, acupuncture, massage)) == expected


class TestOneAtFirstVisit:
    def test_is_advised_to_the_frail_and_stays_combined(self):
        result = screened(answers={"frailty_older": "yes"})

        assert result["suggestion"] == "combined"
        assert "one_at_first_visit" in flags(result)

    def test_is_advised_from_three_cautions_on_both_therapies(self):
        two = {"long_term_steroid": "yes", "fragile_skin": "yes"}

        assert "one_at_first_visit" not in flags(screened(answers=two))
        assert "one_at_first_visit" in flags(screened(answers=two | {"bp_raised": "yes"}))

    def test_is_not_advised_where_combined_is_not_suggested(self):
        result = screened(answers={"frailty_older": "yes", "sickle_cell": "yes"})

        assert "one_at_first_visit" not in flags(result)
