"""What the database refuses about rule sets, whoever asks; each beside a twin without it."""

import pytest
from refusals import refused, run, without, without_constraint
from rule_set_steps import PUBLISH, TABLE, change, is_published, publish_raw, started

from intake.screening.models import RuleSet
from intake.screening.services import load_default

pytestmark = pytest.mark.django_db


class TestASecondPerson:
    NAME = "rule_set_published_by_a_second_person"

    def test_is_not_the_one_who_drafted(self, draft, ada):
        with refused(self.NAME):
            publish_raw(draft, ada)

    def test_is_not_the_one_who_changed_it_last(self, draft, bea):
        change(draft, "conditions", "diabetes", bea, advice="x")

        with refused(self.NAME):
            publish_raw(draft, bea)

    def test_may_publish(self, draft, bea):
        publish_raw(draft, bea)

        assert is_published(draft)

    def test_without_the_constraint_would_not_be_needed(self, draft, ada):
        without_constraint(TABLE, self.NAME)

        publish_raw(draft, ada)

        assert is_published(draft)


class TestSomebodyWithAReason:
    NAME = "rule_set_published_by_somebody_with_a_reason"

    def test_is_named_unless_the_rules_came_with_the_site(self, draft):
        with refused(self.NAME):
            publish_raw(draft, None)

    def test_gives_one(self, draft, bea):
        with refused(self.NAME):
            publish_raw(draft, bea, note="")

    def test_without_the_constraint_could_be_nobody(self, draft):
        without_constraint(TABLE, self.NAME)

        publish_raw(draft, None, note="")

        assert is_published(draft)


class TestADraft:
    def test_stays_with_the_one_who_started_it(self, draft, bea):
        with refused("rule_set_stays_with_its_drafter"):
            run(f"UPDATE {TABLE} SET drafted_by_id = %s WHERE id = %s", [bea.pk, draft.pk])
        with refused("rule_set_stays_with_its_drafter"):
            run(f"UPDATE {TABLE} SET drafted_by_id = NULL WHERE id = %s", [draft.pk])

    def test_without_the_trigger_could_be_passed_on_and_published_by_its_drafter(
        self, draft, ada, bea
    ):
        without(TABLE, "rule_set_stays_with_its_drafter")

        run(f"UPDATE {TABLE} SET drafted_by_id = %s WHERE id = %s", [bea.pk, draft.pk])
        publish_raw(draft, ada)

        assert is_published(draft)

    @pytest.mark.parametrize(
        "change", ["rows = rows || '{\"x\": 1}'", "digest = 'x'", "name = 'x'"]
    )
    def test_is_not_changed_while_it_is_published(self, draft, bea, change):
        sql = PUBLISH.replace("SET", f"SET {change},")

        with refused("publishing_changes_nothing_else"):
            run(sql, [bea.pk, "why", draft.pk])

    def test_does_not_change_hands_while_it_is_published(self, draft, ada, bea):
        change(draft, "conditions", "diabetes", bea, advice="x")
        sql = PUBLISH.replace("SET", f"SET changed_by_id = {ada.pk},")

        with refused("publishing_changes_nothing_else"):
            run(sql, [bea.pk, "why", draft.pk])

    def test_without_the_trigger_could_be_changed_on_the_way(self, draft, bea):
        without(TABLE, "publishing_changes_nothing_else")
        without(TABLE, "lowered_rows_are_signed")

        run(PUBLISH.replace("SET", "SET rows = '{}',"), [bea.pk, "why", draft.pk])

        assert RuleSet.objects.get(pk=draft.pk).rows == {}


class TestTheNewest:
    NAME = "rule_set_published_is_the_newest"

    @pytest.fixture
    def in_between(self, draft, ada, bea):
        younger = started(load_default(), ada, "2026.3.2")
        publish_raw(younger, bea)
        return draft

    def test_is_what_is_published(self, in_between, bea):
        with refused(self.NAME):
            publish_raw(in_between, bea)

    def test_without_the_trigger_could_be_overtaken(self, in_between, bea):
        without(TABLE, self.NAME)

        publish_raw(in_between, bea)

        assert is_published(in_between)
        assert RuleSet.objects.published().newest_first().first() != in_between
