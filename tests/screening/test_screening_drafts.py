import pytest
from rule_set_steps import cells, change, remove, started
from screening_documents import RULES

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from intake.screening.editing import drafts
from intake.screening.editing.publishing import AlreadyPublished, DraftChanged
from intake.screening.editing.sheets import SHEETS
from intake.screening.models import RuleSet
from intake.screening.rule_set import digest
from intake.screening.services import load_default

pytestmark = pytest.mark.django_db
CONDITIONS = SHEETS["conditions"]


class TestStartingADraft:
    def test_takes_every_row_and_names_who_started_it(self, draft, ada):
        assert draft.data().rules == RULES.rules
        assert draft.data().name == draft.name == "2026.3.1"
        assert (draft.drafted_by, draft.changed_by, draft.is_published) == (ada, None, False)
        assert draft.started_from.name == "2026.3"
        assert draft.digest == digest(draft.rows)
        event = Event.objects.get(action="rules_draft_started")
        assert (event.by, event.reference, event.detail) == (ada, "2026.3.1", "from 2026.3")

    def test_under_a_name_that_exists_is_refused(self, draft, ada):
        with pytest.raises(drafts.NameTaken):
            started(load_default(), ada, name="2026.3")

        assert RuleSet.objects.count() == 2

    def test_by_somebody_who_is_no_manager_is_refused(self, practitioner):
        with pytest.raises(NotAllowed):
            started(load_default(), practitioner.user)

    def test_from_another_draft_is_refused(self, draft, bea):
        with pytest.raises(drafts.NotPublished):
            started(draft, bea, name="2026.3.2")

        assert RuleSet.objects.count() == 2

    def test_is_offered_names_that_never_meet_those_of_the_site(self, draft, ada):
        assert drafts.proposed_name(load_default()) == "2026.3.2"
        assert drafts.proposed_name(draft) == "2026.3.2"


class TestSavingARow:
    def test_changes_that_row_only_and_keeps_who_did_it(self, draft, bea):
        change(draft, "conditions", "diabetes", bea, massage="consult_first")

        stored = RuleSet.objects.get(pk=draft.pk)
        changed = [
            (old.code, old.levels[3], new.levels[3])
            for old, new in zip(RULES.rules, stored.data().rules, strict=True)
            if old != new
        ]
        assert changed == [("diabetes", RULES.rule("diabetes").levels[3], "consult_first")]
        assert stored.changed_by == bea
        assert stored.changed_at is not None
        assert stored.digest == digest(stored.rows)
        event = Event.objects.get(action="rules_draft_changed")
        assert (event.by, event.reference, event.detail) == (bea, "2026.3.1", "conditions")

    def test_that_is_the_same_as_before_leaves_no_trace(self, draft, bea):
        change(draft, "conditions", "diabetes", bea)

        draft.refresh_from_db()
        assert draft.changed_by is None
        assert not Event.objects.filter(action="rules_draft_changed").exists()

    def test_without_a_key_adds_it_among_its_own_kind(self, draft, ada):
        new = cells(draft, "conditions", "diabetes") | {"code": "new_thing"}
        title = {"code": "new_thing", "concern": "Other", "title": "Something new"}
        for sheet, row in (("concerns", title), ("conditions", new)):
            drafts.save_row(
                draft=draft,
                sheet=SHEETS[sheet],
                key=None,
                row=SHEETS[sheet].row(row),
                seen=draft.digest,
                by=ada,
            )

        stored = RuleSet.objects.get(pk=draft.pk).data()
        assert stored.rule("new_thing").kind == "condition"
        assert stored.title("new_thing") == "Something new"
        assert len(CONDITIONS.rows(stored)) == 145

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"sources": "S15;S99"}, "S99 is not a source (diabetes)."),
            ({"code": "icd"}, "icd is there twice."),
            ({"code": "unheard_of"}, "unheard_of has no title."),
            ({"message": "M77"}, "M77 is no message (diabetes)."),
        ],
    )
    def test_that_does_not_fit_with_the_others_is_refused_whole(
        self, draft, ada, changed, sentence
    ):
        before = draft.rows

        with pytest.raises(drafts.DoesNotFit) as refused:
            change(draft, "conditions", "diabetes", ada, **changed)

        assert refused.value.sentence == sentence
        assert RuleSet.objects.get(pk=draft.pk).rows == before

    def test_by_somebody_who_is_no_manager_is_refused(self, draft, practitioner):
        with pytest.raises(NotAllowed):
            change(draft, "conditions", "diabetes", practitioner.user, massage="none")

    def test_of_a_published_version_is_refused(self, ada):
        with pytest.raises(AlreadyPublished):
            change(load_default(), "conditions", "diabetes", ada, massage="none")


class TestRemovingARow:
    def test_takes_out_that_row_only(self, draft, ada):
        remove(draft, "medicines", "warfarin", ada)

        stored = RuleSet.objects.get(pk=draft.pk).data()
        assert set(RULES.medicines) - set(stored.medicines) == {
            row for row in RULES.medicines if row.generic == "warfarin"
        }
        assert stored.rules == RULES.rules

    def test_that_the_engine_needs_is_refused(self, draft, ada):
        with pytest.raises(drafts.DoesNotFit, match="answer_unknown is missing"):
            remove(draft, "conditions", "answer_unknown", ada)

    def test_that_is_not_there_is_said(self, draft, ada):
        with pytest.raises(drafts.RowGone):
            remove(draft, "medicines", "moonshine", ada)


class TestTwoPeopleAtOnce:
    def test_the_second_learns_that_somebody_else_saved(self, draft, ada, bea):
        as_bea_read_it = RuleSet.objects.get(pk=draft.pk)
        change(draft, "conditions", "diabetes", ada, massage="consult_first")

        with pytest.raises(DraftChanged):
            change(as_bea_read_it, "conditions", "icd", bea, question="Other words?")

        stored = RuleSet.objects.get(pk=draft.pk)
        assert stored.changed_by == ada
        assert stored.data().rule("diabetes").levels[3] == "consult_first"
        assert stored.data().rule("icd") == RULES.rule("icd")

    def test_a_row_removed_meanwhile_is_not_brought_back_unseen(self, draft, ada, bea):
        as_bea_read_it = RuleSet.objects.get(pk=draft.pk)
        remove(draft, "medicines", "warfarin", ada)

        with pytest.raises(DraftChanged):
            change(as_bea_read_it, "medicines", "warfarin", bea, note="x")

        assert "warfarin" not in SHEETS["medicines"].by_key(RuleSet.objects.get(pk=draft.pk).data())


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.name)
class TestEverySheet:
    def test_comes_back_equal_from_its_cells(self, sheet):
        rows = [sheet.row(sheet.cells(row)) for row in sheet.rows(RULES)]

        assert sheet.with_rows(RULES, rows) == RULES

    def test_tells_its_rows_apart(self, sheet):
        rows = sheet.by_key(RULES)

        assert list(rows.values()) == sheet.rows(RULES)
        assert all(rows)
