"""Each kind of question: what it takes, what it refuses and in which words."""

import pytest
from asking import MONTH_UNCLEAR, OPTIONS, ask, question
from django import forms
from django.http import QueryDict

from intake.questionnaire.kinds import kind
from intake.questionnaire.kinds.dates import month_number


class TestText:
    def test_is_kept_as_typed_without_outer_blanks(self):
        assert ask(question("text"), "q=++Zo%C3%AB+%F0%9F%8C%B1+") == "Zoë 🌱"

    def test_left_blank_is_no_answer(self):
        assert ask(question("text"), "q=+") is None

    def test_too_long_says_how_long_it_may_be(self):
        assert ask(question("text", max_length=3), "q=abcd") == (
            "Make the answer to “How?” shorter: at most 3 characters."
        )

    @pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b"])
    def test_that_cannot_be_stored_is_refused_with_a_sentence(self, bad):
        form = type("Form", (forms.Form,), {"q": kind("text").fields(question("text"))[""]})

        assert form({"q": bad}).errors["q"] == [
            "Type the answer to “How?” again. It holds a hidden character we cannot store."
        ]

    def test_of_several_lines_counts_each_line_end_once(self):
        assert ask(question("long_text", max_length=3), "q=a%0D%0Ab") == "a\nb"


class TestPhone:
    @pytest.mark.parametrize("typed", ["+44 20 7946 0000", "(020) 7946-0000 ext 5", "07700900123"])
    def test_is_kept_as_typed(self, typed):
        data = QueryDict(mutable=True)
        data["q"] = typed

        assert ask(question("phone"), data.urlencode()) == typed

    @pytest.mark.parametrize("typed", ["12", "ring+me", "٣"])
    def test_without_its_digits_is_refused(self, typed):
        assert ask(question("phone"), f"q={typed}") == (
            "Write a phone number with all its digits for “How?”."
        )


class TestDate:
    @pytest.mark.parametrize(
        ("day", "month", "year", "expected"),
        [
            ("4", "6", "1973", "1973-06-04"),
            ("04", "06", "1973", "1973-06-04"),
            ("4", "June", "1973", "1973-06-04"),
            ("4", "jun", "1973", "1973-06-04"),
            ("29", "feb", "2024", "2024-02-29"),
            ("24", "11", "2026", "2026-11-24"),
        ],
    )
    def test_is_read(self, day, month, year, expected):
        posted = f"q__day={day}&q__month={month}&q__year={year}"

        assert ask(question("date", past=True), posted) == expected

    @pytest.mark.parametrize(
        ("day", "month", "year", "sentence"),
        [
            ("4", "6", "73", "Write the year of your date with 4 digits, for example 1975."),
            ("4", "6", "0000", "Write the year of your date with 4 digits, for example 1975."),
            ("4", "6", "", "Write the year of your date too."),
            ("", "6", "1973", "Write the day of your date too."),
            ("4", "13", "1973", MONTH_UNCLEAR),
            ("4", "ju", "1973", MONTH_UNCLEAR),
            ("x", "6", "1973", "Write the day of your date as a number, for example 27."),
            ("³", "6", "1973", "Write the day of your date as a number, for example 27."),
            ("31", "6", "1973", "Check the day of your date: that month does not have it."),
            ("29", "2", "2023", "Check the day of your date: that month does not have it."),
            ("25", "11", "2026", "Check the year: your date must be in the past."),
            ("1", "1", "1873", "Check the year of your date."),
        ],
    )  # fmt: skip
    def test_that_cannot_be_says_what_to_do(self, day, month, year, sentence):
        posted = f"q__day={day}&q__month={month}&q__year={year}"

        assert ask(question("date", past=True), posted) == sentence

    def test_that_is_not_about_the_past_may_lie_ahead(self):
        posted = "q__day=1&q__month=1&q__year=2027"

        assert ask(question("date"), posted) == "2027-01-01"

    def test_in_no_box_is_no_answer(self):
        assert ask(question("date"), "") is None

    def test_reads_in_words(self):
        assert kind("date").words(question("date"), "1973-06-04") == "4 June 1973"

    @pytest.mark.parametrize(
        ("typed", "number"),
        [("1", 1), ("12", 12), ("0", None), ("13", None), ("may", 5), ("MARCH", 3), ("sept.", 9),
         ("septe", 9), ("j", None), ("", None), ("maybe", None), ("999999999999", None)],
    )  # fmt: skip
    def test_takes_months_as_numbers_and_words(self, typed, number):
        assert month_number(typed) == number


class TestChoosing:
    @pytest.mark.parametrize("said", ["yes", "no", "not_sure"])
    def test_yes_no_takes_three_answers(self, said):
        assert ask(question("yes_no"), f"q={said}") == said

    @pytest.mark.parametrize("code", ["yes_no", "choice", "emergency", "scale", "choices"])
    def test_a_forged_answer_is_refused_at_the_field(self, code):
        asked = question(code, options=OPTIONS, low_label="low", high_label="high")

        assert ask(asked, "q=forged") == "Choose one of the answers shown for “How?”."

    def test_a_repeated_answer_counts_once(self):
        assert ask(question("yes_no"), "q=no&q=yes") == "yes"

    def test_an_emergency_question_may_have_answers_of_its_own(self):
        assert ask(question("emergency", options=OPTIONS), "q=b") == "b"
        assert ask(question("emergency"), "q=yes") == "yes"

    def test_one_or_both_is_always_a_list(self):
        asked = question("one_or_both", options=OPTIONS, both_label="Both")

        assert ask(asked, "q=a") == ["a"]
        assert ask(asked, "q=both") == ["a", "b"]
        assert ask(asked, "") is None
        assert kind("one_or_both").words(asked, ["a", "b"]) == "Both"
        assert kind("one_or_both").words(asked, ["b"]) == "Second"

    def test_choices_come_in_the_order_they_are_offered(self):
        assert ask(question("choices", options=OPTIONS), "q=b&q=a&q=a") == ["a", "b"]

    def test_none_of_the_choices_is_an_answer_of_its_own(self):
        asked = question("choices", options=OPTIONS, none_label="None of these")

        assert ask(asked, "q__none=on") == []
        assert ask(asked, "") is None
        assert kind("choices").words(asked, []) == "None of these"

    def test_none_together_with_a_choice_is_refused(self):
        asked = question("choices", options=OPTIONS, none_label="None of these")

        assert ask(asked, "q=a&q__none=on") == (
            "Choose either “None of these” or the others, not both: “How?”."
        )


class TestScale:
    asked = question("scale", low_label="no pain", high_label="worst pain you can imagine")

    @pytest.mark.parametrize("point", range(11))
    def test_is_a_whole_number(self, point):
        assert ask(self.asked, f"q={point}") == point
        assert kind("scale").is_answered(point)

    def test_can_be_left_unsaid(self):
        assert ask(self.asked, "q=cannot_say") == "cannot_say"
        assert kind("scale").words(self.asked, "cannot_say") == "I cannot say"

    @pytest.mark.parametrize("value", [None, -1, 11, True, "7", 7.0])
    def test_takes_nothing_else_for_an_answer(self, value):
        assert not kind("scale").is_answered(value)

    def test_names_both_ends_in_words(self):
        labels = dict(kind("scale").fields(self.asked)[""].choices)

        assert labels["0"] == "0 no pain"
        assert labels["10"] == "10 worst pain you can imagine"
