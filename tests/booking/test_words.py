"""A visit in words, and a name in initials."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.booking.words import Said, in_words, initials, minutes_between

NINE = datetime(2026, 12, 2, 9, tzinfo=UTC)


def said(pause: int) -> list[Said]:
    ten = NINE + timedelta(minutes=60)
    later = ten + timedelta(minutes=pause)
    return [
        Said("acupuncture", "Mei Lindqvist", NINE, ten),
        Said("massage", "Jo Brandt", later, later + timedelta(minutes=60)),
    ]


class TestAVisitInWords:
    @pytest.mark.parametrize(
        ("pause", "rest"), [(0, ""), (1, ", 1 minute's rest"), (10, ", 10 minutes' rest")]
    )
    def test_names_the_rest_between(self, pause, rest):
        assert in_words(said(pause)) == (
            f"acupuncture with Mei Lindqvist{rest}, then massage with Jo Brandt"
        )

    def test_of_one_treatment_is_short(self):
        assert in_words(said(0)[:1]) == "acupuncture with Mei Lindqvist"

    def test_of_nothing_is_empty(self):
        assert in_words([]) == ""


def test_minutes_are_whole_and_real():
    assert minutes_between(NINE, NINE + timedelta(minutes=59, seconds=59)) == 59


class TestInitials:
    @pytest.mark.parametrize(
        ("name", "short"),
        [
            ("Rosa Okafor", "R. O."),
            ("  rosa   de la Cruz ", "R. D. L. C."),
            ("Björn", "B."),
            ("李 明", "李. 明."),
            ("", ""),
        ],
    )
    def test_are_the_first_letters(self, name, short):
        assert initials(name) == short
