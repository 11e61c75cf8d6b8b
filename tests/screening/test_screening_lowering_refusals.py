"""What the database refuses about rule sets, whoever asks; each beside a twin without it."""

import json
from dataclasses import replace

import pytest
from refusals import refused, run, stored, without
from rule_set_steps import LOWERINGS, TABLE, change, is_published, publish_raw, started
from screening_documents import RULES

from intake.screening.models import Lowering, RuleSet
from intake.screening.rule_set import digest, to_json
from intake.screening.services import load_default

pytestmark = pytest.mark.django_db


class TestALoweredRow:
    NAME = "lowered_rows_are_signed"

    @pytest.fixture
    def lowering(self, draft, ada):
        return change(draft, "emergencies", "em_stroke", ada, urgency="R1")

    def word(self, draft: RuleSet, **fields: object) -> Lowering:
        was = next(row for row in to_json(RULES)["rules"] if row["code"] == "em_stroke")
        said = {
            "rule_set": draft,
            "table": "rules",
            "row": "em_stroke",
            "was": was,
            "becomes": was | {"urgency": "R1"},
            "safety_owner": "Dr Reed",
            "reason": "Reviewed.",
        }
        return Lowering.objects.create(**said | fields)

    def test_needs_the_word_of_the_safety_owner(self, lowering, bea):
        with refused(self.NAME):
            publish_raw(lowering, bea)

    def test_with_their_word_is_published(self, lowering, bea):
        self.word(lowering)

        publish_raw(lowering, bea)

        assert is_published(lowering)

    @pytest.mark.parametrize(
        "fields",
        [
            {"table": "terms"},
            {"was": {"code": "em_stroke"}},
            {"becomes": {"code": "em_stroke"}},
        ],
    )
    def test_with_a_word_about_something_else_is_refused(self, lowering, bea, fields):
        self.word(lowering, **fields)

        with refused(self.NAME):
            publish_raw(lowering, bea)

    def test_with_a_word_about_another_version_is_refused(self, lowering, ada, bea):
        self.word(started(load_default(), ada, "2026.3.2"))

        with refused(self.NAME):
            publish_raw(lowering, bea)

    def test_cannot_be_stored_as_published_at_once(self):
        load_default()
        rules = [rule for rule in RULES.rules if rule.code != "em_stroke"]
        rows = to_json(replace(RULES, name="x", rules=tuple(rules)))

        with refused(self.NAME):
            run(
                f"INSERT INTO {TABLE} (name, number, digest, rows, note, created_at, published_at)"
                " VALUES ('x', 9, %s, %s, '', now(), now())",
                [digest(rows), json.dumps(rows)],
            )

    def test_without_the_trigger_needs_nobody(self, lowering, bea):
        without(TABLE, self.NAME)

        publish_raw(lowering, bea)

        assert RuleSet.objects.get(pk=lowering.pk).data().rule("em_stroke").urgency == "R1"


class TestTheWordOfTheSafetyOwner:
    @pytest.fixture
    def kept(self, draft):
        return TestALoweredRow().word(draft)

    @pytest.mark.parametrize(
        "sql", [f"UPDATE {LOWERINGS} SET reason = 'x'", f"DELETE FROM {LOWERINGS}"]
    )
    def test_never_changes_and_never_goes(self, kept, sql):
        with refused(f"{LOWERINGS}_append_only"):
            run(sql)

    def test_without_the_trigger_could_be_rewritten(self, kept):
        without(LOWERINGS, f"{LOWERINGS}_append_only")

        run(f"UPDATE {LOWERINGS} SET reason = 'x'")

        assert Lowering.objects.get().reason == "x"

    def test_is_not_added_after_publishing(self, draft, bea):
        publish_raw(draft, bea)

        with refused("lowering_is_signed_before_publishing"):
            TestALoweredRow().word(draft)

    def test_without_the_trigger_could_be_added_afterwards(self, draft, bea):
        publish_raw(draft, bea)
        without(LOWERINGS, "lowering_is_signed_before_publishing")

        TestALoweredRow().word(draft)

        assert stored(LOWERINGS) == 1

    @pytest.mark.parametrize("fields", [{"safety_owner": ""}, {"reason": ""}])
    def test_has_a_name_and_a_reason(self, draft, fields):
        with refused("lowering_names_who_and_why"):
            TestALoweredRow().word(draft, **fields)
