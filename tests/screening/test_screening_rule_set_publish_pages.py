"""The pages on which a draft is put in force, and the safety owner's word is entered."""

import pytest
from rule_set_steps import PAGES, change

from intake.screening.editing.lowering import lowered
from intake.screening.models import Lowering, RuleSet
from intake.screening.services import load_default

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(draft, ada):
    return change(draft, "conditions", "diabetes", ada, massage="none")


@pytest.fixture
def lowering(draft, ada):
    return change(draft, "emergencies", "em_stroke", ada, urgency="R1")


def page(draft: RuleSet, name: str) -> str:
    return f"{PAGES}{draft.pk}/{name}/"


def mark(draft: RuleSet, row: str) -> str:
    found = lowered(load_default().rows, draft.rows)
    return next(one.mark for one in found if one.row == row)


class TestPuttingInForce:
    def test_shows_the_differences_first(self, as_bea, draft):
        text = as_bea.get(page(draft, "publish")).content.decode()

        assert "What weighs less (1)" in text
        assert text.index("diabetes") < text.index("Put it in force")

    def test_by_a_second_person_works(self, as_bea, draft):
        answer = as_bea.post(page(draft, "publish"), {"seen": draft.digest, "note": "Agreed."})

        assert answer.url == f"{PAGES}{draft.pk}/change/"
        assert RuleSet.objects.published().newest_first().first() == draft

    def test_is_not_offered_to_the_one_who_drafted(self, as_ada, draft):
        assert (
            "A second person has to do this." in as_ada.get(page(draft, "publish")).content.decode()
        )

        answer = as_ada.post(page(draft, "publish"), {"seen": draft.digest, "note": "Agreed."})

        assert answer.status_code == 422
        assert not RuleSet.objects.get(pk=draft.pk).is_published

    def test_needs_a_reason_and_keeps_the_page(self, as_bea, draft):
        answer = as_bea.post(page(draft, "publish"), {"seen": draft.digest, "note": " "})

        assert answer.status_code == 422
        assert "Write what changed and why." in answer.content.decode()

    def test_after_somebody_changed_it_asks_to_read_again(self, as_bea, ada, draft):
        seen = draft.digest
        change(draft, "conditions", "icd", ada, question="Other?")

        answer = as_bea.post(page(draft, "publish"), {"seen": seen, "note": "Agreed."})

        assert answer.status_code == 422
        assert "Read the differences again." in answer.content.decode()
        assert "Agreed." in answer.content.decode()
        assert answer.context["form"]["seen"].value() == draft.digest

    def test_of_what_is_published_has_no_page(self, as_bea):
        assert as_bea.get(page(load_default(), "publish")).status_code == 404


class TestTheSafetyOwnersWord:
    def test_is_asked_for_before_a_heavy_row_is_lowered(self, as_bea, lowering):
        text = as_bea.get(page(lowering, "publish")).content.decode()
        assert "The safety owner has not agreed to 1 row yet." in text

        answer = as_bea.post(
            page(lowering, "publish"), {"seen": lowering.digest, "note": "Agreed."}
        )

        assert answer.status_code == 422
        assert not RuleSet.objects.get(pk=lowering.pk).is_published

    def test_is_kept_and_shown_with_the_version(self, as_bea, lowering):
        prefix = mark(lowering, "em_stroke")
        form = {
            "seen": lowering.digest,
            f"{prefix}-safety_owner": "Dr Imara Reed",
            f"{prefix}-reason": "Reviewed.",
        }

        assert as_bea.post(page(lowering, "agree"), form).url == page(lowering, "publish")
        as_bea.post(page(lowering, "publish"), {"seen": lowering.digest, "note": "Agreed."})

        assert RuleSet.objects.get(pk=lowering.pk).is_published
        assert "Dr Imara Reed" in as_bea.get(f"{PAGES}{lowering.pk}/change/").content.decode()

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"safety_owner": "Dr Reed"}, "Write the reason they gave."),
            ({"reason": "Reviewed."}, "Name the safety owner who agreed."),
        ],
    )
    def test_is_a_name_and_a_reason(self, as_bea, lowering, said, sentence):
        prefix = mark(lowering, "em_stroke")
        form = {"seen": lowering.digest} | {f"{prefix}-{name}": text for name, text in said.items()}

        answer = as_bea.post(page(lowering, "agree"), form)

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Lowering.objects.exists()

    def test_is_about_the_row_it_was_written_beside(self, as_bea, lowering, ada):
        prefix = mark(lowering, "em_stroke")
        change(lowering, "emergencies", "em_chest_pain", ada, urgency="R1")
        form = {
            "seen": lowering.digest,
            f"{prefix}-safety_owner": "Dr Reed",
            f"{prefix}-reason": "Reviewed.",
        }

        as_bea.post(page(lowering, "agree"), form)

        assert [one.row for one in Lowering.objects.all()] == ["em_stroke"]

    def test_about_an_older_state_of_the_draft_is_not_kept(self, as_bea, lowering, ada):
        form = {"seen": lowering.digest}
        change(lowering, "emergencies", "em_stroke", ada, message="M7")
        prefix = mark(lowering, "em_stroke")
        form |= {f"{prefix}-safety_owner": "Dr Reed", f"{prefix}-reason": "Reviewed."}

        answer = as_bea.post(page(lowering, "agree"), form)

        assert "Somebody else saved this draft" in answer.content.decode()
        assert not Lowering.objects.exists()

    def test_keeps_a_draft_from_being_discarded(self, as_bea, lowering):
        prefix = mark(lowering, "em_stroke")
        form = {"seen": lowering.digest, f"{prefix}-safety_owner": "x", f"{prefix}-reason": "y"}
        as_bea.post(page(lowering, "agree"), form)

        as_bea.post(f"{PAGES}{lowering.pk}/delete/", {"post": "yes"})

        assert RuleSet.objects.filter(pk=lowering.pk).exists()

    def test_without_anything_to_agree_to_says_so(self, as_bea, draft):
        assert (
            "No row waits for the safety owner."
            in as_bea.get(page(draft, "agree")).content.decode()
        )
