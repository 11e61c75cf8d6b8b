import json
from dataclasses import replace

import pytest
from screening_documents import RULES

from intake.screening.checking import BadRules, check
from intake.screening.rule_files import FOLDER
from intake.screening.rule_set import digest, from_json, to_json

CONCERNS = {
    "Bleeding risk",
    "Bones and joints",
    "Brain and nerves",
    "Cancer",
    "Clot risk",
    "Consent",
    "Devices and metal",
    "Faint risk",
    "Heart",
    "Infection",
    "Organs",
    "Other",
    "Pregnancy",
    "Seizures",
    "Skin",
    "Wellbeing",
}


class TestRuleFiles:
    def test_hold_every_row_of_the_reference(self):
        assert len(RULES.conditions) == 144
        assert sum(rule.priority == 1 for rule in RULES.conditions) == 75
        assert len(RULES.emergencies) == 38
        assert len(RULES.messages) == 8
        assert len(RULES.sources) == 65
        assert sum("YN" in rule.ask_by for rule in RULES.conditions) == 132

    def test_give_every_code_a_concern_and_a_short_title(self):
        for rule in RULES.rules:
            assert RULES.concern(rule.code) in CONCERNS
            assert 0 < len(RULES.title(rule.code)) <= 60

    def test_give_every_row_advice_and_a_source(self):
        assert [rule.code for rule in RULES.rules if not rule.advice or not rule.sources] == []

    def test_mark_what_rests_only_on_our_own_default(self):
        marked = {rule.code for rule in RULES.rules if rule.default}

        assert marked == {rule.code for rule in RULES.rules if rule.sources == ("S65",)}

    def test_give_every_emergency_an_urgency_and_a_message(self):
        for rule in RULES.emergencies:
            assert rule.urgency in ("R0", "R1")
            assert rule.message in RULES.message_rank

    def test_order_the_messages_without_a_tie(self):
        ranks = sorted(RULES.message_rank.values())

        assert ranks == list(range(1, 9))

    def test_end_each_line_as_unix_does_so_that_differences_stay_small(self):
        assert [path.name for path in FOLDER.iterdir() if b"\r" in path.read_bytes()] == []


class TestRuleSetAsJson:
    def test_comes_back_equal_with_an_equal_digest(self):
        there = json.loads(json.dumps(to_json(RULES)))

        assert from_json(there) == RULES
        assert digest(there) == digest(to_json(RULES))

    def test_has_another_digest_when_one_level_differs(self):
        first = RULES.rules[0]
        other = replace(first, levels=("note", *first.levels[1:]))

        changed = replace(RULES, rules=(other, *RULES.rules[1:]))

        assert digest(to_json(changed)) != digest(to_json(RULES))

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"levels": ("note",)}, "anticoagulant_use needs one level for each of"),
            ({"levels": ("note", "note", "note", "bad")}, r"bad is not a level"),
            ({"local": ("", "", "", "bad")}, r"bad is not a level"),
            ({"sources": ("S99",)}, "S99 is not a source"),
            ({"message": "M9"}, "M9 is no message"),
            ({"urgency": "R7"}, "R7 is no urgency"),
            ({"code": "icd"}, "icd is there twice"),
            ({"code": "new_code"}, "new_code has no title"),
        ],
    )
    def test_is_refused_when_a_row_does_not_fit(self, change, sentence):
        wrong = replace(RULES, rules=(replace(RULES.rules[0], **change), *RULES.rules[1:]))

        with pytest.raises(BadRules, match=sentence):
            check(wrong)

    def test_is_refused_without_a_code_the_engine_names(self):
        rules = tuple(rule for rule in RULES.rules if rule.code != "answer_unknown")

        with pytest.raises(BadRules, match="answer_unknown is missing"):
            check(replace(RULES, rules=rules))


class TestRulesForTextAreRefused:
    @pytest.mark.parametrize(
        ("table", "change", "sentence"),
        [
            ("terms", {"codes": ("nothing",)}, "nothing is opened by deep vein thrombosis only"),
            ("terms", {"asks": ("nothing",)}, "nothing is opened by deep vein thrombosis only"),
            ("terms", {"family": "much"}, "much is not a level"),
            ("terms", {"term": "stroke"}, "stroke is there twice"),
            ("term_cases", {"term": "nobody"}, "nobody is in term_cases only"),
            ("term_cases", {"effect": "perhaps"}, "perhaps is no effect"),
            ("term_cases", {"only": ("gout",)}, "gout is no deep vein thrombosis"),
            ("term_cases", {"codes": ("nothing",)}, "nothing is opened by deep vein"),
            ("term_cases", {"effect": "means", "words": ("the DVT",)}, "the DVT hides deep vein"),
            ("cues", {"kind": "maybe"}, "maybe is no kind of cue"),
            ("cues", {"side": "above"}, "above is no side of a cue"),
            ("passing", {"code": "nothing"}, "nothing is in passing only"),
        ],
    )
    def test_when_a_row_does_not_fit(self, table, change, sentence):
        first, *others = getattr(RULES, table)
        wrong = replace(RULES, **{table: (replace(first, **change), *others)})

        with pytest.raises(BadRules, match=sentence):
            check(wrong)
