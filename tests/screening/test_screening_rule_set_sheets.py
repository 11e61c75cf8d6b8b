"""The pages on which managers read rule sets."""

import csv

import pytest
from rule_set_steps import PAGES, change
from screening_documents import RULES

from intake.screening.editing.sheets import SHEETS
from intake.screening.rule_files import FOLDER

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


class TestASheet:
    def found(self, as_ada, rule_set, sheet="conditions", **query):
        return as_ada.get(f"{PAGES}{rule_set.pk}/table/{sheet}/", query).context["page"]

    @pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.name)
    def test_shows_every_row_over_its_pages(self, as_ada, in_force, sheet):
        keys = []
        for number in self.found(as_ada, in_force, sheet.name).paginator.page_range:
            keys += [row.key for row in self.found(as_ada, in_force, sheet.name, page=number)]

        assert keys == list(sheet.by_key(RULES))

    def test_shows_levels_general_and_in_the_affected_area(self, as_ada, in_force):
        [row] = self.found(as_ada, in_force, q="lymph_nodes_removed")

        rule = RULES.rule("lymph_nodes_removed")
        words = [level.replace("_", " ").capitalize() for level in rule.levels]
        local = [level.replace("_", " ").capitalize() for level in rule.local]
        assert [(level.general, level.local) for level in row.levels] == list(
            zip(words, local, strict=True)
        )
        assert row.title == rule.question

    def test_is_searched_by_every_word_in_any_letters(self, as_ada, in_force):
        rows = self.found(as_ada, in_force, q="WARFARIN thinner")

        assert [row.key for row in rows] == ["anticoagulant_use"]

    def test_is_narrowed_to_what_rests_only_on_our_own_default(self, as_ada, in_force):
        ours = self.found(as_ada, in_force, rests_on="default").paginator.count
        others = self.found(as_ada, in_force, rests_on="sourced").paginator.count

        assert ours == sum(rule.default for rule in RULES.conditions)
        assert ours + others == 144

    def test_without_a_fitting_row_says_so(self, as_ada, in_force):
        page = as_ada.get(f"{PAGES}{in_force.pk}/table/conditions/?q=zzzz").content.decode()

        assert "No row fits." in page

    def test_offers_changes_in_drafts_only(self, as_ada, in_force, draft):
        for rule_set, expected in ((in_force, False), (draft, True)):
            page = as_ada.get(f"{PAGES}{rule_set.pk}/table/findings/").content.decode()
            assert ("Add a row" in page, "/remove/?row=" in page) == (expected, expected)

    @pytest.mark.parametrize("sheet", SHEETS)
    def test_is_downloaded_as_the_file_it_came_from(self, as_ada, in_force, sheet):
        answer = as_ada.get(f"{PAGES}{in_force.pk}/table/{sheet}.csv")

        with (FOLDER / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
            expected = list(csv.DictReader(file))
        lines = answer.content.decode().splitlines(keepends=True)
        reader = csv.DictReader(lines)
        got = [SHEETS[sheet].row(row) for row in reader]
        assert got == [SHEETS[sheet].row(row) for row in expected]
        assert answer["Content-Disposition"] == f'attachment; filename="{sheet}.csv"'
        assert "\r" not in lines[0]


class TestTheDifferencePage:
    def test_names_what_is_lowered_first(self, as_ada, in_force, draft, ada):
        change(draft, "conditions", "diabetes", ada, massage="none")
        change(draft, "conditions", "icd", ada, question="Other words?")

        page = as_ada.get(f"{PAGES}difference/", {"from": in_force.pk, "to": draft.pk})

        text = page.content.decode()
        assert "2 rows differ" in text
        assert text.index(">diabetes<") < text.index(">icd<")
        assert "<del>Note</del>" in text and "<ins>None</ins>" in text

    def test_compares_what_is_in_force_with_the_newest_by_itself(self, as_ada, in_force, draft):
        context = as_ada.get(f"{PAGES}difference/").context

        assert (context["before"], context["now"]) == (in_force, draft)

    @pytest.mark.parametrize("given", ["x", "0", "999999", ""])
    def test_takes_no_harm_from_a_version_that_is_not_there(self, as_ada, in_force, given):
        answer = as_ada.get(f"{PAGES}difference/", {"from": given, "to": given})

        assert answer.status_code == 200
