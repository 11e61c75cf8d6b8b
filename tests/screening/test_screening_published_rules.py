from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.contrib.admin.sites import site
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from screening_documents import RULES

from clinic.audit.models import Event
from intake.screening import services
from intake.screening.checking import BadRules
from intake.screening.models import RuleSet
from intake.screening.rule_set import digest, to_json

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TRIGGER = "published_rule_set_never_changes"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.setattr(services, "_known", {})


@pytest.fixture
def in_force() -> RuleSet:
    return services.load_default(now=NOW)


def draft(name: str = "2026.1", number: int = 2, **fields: object) -> RuleSet:
    rules = replace(RULES, name=name)
    return RuleSet.objects.create(
        name=name, number=number, digest=digest(to_json(rules)), rows=to_json(rules), **fields
    )


class TestLoadingTheDefault:
    def test_publishes_the_files_once_and_says_so_once(self):
        first = services.load_default(now=NOW)
        second = services.load_default()

        assert first == second
        assert (first.name, first.number, first.published_at) == ("2026.3", 1, NOW)
        assert first.published_by is None
        events = Event.objects.filter(action="rules_published")
        assert [event.detail for event in events] == ["2026.3"]

    def test_names_who_published(self, practitioner):
        rule_set = services.load_default(by=practitioner.user)

        assert rule_set.published_by == practitioner.user
        assert Event.objects.get(action="rules_published").by == practitioner.user

    def test_publishes_a_draft_of_the_same_rules(self):
        made = draft(name="2026.3", number=7)

        assert services.load_default(now=NOW) == made
        made.refresh_from_db()
        assert made.published_at == NOW

    def test_refuses_other_rules_under_the_same_name(self):
        RuleSet.objects.create(name="2026.3", number=1, digest="0" * 64, rows={})

        with pytest.raises(services.RulesChanged):
            services.load_default()

    def test_gives_the_next_number(self):
        draft(number=4)

        assert services.load_default().number == 5

    def test_by_command_says_what_is_in_force(self, capsys):
        call_command("load_rules")

        assert capsys.readouterr().out == "Screening rules 2026.3 are in force.\n"


class TestRulesInForce:
    def test_are_missing_until_some_are_published(self):
        draft()

        with pytest.raises(services.NoRulesPublished):
            services.published()

    def test_come_in_one_query_and_later_without_their_rows(
        self, in_force, django_assert_num_queries
    ):
        with django_assert_num_queries(1):
            rule_set, rules = services.published()
        with django_assert_num_queries(1) as second:
            again, same = services.published()

        assert rule_set == again == in_force
        assert rules == RULES
        assert rules is same
        assert again.unread_rows is None
        assert len(second) == 1

    def test_are_the_newest_published(self, in_force):
        newer = draft(number=2, published_at=NOW)
        draft(name="2026.4", number=3)

        rule_set, rules = services.published()

        assert rule_set == newer
        assert rules.name == "2026.1"

    def test_are_found_again_for_an_older_rule_set(self, in_force):
        draft(published_at=NOW)

        assert services.data_of(RuleSet.objects.get(pk=in_force.pk)) == RULES

    def test_that_are_not_what_was_published_are_refused(self):
        rows = to_json(RULES) | {"name": "changed"}
        RuleSet.objects.create(
            name="2026.3", number=1, digest=digest(to_json(RULES)), rows=rows, published_at=NOW
        )

        with pytest.raises(BadRules):
            services.published()


class TestPublishedRuleSet:
    @pytest.mark.parametrize(
        "change", [{"rows": {}}, {"name": "other"}, {"published_at": None}, {"number": 9}]
    )
    def test_cannot_be_changed(self, in_force, change):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            RuleSet.objects.filter(pk=in_force.pk).update(**change)

        in_force.refresh_from_db()
        assert digest(in_force.rows) == in_force.digest

    def test_cannot_be_deleted(self, in_force):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            RuleSet.objects.filter(pk=in_force.pk).delete()

        assert RuleSet.objects.filter(pk=in_force.pk).exists()

    def test_without_the_trigger_could_be_changed_and_deleted(self, in_force):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {TRIGGER} ON screening_ruleset")

        assert RuleSet.objects.filter(pk=in_force.pk).update(rows={}) == 1
        assert RuleSet.objects.filter(pk=in_force.pk).delete()[0] == 1

    def test_while_a_draft_may_still_be_changed_and_deleted(self):
        made = draft()

        assert RuleSet.objects.filter(pk=made.pk).update(name="renamed") == 1
        assert RuleSet.objects.filter(pk=made.pk).delete()[0] == 1

    def test_by_somebody_has_a_time(self, practitioner):
        with pytest.raises(IntegrityError, match="rule_set_published_by_needs_a_time"):
            draft(published_by=practitioner.user)


class TestAdmin:
    def test_lists_rule_sets_for_managers_and_changes_none(self, rf, practitioner, in_force):
        admin = site.get_model_admin(RuleSet)
        request = rf.get("/admin/")
        request.user = practitioner.user

        assert not admin.has_view_permission(request, in_force)
        request.user.is_manager = True
        assert admin.has_view_permission(request, in_force)
        assert not admin.has_add_permission(request)
        assert not admin.has_change_permission(request, in_force)
        assert not admin.has_delete_permission(request, in_force)
