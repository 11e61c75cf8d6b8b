"""Each kind of question: what it takes, what it refuses and in which words."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from intake.questionnaire.kinds import KINDS, Unclear, kind
from intake.questionnaire.kinds.dates import month_number
from intake.questionnaire.question import OptionOutline, QuestionOutline

TODAY = date(2026, 11, 24)
MONTH_UNCLEAR = "Write the month of your date as a number from 1 to 12 or as a word."
OPTIONS = (OptionOutline("a", "First"), OptionOutline("b", "Second"))


def question(kind_code: str, *, options=(), **extras) -> QuestionOutline:
    return QuestionOutline(
        code="q", kind=kind_code, label="How?", page="p", section="s", options=options,
        extras=extras,
    )  # fmt: skip


def ask(asked: QuestionOutline, posted: str):
    """The answer to `posted`, or the sentence that refuses it."""
    its = kind(asked.kind)
    fields = {f"q__{part}" if part else "q": field for part, field in its.fields(asked).items()}
    form = type("Form", (forms.Form,), fields)(QueryDict(posted))
    if not form.is_valid():
        return next(iter(form.errors.values()))[0]
    parts = {name.partition("__")[2]: value for name, value in form.cleaned_data.items()}
    try:
        return its.answer(asked, parts, TODAY)
    except Unclear as unclear:
        return unclear.sentence


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

    @pytest.mark.parametrize("typed", ["12", "ring+me", "1234567890123456789012"])
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


class TestRegions:
    def test_are_a_list_of_codes(self):
        asked = question("regions", none_label="I have no pain")

        assert ask(asked, "q=neck_back&q=left_shoulder_front") == [
            "neck_back",
            "left_shoulder_front",
        ]
        assert ask(asked, "q__none=on") == []
        assert kind("regions").words(asked, ["neck_back"]) == "Back of neck"

    def test_of_one_scope_do_not_take_those_of_the_other(self):
        assert ask(question("regions"), "q=left_arm").startswith("Choose one of the answers")
        assert ask(question("regions", scope="wholes"), "q=left_arm") == ["left_arm"]


class TestPregnancy:
    asked = question("pregnancy")

    @pytest.mark.parametrize(
        ("posted", "expected"),
        [
            ("", None),
            ("q__weeks=14", None),
            ("q=yes&q__weeks=14", {"answer": "yes", "weeks": 14}),
            ("q=yes", {"answer": "yes"}),
            ("q=no&q__weeks=14", {"answer": "no"}),
            ("q=maybe", {"answer": "maybe"}),
            ("q=not_applicable", {"answer": "not_applicable"}),
        ],
    )
    def test_is_an_answer_and_perhaps_weeks(self, posted, expected):
        assert ask(self.asked, posted) == expected

    @pytest.mark.parametrize("weeks", ["46", "-1", "ten", "1e3", "٣"])
    def test_with_weeks_that_cannot_be_is_refused(self, weeks):
        assert ask(self.asked, f"q=yes&q__weeks={weeks}") == (
            "Write the weeks as a number from 0 to 45, or leave it blank."
        )

    def test_reads_in_words(self):
        assert (
            kind("pregnancy").words(self.asked, {"answer": "yes", "weeks": 14}) == "Yes, 14 weeks"
        )
        assert kind("pregnancy").words(self.asked, {"answer": "no"}) == "No"


class TestMedicines:
    asked = question("medicines")

    def test_are_rows_without_the_empty_ones(self):
        posted = "q__0_name=Eliquis&q__0_dose=5+mg&q__0_how_often=twice+a+day&q__3_name=Iron"

        assert ask(self.asked, posted) == [
            {"name": "Eliquis", "dose": "5 mg", "how_often": "twice a day"},
            {"name": "Iron", "dose": "", "how_often": ""},
        ]

    def test_taken_off_the_list_are_gone(self):
        assert ask(self.asked, "q__0_name=Iron&q__1_name=Eliquis&q__0_remove=on") == [
            {"name": "Eliquis", "dose": "", "how_often": ""}
        ]

    def test_without_a_name_are_asked_about(self):
        assert ask(self.asked, "q__1_dose=5+mg") == "Write the name of medicine 2."

    def test_read_in_words(self):
        rows = [{"name": "Eliquis", "dose": "5 mg", "how_often": ""}]

        assert kind("medicines").words(self.asked, rows) == "Eliquis, 5 mg"


class TestConsent:
    def test_to_tick_is_given_only_by_ticking(self):
        assert ask(question("consent"), "q=on") == "yes"
        assert ask(question("consent"), "") is None

    def test_with_a_choice_can_be_put_off(self):
        asked = question("consent", options=OPTIONS)

        assert ask(asked, "q=b") == "b"
        assert kind("consent").words(asked, "b") == "Second"

    def test_reads_in_words(self):
        assert kind("consent").words(question("consent"), "yes") == "I agree"


class TestSignature:
    asked = question("signature", statement="This is true.", missing="Type your full name to sign.")

    def test_is_a_name_and_a_tick(self):
        assert ask(self.asked, "q=Ada+Example&q__statement=on") == {
            "name": "Ada Example",
            "statement": True,
        }

    def test_without_the_tick_is_refused(self):
        assert ask(self.asked, "q=Ada") == "Tick the box under your name to sign."

    def test_without_a_name_is_refused(self):
        assert ask(self.asked, "q__statement=on") == "Type your full name to sign."

    def test_is_never_ticked_beforehand(self):
        shown = kind("signature").initial(self.asked, {"name": "Ada", "statement": True})

        assert shown["statement"] is False


ANSWERED = {
    "text": "x",
    "long_text": "x",
    "phone": "012345",
    "date": "1973-06-04",
    "yes_no": "no",
    "emergency": "no",
    "choice": "a",
    "one_or_both": ["a"],
    "choices": ["a"],
    "scale": 0,
    "regions": ["neck_back"],
    "pregnancy": {"answer": "no"},
    "medicines": [{"name": "Iron", "dose": "", "how_often": ""}],
    "consent": "yes",
    "signature": {"name": "Ada", "statement": True},
}


class TestEveryKind:
    @pytest.mark.parametrize("code", KINDS)
    def test_tells_an_answer_from_none(self, code):
        assert kind(code).is_answered(ANSWERED[code])
        assert not kind(code).is_answered(None)
        assert not kind(code).is_answered("")

    @pytest.mark.parametrize("code", KINDS)
    def test_shows_its_answer_again_and_in_words(self, code):
        asked = question(
            code, options=OPTIONS, low_label="l", high_label="h", both_label="b", none_label="n",
            statement="s",
        )  # fmt: skip
        parts = kind(code).fields(asked)

        assert set(kind(code).initial(asked, ANSWERED[code])) & set(parts)
        assert kind(code).words(asked, ANSWERED[code])
