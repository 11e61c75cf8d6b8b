import pytest
from rule_set_steps import PAGES, WEIGHTS, change, remove, typed
from screening_documents import RULES

from intake.screening.editing.sheets import SHEETS
from intake.screening.models import RuleSet
from intake.screening.services import load_default

pytestmark = pytest.mark.django_db


def row_page(draft: RuleSet, sheet: str, key: str) -> str:
    return f"{PAGES}{draft.pk}/table/{sheet}/row/?row={key}"


class TestStarting:
    def test_leads_to_the_new_draft(self, as_ada, ada):
        base = load_default()

        answer = as_ada.post(f"{PAGES}{base.pk}/start/", {"name": "2026.3.1"})

        made = RuleSet.objects.get(name="2026.3.1")
        assert answer.url == f"{PAGES}{made.pk}/change/"
        assert made.drafted_by == ada

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("2026.3", "There is a version of this name already."),
            ("", "Give it a name."),
            ("a/b", "Use letters, digits, full stops and hyphens only."),
            ("1" * 21, "at most 20 characters"),
        ],
    )
    def test_under_a_name_that_cannot_be_says_so(self, as_ada, name, sentence):
        base = load_default()

        answer = as_ada.post(f"{PAGES}{base.pk}/start/", {"name": name})

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert RuleSet.objects.count() == 1


class TestTheFormOfARow:
    def test_saves_what_was_chosen(self, as_ada, draft, ada):
        form = typed(draft, "conditions", "diabetes", massage="consult_first", default="yes")

        answer = as_ada.post(row_page(draft, "conditions", "diabetes"), form)

        stored = RuleSet.objects.get(pk=draft.pk)
        assert answer.url == f"{PAGES}{draft.pk}/table/conditions/"
        assert stored.data().rule("diabetes").levels[3] == "consult_first"
        assert stored.data().rule("diabetes").default is True
        assert stored.changed_by == ada

    @pytest.mark.parametrize("sheet", [name for name in SHEETS if SHEETS[name].rows(RULES)])
    def test_of_every_sheet_saved_as_it_is_changes_nothing(self, as_ada, draft, sheet):
        for key in list(SHEETS[sheet].by_key(RULES))[:2]:
            page = as_ada.get(row_page(draft, sheet, key))
            answer = as_ada.post(row_page(draft, sheet, key), page.context["form"].initial
                                 | {field.html_name: field.value() or ""
                                    for field in page.context["form"].columns})  # fmt: skip
            assert answer.status_code == 302, answer.content.decode()

        assert RuleSet.objects.get(pk=draft.pk).digest == draft.digest

    def test_takes_lists_line_by_line_or_with_semicolons(self, as_ada, draft):
        form = typed(draft, "medicines", "warfarin", brands="One\r\nTwo; Three\n\n")

        as_ada.post(row_page(draft, "medicines", "warfarin"), form)

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
        self, as_ada, draft, changed, field
    ):
        form = typed(draft, "conditions", "diabetes", advice="Typed with care.", **changed)

        answer = as_ada.post(row_page(draft, "conditions", "diabetes"), form)

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert f'href="#id_{field}"' in answer.content.decode()
        assert "Typed with care." in answer.content.decode()
        assert RuleSet.objects.get(pk=draft.pk).digest == draft.digest

    def test_escapes_what_was_typed(self, as_ada, draft):
        form = typed(draft, "conditions", "diabetes", question="<script>alert(1)</script>?")

        as_ada.post(row_page(draft, "conditions", "diabetes"), form)

        page = as_ada.get(f"{PAGES}{draft.pk}/table/conditions/?q=alert").content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page

    def test_is_not_there_for_a_published_version(self, as_ada):
        assert as_ada.get(row_page(load_default(), "conditions", "icd")).status_code == 404

    def test_is_not_there_for_a_row_or_sheet_nobody_knows(self, as_ada, draft):
        assert as_ada.get(row_page(draft, "conditions", "nothing")).status_code == 404
        assert as_ada.get(row_page(draft, "recipes", "icd")).status_code == 404


class TestSomebodyElseSavedMeanwhile:
    def test_is_said_and_nothing_is_lost_on_either_side(self, as_ada, draft, bea):
        form = typed(draft, "conditions", "diabetes", advice="Mine.")
        change(draft, "conditions", "diabetes", bea, advice="Theirs.")

        answer = as_ada.post(row_page(draft, "conditions", "diabetes"), form)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Somebody else saved this draft while you were at it (Bea)." in page
        assert "Theirs." in page
        assert "Mine." in page
        assert RuleSet.objects.get(pk=draft.pk).data().rule("diabetes").advice == "Theirs."

    def test_saving_once_more_is_on_purpose(self, as_ada, draft, bea):
        form = typed(draft, "conditions", "diabetes", advice="Mine.")
        change(draft, "conditions", "icd", bea, advice="Theirs.")
        first = as_ada.post(row_page(draft, "conditions", "diabetes"), form)

        form["seen"] = first.context["form"]["seen"].value()
        as_ada.post(row_page(draft, "conditions", "diabetes"), form)

        stored = RuleSet.objects.get(pk=draft.pk).data()
        assert (stored.rule("diabetes").advice, stored.rule("icd").advice) == ("Mine.", "Theirs.")

    def test_a_row_that_is_gone_is_said(self, as_ada, draft, bea):
        form = typed(draft, "medicines", "warfarin", note="Mine.")
        remove(draft, "medicines", "warfarin", bea)
        first = as_ada.post(row_page(draft, "medicines", "warfarin"), form)

        form["seen"] = first.context["form"]["seen"].value()
        second = as_ada.post(row_page(draft, "medicines", "warfarin"), form)

        assert "This row is no longer in the draft." in second.content.decode()
        assert "Mine." in second.content.decode()

    def test_removing_asks_again_too(self, as_ada, draft, bea):
        seen = draft.digest
        change(draft, "conditions", "icd", bea, advice="Theirs.")

        page = f"{PAGES}{draft.pk}/table/medicines/remove/?row=warfarin"
        answer = as_ada.post(page, {"seen": seen})

        assert answer.status_code == 422
        assert "warfarin" in SHEETS["medicines"].by_key(RuleSet.objects.get(pk=draft.pk).data())


class TestRemovingOnThePage:
    def test_asks_first_and_then_removes(self, as_ada, draft):
        page = f"{PAGES}{draft.pk}/table/medicines/remove/?row=warfarin"

        assert as_ada.get(page).status_code == 200
        answer = as_ada.post(page, {"seen": draft.digest})

        assert answer.url == f"{PAGES}{draft.pk}/table/medicines/"
        assert "warfarin" not in SHEETS["medicines"].by_key(RuleSet.objects.get(pk=draft.pk).data())


class TestDiscardingADraft:
    def test_removes_it(self, as_ada, draft):
        as_ada.post(f"{PAGES}{draft.pk}/delete/", {"post": "yes"})

        assert not RuleSet.objects.filter(pk=draft.pk).exists()

    def test_is_not_offered_for_a_published_version(self, as_ada):
        assert as_ada.post(f"{PAGES}{load_default().pk}/delete/").status_code == 403
