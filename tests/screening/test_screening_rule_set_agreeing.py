from dataclasses import replace

import pytest
from django.core.management import call_command
from rule_set_steps import NOW, STROKE, WORD, change, put, started
from screening_documents import RULES

from clinic.audit.models import Event
from clinic.errors import NotAllowed
from intake.screening import services
from intake.screening.checking import BadRules
from intake.screening.editing import lowering_files, publishing
from intake.screening.editing.publishing import agree, not_agreed
from intake.screening.models import Lowering, RuleSet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.setattr(services, "_known", {})


class TestLoweringAHeavyRow:
    @pytest.fixture
    def lowering(self, draft, ada):
        return change(draft, "emergencies", "em_stroke", ada, urgency="R1")

    def test_waits_for_the_safety_owner(self, lowering, bea):
        with pytest.raises(publishing.NotAgreed) as refused:
            put(lowering, bea)

        assert [(one.table, one.row) for one in refused.value.missing] == [STROKE]
        assert "em_stroke (rules)" in refused.value.sentence
        assert not RuleSet.objects.get(pk=lowering.pk).is_published

    def test_is_published_with_their_name_and_reason(self, lowering, bea):
        [kept] = agree(draft=lowering, words={STROKE: WORD}, seen=lowering.digest, by=bea, now=NOW)
        put(lowering, bea)

        assert services.published()[1].rule("em_stroke").urgency == "R1"
        assert (kept.safety_owner, kept.reason, kept.by, kept.at) == (*WORD, bea, NOW)
        assert (kept.was["urgency"], kept.becomes["urgency"]) == ("R0", "R1")
        assert Event.objects.get(action="rules_lowering_agreed").by == bea

    def test_again_after_they_agreed_needs_a_new_word(self, lowering, ada, bea):
        agree(draft=lowering, words={STROKE: WORD}, seen=lowering.digest, by=bea)
        change(lowering, "emergencies", "em_stroke", ada, message="M7")

        with pytest.raises(publishing.NotAgreed):
            put(lowering, bea)

    def test_and_raising_it_again_needs_no_word(self, lowering, ada, bea):
        change(lowering, "emergencies", "em_stroke", ada, urgency="R0")

        put(lowering, bea)

        assert services.published()[1].rules == RULES.rules

    def test_of_which_only_one_is_agreed_to_names_the_other(self, lowering, ada, bea):
        change(lowering, "emergencies", "em_sepsis", ada, urgency="R1")
        agree(draft=lowering, words={STROKE: WORD}, seen=lowering.digest, by=bea)

        with pytest.raises(publishing.NotAgreed) as refused:
            put(lowering, bea)

        assert [one.row for one in refused.value.missing] == ["em_sepsis"]

    def test_words_for_rows_that_are_not_lowered_are_not_kept(self, lowering, bea):
        words = {STROKE: WORD, ("rules", "icd"): WORD}

        made = agree(draft=lowering, words=words, seen=lowering.digest, by=bea)

        assert [one.row for one in made] == ["em_stroke"]

    def test_is_agreed_to_by_managers_only_and_as_it_was_read(self, lowering, bea, practitioner):
        with pytest.raises(NotAllowed):
            agree(draft=lowering, words={STROKE: WORD}, seen=lowering.digest, by=practitioner.user)
        with pytest.raises(publishing.DraftChanged):
            agree(draft=lowering, words={STROKE: WORD}, seen="0" * 64, by=bea)

        assert not Lowering.objects.exists()

    def test_is_compared_with_what_is_in_force_and_not_with_what_it_began_from(
        self, lowering, ada, bea
    ):
        agree(draft=lowering, words={STROKE: WORD}, seen=lowering.digest, by=bea)
        put(lowering, bea)
        later = started(RuleSet.objects.get(name="2026.3"), ada, "2026.3.2")

        assert not_agreed(later, publishing.in_force()) == []


class TestRulesThatComeWithTheSite:
    @pytest.fixture
    def site_lowers(self, monkeypatch):
        """The files of a next version, in which one emergency is less urgent."""
        services.load_default()
        less = replace(RULES.rule("em_stroke"), urgency="R1")
        rules = tuple(less if each.code == less.code else each for each in RULES.rules)
        next_one = replace(RULES, rules=rules, name="2026.4")
        monkeypatch.setattr(services, "load_files", lambda: next_one)

    def test_lower_nothing_without_a_line_in_their_file(self, site_lowers):
        with pytest.raises(publishing.NotAgreed, match="em_stroke"):
            services.load_default()

        assert services.published()[0].name == "2026.3"
        assert not RuleSet.objects.filter(name="2026.4").exists()

    def test_keep_the_words_in_their_file(self, site_lowers, monkeypatch):
        monkeypatch.setattr(services, "read_lowered", lambda: {STROKE: WORD})

        services.load_default()
        services.load_default()

        [kept] = Lowering.objects.all()
        assert (kept.safety_owner, kept.by, kept.rule_set.name) == (WORD[0], None, "2026.4")
        assert services.published()[0].name == "2026.4"

    def test_wait_as_a_draft_where_the_clinic_has_its_own_version_in_force(
        self, draft, bea, ada, site_lowers, capsys
    ):
        put(draft, bea)

        call_command("load_rules")

        assert "2026.4 wait as a draft" in capsys.readouterr().out
        waiting = services.load_default()
        assert not waiting.is_published
        assert services.published()[0] == draft
        agree(draft=waiting, words={STROKE: WORD}, seen=waiting.digest, by=ada)
        put(waiting, ada)
        assert services.published()[0] == waiting

    def test_have_a_file_whose_every_line_is_complete(self, tmp_path):
        path = tmp_path / "lowered.csv"
        path.write_text("table,row,safety_owner,reason\nrules,em_stroke,Dr Reed,Reviewed\n")
        assert lowering_files.read_lowered(tmp_path) == {STROKE: ("Dr Reed", "Reviewed")}

        path.write_text("table,row,safety_owner,reason\nrules,em_stroke,,Reviewed\n")
        with pytest.raises(BadRules, match=r"lowered.csv, line 2"):
            lowering_files.read_lowered(tmp_path)

        assert lowering_files.read_lowered() == {}
