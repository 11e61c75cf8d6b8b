"""What a second person reads of rows that are new, gone or lowered, and what tables are called."""

import json
from dataclasses import asdict

import pytest
from rule_set_steps import PAGES, change, changed
from screening_documents import RULES

from intake.screening.editing import rule_words
from intake.screening.editing.comparison import differences
from intake.screening.editing.difference_reading import changes_shown, lowered_shown
from intake.screening.editing.lowering import lowered
from intake.screening.editing.sheets import SHEETS
from intake.screening.rule_set import RuleSetData

MEDICINES = SHEETS["medicines"]


def with_medicine() -> RuleSetData:
    cells = dict.fromkeys(MEDICINES.columns, "")
    new = MEDICINES.row(cells | {"generic": "rivazomab", "classes": "antiplatelet;biologic"})
    return MEDICINES.with_rows(RULES, [*MEDICINES.rows(RULES), new])


def stored(rules: RuleSetData, *tables: str) -> dict[str, list]:
    return {
        name: json.loads(json.dumps([asdict(row) for row in getattr(rules, name)]))
        for name in tables
    }


class TestARowThatIsNewOrGone:
    @pytest.mark.parametrize(
        ("before", "now", "word", "cell"),
        [
            (RULES, with_medicine(), "Added", ("empty", "antiplatelet; biologic")),
            (with_medicine(), RULES, "Removed", ("antiplatelet; biologic", "empty")),
        ],
        ids=["new", "gone"],
    )
    def test_is_shown_with_all_it_says(self, before, now, word, cell):
        shown = changes_shown(differences(before, now))

        [row] = [*shown["lowered"], *shown["sheets"][0].rows]
        assert (row.word, row.key) == (word, "rivazomab")
        assert [(each.column, each.before, each.now) for each in row.cells] == [("Classes", *cell)]

    @pytest.mark.django_db
    def test_is_read_before_it_is_put_in_force(self, as_bea, draft, ada):
        change(draft, "medicines", "warfarin", ada, generic="warfarin sodium")

        page = as_bea.get(f"{PAGES}{draft.pk}/publish/").content.decode()

        assert "<li>Classes: <ins>anticoag_vka</ins></li>" in page
        assert "<li>Classes: <del>anticoag_vka</del></li>" in page


class TestAHeavyRow:
    def test_that_is_lowered_is_said_to_stand_in_the_table_where_it_is_found(self):
        now = changed("conditions", "bleeding_disorder", acupuncture="caution")

        [row] = lowered(stored(RULES, "rules"), stored(now, "rules"))

        shown = lowered_shown(row)
        assert (shown.sheet, shown.word) == ("Conditions", "Lowered")
        assert [(c.column, c.before, c.now) for c in shown.cells] == [
            ("Acupuncture", "Contraindicated", "Caution")
        ]

    def test_that_is_gone_is_shown_to_the_safety_owner_with_what_it_weighed(self):
        rest = [row for row in SHEETS["conditions"].rows(RULES) if row.code != "bleeding_disorder"]
        now = SHEETS["conditions"].with_rows(RULES, rest)

        gone = lowered(stored(RULES, "rules"), stored(now, "rules"))[0]

        levels = {cell.column: cell.before for cell in lowered_shown(gone).cells}
        assert levels["Acupuncture"] == "Contraindicated"
        assert levels["Massage"] == "Consult first"


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_table_has_a_name_and_says_what_it_is_for(sheet):
    assert sheet in rule_words.SHEETS
    assert rule_words.sheet_purpose(sheet).endswith(".")


def test_no_name_is_kept_for_a_table_that_is_not_there():
    assert set(rule_words.SHEETS) == set(SHEETS)


@pytest.mark.django_db
class TestTheSafetyOwnersPage:
    def test_says_first_what_is_missing_and_leads_to_it(self, as_bea, draft, ada):
        change(draft, "conditions", "bleeding_disorder", ada, acupuncture="caution")
        address = f"{PAGES}{draft.pk}/agree/"
        [(_, form)] = as_bea.get(address).context["rows"]
        typed = {"seen": draft.digest, f"{form.prefix}-safety_owner": "Dr Imara Reed"}

        answer = as_bea.post(address, typed)

        assert answer.status_code == 422
        link = f'<a href="#id_{form.prefix}-reason">Write the reason they gave.</a>'
        assert link in answer.content.decode()
