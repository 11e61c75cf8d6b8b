from datetime import date

import pytest

from intake.questionnaire.conditions import OPENED, age_on, chosen, holds, mentions

TODAY = date(2026, 11, 24)
PAIN = {"question": "goals", "is": ["pain"]}
FERTILE = {"age_from": 12, "age_to": 55}
RHYTHM = {"question": "medicines", "opens": ["arrhythmia"]}


class TestACondition:
    @pytest.mark.parametrize(
        ("condition", "answers", "expected"),
        [
            (None, {}, True),
            ({}, {}, True),
            (PAIN, {}, False),
            (PAIN, {"goals": ["sleep", "pain"]}, True),
            (PAIN, {"goals": ["sleep"]}, False),
            (PAIN, {"goals": []}, False),
            ({"question": "a", "is": ["yes", "not_sure"]}, {"a": "not_sure"}, True),
            ({"question": "p", "is": ["yes"]}, {"p": {"answer": "yes"}}, True),
            (FERTILE, {}, True),
            (FERTILE, {"born": "not a date"}, True),
            (FERTILE, {"born": "2014-11-24"}, True),
            (FERTILE, {"born": "2014-11-25"}, False),
            (FERTILE, {"born": "1970-11-25"}, True),
            (FERTILE, {"born": "1970-11-24"}, False),
            ({"age_from": 65}, {"born": "1950-01-01"}, True),
            ({"all": [PAIN, FERTILE]}, {"goals": ["pain"], "born": "1950-01-01"}, False),
            ({"any": [PAIN, FERTILE]}, {"goals": ["pain"], "born": "1950-01-01"}, True),
            ({"any": []}, {}, False),
            (RHYTHM, {OPENED: ["bp_raised", "arrhythmia"]}, True),
            (RHYTHM, {OPENED: ["bp_raised"]}, False),
            (RHYTHM, {"medicines": [{"name": "digoxin"}]}, False),
            (RHYTHM, {}, False),
        ],
    )
    def test_holds(self, condition, answers, expected):
        assert holds(condition, answers, TODAY) is expected

    @pytest.mark.parametrize("answer", [None, 7, True, {"answer": 3}, [[]], {}, [None]])
    def test_takes_a_misshapen_answer_for_none(self, answer):
        assert chosen(answer) == set()

    def test_tells_which_questions_it_looks_at(self):
        assert mentions({"any": [PAIN, {"all": [FERTILE]}]}) == {"goals", "born"}
        assert mentions(None) == set()


class TestAge:
    def test_counts_a_birthday_on_the_day_itself(self):
        assert age_on("2000-11-24", TODAY) == 26
        assert age_on("2000-11-25", TODAY) == 25

    def test_of_someone_born_on_29_february_goes_up_on_1_march(self):
        assert age_on("2000-02-29", date(2026, 2, 28)) == 25
        assert age_on("2000-02-29", date(2026, 3, 1)) == 26
