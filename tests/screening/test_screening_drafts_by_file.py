import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rule_set_steps import PAGES
from screening_documents import RULES

from intake.screening.editing.sheet_files import MOST_ROWS, to_csv
from intake.screening.editing.sheets import SHEETS
from intake.screening.models import RuleSet

pytestmark = pytest.mark.django_db


def upload_page(draft: RuleSet, sheet: str) -> str:
    return f"{PAGES}{draft.pk}/table/{sheet}/upload/"


GOOD = to_csv(SHEETS["sources"], RULES)


class TestReplacingASheetByAFile:
    def send(self, as_ada, draft: RuleSet, content: bytes, sheet: str = "sources"):
        file = SimpleUploadedFile("sources.csv", content, "text/csv")
        return as_ada.post(upload_page(draft, sheet), {"seen": draft.digest, "file": file})

    def test_takes_the_file_as_it_was_downloaded_and_changed(self, as_ada, draft):
        page = f"{PAGES}{draft.pk}/table/sources.csv"
        content = as_ada.get(page).content.replace(b"Geneva 1999", b"Geneva, 1999")

        answer = self.send(as_ada, draft, b"\xef\xbb\xbf" + content)

        stored = RuleSet.objects.get(pk=draft.pk).data()
        assert answer.status_code == 302
        assert stored.sources[0].citation.endswith("Geneva, 1999.")
        assert stored.sources[1:] == RULES.sources[1:]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "The submitted file is empty."),
            (b"\n\n", "The file is empty."),
            (b"id;citation;checked\n", "Cells are separated by commas."),
            (GOOD.replace("citation", "others", 1).encode(), "Columns are missing: citation."),
            (GOOD.replace("checked\n", "checked,id\n", 1).encode(), "A column is there twice."),
            (GOOD.replace("checked\n", "checked,mood\n", 1).encode(), "does not have: mood."),
            ((GOOD + "alone\n").encode(), "has 1 cells, and there are 3 columns."),
            ((GOOD + '"open,,').encode(), "cannot be read: unexpected end of data."),
            ((GOOD + ",,\n").encode(), "id is empty."),
            (b"\xff\xfe\x00", "The file is not UTF-8 text."),
            (GOOD.encode() + b"\x00", "The file is not plain text."),
            (GOOD.encode() + b"x" * 1_000_000, "The file is larger than 1 MB."),
            ((GOOD + "x,,\n" * MOST_ROWS).encode(), "more than 5000 rows."),
        ],
        ids=lambda value: value[:30] if isinstance(value, str) else "",
    )
    def test_refuses_a_file_that_is_not_right_with_the_place(
        self, as_ada, draft, content, sentence
    ):
        answer = self.send(as_ada, draft, content)

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert RuleSet.objects.get(pk=draft.pk).digest == draft.digest

    def test_refuses_rows_that_do_not_fit_with_the_other_sheets(self, as_ada, draft):
        content = to_csv(SHEETS["medicines"], RULES)
        row = {"generic": "x", "classes": "unheard_of"}
        content += ",".join(row.get(column, "") for column in SHEETS["medicines"].columns) + "\n"

        answer = self.send(as_ada, draft, content.encode(), "medicines")

        assert "unheard_of is no class (x)." in answer.content.decode()

    @pytest.mark.parametrize("limit", ["nan", "inf", "often"])
    def test_refuses_a_limit_that_is_no_number(self, as_ada, draft, limit):
        content = to_csv(SHEETS["bands"], RULES) + f"inr,{limit},,,,em_vitals,,,,,,\n"

        answer = self.send(as_ada, draft, content.encode(), "bands")

        assert answer.status_code == 422
        assert "Line 29: " in answer.content.decode()

    def test_without_a_file_asks_for_it(self, as_ada, draft):
        answer = as_ada.post(upload_page(draft, "sources"), {"seen": draft.digest})

        assert "Choose the file." in answer.content.decode()
