"""Kinds that only a health form has, and what holds for every kind."""

import pytest
from asking import OPTIONS, ask, question

from intake.questionnaire.kinds import KINDS, kind


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

    def test_are_rows_of_text(self):
        its = kind("medicines")

        assert its.is_answered([]) and its.is_answered([{"name": "Iron"}])
        assert not its.is_answered([{"name": 3}]) and not its.is_answered(["Iron"])

    def test_read_in_words_as_typed_with_the_chosen_name_beside_it(self):
        of_before = {"name": "Eliquis", "dose": "5 mg", "how_often": ""}
        chosen = {"name": "warfrin", "dose": "", "how_often": "daily", "matched": "warfarin"}

        said = kind("medicines").words(self.asked, [of_before, chosen])
        assert said == "Eliquis, 5 mg; warfrin (warfarin), daily"
        assert kind("medicines").words(self.asked, []) == "None"


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
    "place": "neck_back",
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

        assert code == "medicines" or set(kind(code).initial(asked, ANSWERED[code])) & set(parts)
        assert kind(code).words(asked, ANSWERED[code])
