import pytest
from rule_set_steps import NOW, change, put, started

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from intake.screening import services
from intake.screening.editing import publishing
from intake.screening.editing.publishing import may_publish
from intake.screening.models import RuleSet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.setattr(services, "_known", {})


class TestPublishing:
    def test_by_a_second_person_puts_the_draft_in_force_with_its_reason(self, draft, ada, bea):
        change(draft, "conditions", "diabetes", ada, massage="consult_first")

        put(draft, bea, "  Foot care, agreed in the team. ")

        rule_set, rules = services.published()
        assert (rule_set, rules.rule("diabetes").levels[3]) == (draft, "consult_first")
        assert (rule_set.published_by, rule_set.published_at) == (bea, NOW)
        assert rule_set.note == "Foot care, agreed in the team."
        event = Event.objects.filter(action="rules_published").last()
        assert (event.by, event.detail) == (bea, "2026.3.1")

    def test_by_the_one_who_started_the_draft_is_refused(self, draft, ada, bea):
        change(draft, "conditions", "diabetes", bea, massage="consult_first")

        with pytest.raises(publishing.SecondPersonNeeded):
            put(draft, ada)

    def test_by_the_one_who_changed_it_last_is_refused(self, draft, bea):
        change(draft, "conditions", "diabetes", bea, massage="consult_first")

        with pytest.raises(publishing.SecondPersonNeeded):
            put(draft, bea)
        assert not may_publish(draft, bea)

    def test_by_somebody_who_is_no_manager_is_refused(self, draft, practitioner):
        with pytest.raises(NotAllowed):
            put(draft, practitioner.user)

    def test_without_a_reason_is_refused(self, draft, bea):
        with pytest.raises(publishing.ReasonNeeded):
            put(draft, bea, " \n ")

    def test_of_something_else_than_was_read_is_refused(self, draft, ada, bea):
        as_bea_read_it = RuleSet.objects.get(pk=draft.pk)
        change(draft, "conditions", "diabetes", ada, massage="none")

        with pytest.raises(publishing.DraftChanged):
            put(as_bea_read_it, bea)

    def test_twice_is_refused(self, draft, bea):
        put(draft, bea)

        with pytest.raises(publishing.AlreadyPublished):
            put(draft, bea)

    def test_of_an_older_draft_makes_it_the_newest(self, draft, ada, bea):
        younger = started(services.load_default(), ada, "2026.3.2")
        put(younger, bea)

        put(draft, bea)

        assert services.published()[0] == draft
        draft.refresh_from_db()
        assert draft.number > younger.number
