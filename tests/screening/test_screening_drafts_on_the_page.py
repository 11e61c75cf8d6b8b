import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rule_set_steps import PAGES, WEIGHTS, change, manager, remove, started, typed
from screening_documents import RULES
from signing_in import client_of

from intake.screening.models import RuleSet
from intake.screening.services import load_default
from intake.screening.sheet_files import MOST_ROWS, to_csv
from intake.screening.sheets import SHEETS

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return manager("Ada")


@pytest.fixture
def bea():
    return manager("Bea")


@pytest.fixture
def draft(ada):
    return started(load_default(), ada)


@pytest.fixture
def client(ada):
    return client_of(ada)


def row_page(draft: RuleSet, sheet: str, key: str) -> str:
    return f"{PAGES}{draft.pk}/table/{sheet}/row/?row={key}"


def upload_page(draft: RuleSet, sheet: str) -> str:
    return f"{PAGES}{draft.pk}/table/{sheet}/upload/"


class TestStarting:
    def test_leads_to_the_new_draft(self, client, ada):
        base = load_default()

        answer = client.post(f"{PAGES}{base.pk}/start/", {"name": "2026.2.1"})

        made = RuleSet.objects.get(name="2026.2.1")
        assert answer.url == f"{PAGES}{made.pk}/change/"
        assert made.drafted_by == ada

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("2026.2", "There is a version of this name already."),
            ("", "Give it a name."),
            ("a/b", "Use letters, digits, full stops and hyphens only."),
            ("1" * 21, "at most 20 characters"),
        ],
    )
    def test_under_a_name_that_cannot_be_says_so(self, client, name, sentence):
        base = load_default()

        answer = client.post(f"{PAGES}{base.pk}/start/", {"name": name})

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert RuleSet.objects.count() == 1


class TestTheFormOfARow:
    def test_saves_what_was_chosen(self, client, draft, ada):
        form = typed(draft, "conditions", "diabetes", massage="consult_first", default="yes")

        answer = client.post(row_page(draft, "conditions", "diabetes"), form)

        stored = RuleSet.objects.get(pk=draft.pk)
        assert answer.url == f"{PAGES}{draft.pk}/table/conditions/"
        assert stored.data().rule("diabetes").levels[3] == "consult_first"
        assert stored.data().rule("diabetes").default is True
        assert stored.changed_by == ada

    @pytest.mark.parametrize("sheet", [name for name in SHEETS if SHEETS[name].rows(RULES)])
    def test_of_every_sheet_saved_as_it_is_changes_nothing(self, client, draft, sheet):
        for key in list(SHEETS[sheet].by_key(RULES))[:2]:
            page = client.get(row_page(draft, sheet, key))
            answer = client.post(row_page(draft, sheet, key), page.context["form"].initial
                                 | {field.html_name: field.value() or ""
                                    for field in page.context["form"].columns})  # fmt: skip
            assert answer.status_code == 302, answer.content.decode()

        assert RuleSet.objects.get(pk=draft.pk).digest == draft.digest

    def test_takes_lists_line_by_line_or_with_semicolons(self, client, draft):
        form = typed(draft, "medicines", "warfarin", brands="One\r\nTwo; Three\n\n")

        client.post(row_page(draft, "medicines", "warfarin"), form)

        stored = SHEETS["medicines"].by_key(RuleSet.objects.get(pk=draft.pk).data())
        assert stored["warfarin"].brands == ("One", "Two", "Three")

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"sources": "S99"}, "cell_sources"),
            ({"message": "M77"}, "cell_message"),
            ({"code": "icd"}, "cell_code"),
            (dict.fromkeys(WEIGHTS, ""), "cell_acupuncture"),
            ({"priority": "soon"}, "cell_priority"),
            ({"heat": "lukewarm"}, "cell_heat"),
            ({"code": ""}, "cell_code"),
            ({"question": "a\x00b"}, "cell_question"),
        ],
    )
    def test_that_does_not_fit_says_so_at_the_field_and_keeps_what_was_typed(
        self, client, draft, changed, field
    ):
        form = typed(draft, "conditions", "diabetes", advice="Typed with care.", **changed)

        answer = client.post(row_page(draft, "conditions", "diabetes"), form)

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert f'href="#id_{field}"' in answer.content.decode()
        assert "Typed with care." in answer.content.decode()
        assert RuleSet.objects.get(pk=draft.pk).digest == draft.digest

    def test_escapes_what_was_typed(self, client, draft):
        form = typed(draft, "conditions", "diabetes", question="<script>alert(1)</script>?")

        client.post(row_page(draft, "conditions", "diabetes"), form)

        page = client.get(f"{PAGES}{draft.pk}/table/conditions/?q=alert").content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page

    def test_is_not_there_for_a_published_version(self, client):
        assert client.get(row_page(load_default(), "conditions", "icd")).status_code == 404

    def test_is_not_there_for_a_row_or_sheet_nobody_knows(self, client, draft):
        assert client.get(row_page(draft, "conditions", "nothing")).status_code == 404
        assert client.get(row_page(draft, "recipes", "icd")).status_code == 404


class TestSomebodyElseSavedMeanwhile:
    def test_is_said_and_nothing_is_lost_on_either_side(self, client, draft, bea):
        form = typed(draft, "conditions", "diabetes", advice="Mine.")
        change(draft, "conditions", "diabetes", bea, advice="Theirs.")

        answer = client.post(row_page(draft, "conditions", "diabetes"), form)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Somebody else saved this draft while you were at it (Bea)." in page
        assert "Theirs." in page
        assert "Mine." in page
        assert RuleSet.objects.get(pk=draft.pk).data().rule("diabetes").advice == "Theirs."

    def test_saving_once_more_is_on_purpose(self, client, draft, bea):
        form = typed(draft, "conditions", "diabetes", advice="Mine.")
        change(draft, "conditions", "icd", bea, advice="Theirs.")
        first = client.post(row_page(draft, "conditions", "diabetes"), form)

        form["seen"] = first.context["form"]["seen"].value()
        client.post(row_page(draft, "conditions", "diabetes"), form)

        stored = RuleSet.objects.get(pk=draft.pk).data()
        assert (stored.rule("diabetes").advice, stored.rule("icd").advice) == ("Mine.", "Theirs.")

    def test_a_row_that_is_gone_is_said(self, client, draft, bea):
        form = typed(draft, "medicines", "warfarin", note="Mine.")
        remove(draft, "medicines", "warfarin", bea)
        first = client.post(row_page(draft, "medicines", "warfarin"), form)

        form["seen"] = first.context["form"]["seen"].value()
        second = client.post(row_page(draft, "medicines", "warfarin"), form)

        assert "This row is no longer in the draft." in second.content.decode()
        assert "Mine." in second.content.decode()

    def test_removing_asks_again_too(self, client, draft, bea):
        seen = draft.digest
        change(draft, "conditions", "icd", bea, advice="Theirs.")

        page = f"{PAGES}{draft.pk}/table/medicines/remove/?row=warfarin"
        answer = client.post(page, {"seen": seen})

        assert answer.status_code == 422
        assert "warfarin" in SHEETS["medicines"].by_key(RuleSet.objects.get(pk=draft.pk).data())


class TestRemovingOnThePage:
    def test_asks_first_and_then_removes(self, client, draft):
        page = f"{PAGES}{draft.pk}/table/medicines/remove/?row=warfarin"

        assert client.get(page).status_code == 200
        answer = client.post(page, {"seen": draft.digest})

        assert answer.url == f"{PAGES}{draft.pk}/table/medicines/"
        assert "warfarin" not in SHEETS["medicines"].by_key(RuleSet.objects.get(pk=draft.pk).data())


class TestDiscardingADraft:
    def test_removes_it(self, client, draft):
        client.post(f"{PAGES}{draft.pk}/delete/", {"post": "yes"})

        assert not RuleSet.objects.filter(pk=draft.pk).exists()

    def test_is_not_offered_for_a_published_version(self, client):
        assert client.post(f"{PAGES}{load_default().pk}/delete/").status_code == 403


GOOD = to_csv(SHEETS["terms"], RULES)


class TestReplacingASheetByAFile:
    def send(self, client, draft: RuleSet, content: bytes, sheet: str = "terms"):
        file = SimpleUploadedFile("terms.csv", content, "text/csv")
        return client.post(upload_page(draft, sheet), {"seen": draft.digest, "file": file})

    def test_takes_the_file_as_it_was_downloaded_and_changed(self, client, draft):
        page = f"{PAGES}{draft.pk}/table/terms.csv"
        content = client.get(page).content.replace(b"blood clot in leg", b"clot in the leg")

        answer = self.send(client, draft, b"\xef\xbb\xbf" + content)

        stored = RuleSet.objects.get(pk=draft.pk).data()
        assert answer.status_code == 302
        assert stored.terms[0].lay[0] == "clot in the leg"
        assert stored.terms[1:] == RULES.terms[1:]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "The submitted file is empty."),
            (b"\n\n", "The file is empty."),
            (b"term;synonyms;lay\n", "Cells are separated by commas."),
            (GOOD.replace("synonyms", "others", 1).encode(), "Columns are missing: synonyms."),
            (GOOD.replace("care\n", "care,term\n", 1).encode(), "A column is there twice."),
            (GOOD.replace("care\n", "care,mood\n", 1).encode(), "does not have: mood."),
            ((GOOD + "alone\n").encode(), "has 1 cells, and there are 11 columns."),
            ((GOOD + '"open,,').encode(), "cannot be read: unexpected end of data."),
            ((GOOD + "," * 10 + "\n").encode(), "term is empty."),
            (b"\xff\xfe\x00", "The file is not UTF-8 text."),
            (GOOD.encode() + b"\x00", "The file is not plain text."),
            (GOOD.encode() + b"x" * 1_000_000, "The file is larger than 1 MB."),
            ((GOOD + f"x{',' * 10}\n" * MOST_ROWS).encode(), "more than 5000 rows."),
        ],
        ids=lambda value: value[:30] if isinstance(value, str) else "",
    )
    def test_refuses_a_file_that_is_not_right_with_the_place(
        self, client, draft, content, sentence
    ):
        answer = self.send(client, draft, content)

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert RuleSet.objects.get(pk=draft.pk).digest == draft.digest

    def test_refuses_rows_that_do_not_fit_with_the_other_sheets(self, client, draft):
        content = to_csv(SHEETS["medicines"], RULES) + "x,,,unheard_of,,,,\n"

        answer = self.send(client, draft, content.encode(), "medicines")

        assert "unheard_of is no class (x)." in answer.content.decode()

    @pytest.mark.parametrize("limit", ["nan", "inf", "often"])
    def test_refuses_a_limit_that_is_no_number(self, client, draft, limit):
        content = to_csv(SHEETS["bands"], RULES) + f"inr,{limit},,,,em_vitals,,,,,,\n"

        answer = self.send(client, draft, content.encode(), "bands")

        assert answer.status_code == 422
        assert "Line 29: " in answer.content.decode()

    def test_without_a_file_asks_for_it(self, client, draft):
        answer = client.post(upload_page(draft, "terms"), {"seen": draft.digest})

        assert "Choose the file." in answer.content.decode()
