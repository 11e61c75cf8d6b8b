from dataclasses import replace

import pytest
from rule_set_steps import changed
from screening_documents import RULES

from intake.screening.editing.comparison import differences, lowered_rows
from intake.screening.editing.difference_reading import changes_shown
from intake.screening.editing.sheets import SHEETS
from intake.screening.rule_set import RuleSetData


def without(sheet: str, key: str) -> RuleSetData:
    rows = SHEETS[sheet].by_key(RULES)
    del rows[key]
    return SHEETS[sheet].with_rows(RULES, list(rows.values()))


def only(before: RuleSetData, now: RuleSetData):
    [sheet] = differences(before, now)
    [row] = sheet.rows
    return row


class TestDifferences:
    def test_of_equal_rules_are_none(self):
        assert differences(RULES, RULES) == []
        assert changes_shown([]) == {"lowered": [], "sheets": [], "count": 0}

    def test_do_not_depend_on_the_order_of_rows(self):
        other = replace(RULES, rules=RULES.rules[::-1], medicines=RULES.medicines[::-1])

        assert differences(RULES, other) == []

    @pytest.mark.parametrize(
        ("sheet", "key", "cells", "change", "is_lowered"),
        [
            ("conditions", "diabetes", {"massage": "none"}, "lowered", True),
            ("conditions", "diabetes", {"massage": "contraindicated"}, "raised", False),
            ("conditions", "diabetes", {"massage": "none", "heat": "contraindicated"},
             "lowered", True),
            ("conditions", "diabetes", {"massage_local": "note"}, "raised", False),
            ("conditions", "touch_boundaries", {"massage_local": ""}, "lowered", True),
            ("conditions", "diabetes", {"question": "Other?"}, "changed", False),
            ("emergencies", "em_stroke", {"urgency": "R1"}, "lowered", True),
            ("conditions", "diabetes", {"urgency": "R1"}, "raised", False),
            ("medicine_classes", "clotting_factor", {"massage": "none"}, "lowered", True),
            ("medicines", "warfarin", {"brands": "X"}, "changed", False),
            ("medicines", "warfarin", {"classes": "nsaid"}, "lowered", True),
            ("medicines", "warfarin", {"classes": "anticoag_vka;clotting_factor"}, "raised", False),
            ("terms", "phlebitis", {"codes": ""}, "lowered", True),
            ("families", "Blood clot", {"recent": "dvt_past"}, "lowered", True),
            ("sources", "S01", {"citation": "icd"}, "changed", False),
        ],
    )  # fmt: skip
    def test_name_the_row_and_whether_it_weighs_less(self, sheet, key, cells, change, is_lowered):
        row = only(RULES, changed(sheet, key, **cells))

        assert (row.sheet, row.key, row.change, row.is_lowered) == (sheet, key, change, is_lowered)
        assert {cell.column: cell.now for cell in row.cells} == cells

    def test_name_what_is_gone_and_what_is_new(self):
        gone = only(RULES, without("conditions", "diabetes"))
        new = only(without("conditions", "diabetes"), RULES)

        medicine = only(RULES, without("medicines", "warfarin"))
        assert (gone.change, gone.is_lowered) == ("removed", True)
        assert (medicine.change, medicine.is_lowered) == ("removed", True)
        assert (new.change, new.is_lowered) == ("added", False)

    def test_do_not_call_it_lowered_when_what_is_gone_weighed_nothing(self):
        assert not only(RULES, without("sources", "S01")).is_lowered

    def test_compare_a_threshold_without_levels_by_those_of_its_rule(self):
        key = "systolic at least 180 bp_very_high"
        lower = dict.fromkeys(("acupuncture", "electroacupuncture", "heat", "massage"), "none")

        assert only(RULES, changed("bands", key, **lower)).change == "lowered"

    def test_of_many_rows_stand_with_what_could_let_something_through_first(self):
        now = changed("conditions", "icd", question="x?")
        now = changed("conditions", "diabetes", now, massage="none")
        now = changed("conditions", "osteoporosis", now, massage="contraindicated")
        rows = [row for row in SHEETS["conditions"].rows(now) if row.code != "pacemaker"]
        now = SHEETS["conditions"].with_rows(now, rows)

        [sheet] = differences(RULES, now)

        assert [row.change for row in sheet.rows] == ["lowered", "removed", "changed", "raised"]
        assert [row.key for row in lowered_rows([sheet])] == ["diabetes", "pacemaker"]


class TestDifferencesInWords:
    def test_say_which_cell_was_what_and_is_what(self):
        shown = changes_shown(differences(RULES, changed("conditions", "diabetes", massage="none")))

        [row] = shown["lowered"]
        [cell] = row.cells
        assert (row.sheet, row.word, row.key) == ("Conditions", "Lowered", "diabetes")
        assert (cell.column, cell.now, cell.direction) == ("Massage", "None", "lowered")
        assert cell.before == RULES.rule("diabetes").levels[3].capitalize() == "Note"
        assert shown["count"] == 1
        assert (shown["sheets"][0].summary, shown["sheets"][0].rows) == ("1 lowered", ())

    def test_say_what_an_empty_cell_means(self):
        now = changed("conditions", "icd", urgency="R1", default="yes", message="M2")
        shown = changes_shown(differences(RULES, now))

        [row] = shown["sheets"][0].rows
        assert {cell.column: (cell.before, cell.now) for cell in row.cells} == {
            "Urgency": ("none", "R1, the same day"),
            "Only our own default": ("No", "Yes"),
            "Message": ("empty", "M2"),
        }


class TestRowsOfOneName:
    BANDS = SHEETS["bands"].rows(RULES)

    def test_are_told_apart_by_what_is_in_them(self):
        twice = SHEETS["bands"].with_rows(RULES, [self.BANDS[3], *self.BANDS])

        row = only(RULES, twice)

        assert (row.change, row.key) == ("added", "systolic at least 180 bp_very_high")
        assert only(twice, RULES).change == "removed"

    def test_are_compared_in_order_when_one_of_them_changes(self):
        first, second = self.BANDS[3], replace(self.BANDS[3], message="M2")
        third = replace(second, message="M1")
        before = SHEETS["bands"].with_rows(RULES, [first, second])
        now = SHEETS["bands"].with_rows(RULES, [third, first])

        row = only(before, now)

        assert [(cell.before, cell.now) for cell in row.cells] == [("M2", "M1")]
