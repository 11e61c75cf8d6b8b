"""A rule set in memory: frozen, complete, independent of database and clock."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property

from intake.screening.levels import BY_CODE, MODALITIES
from intake.screening.rows import Band, Concern, Family, Message, Rule, Source

ENGINE_CODES = (
    "answer_unknown",
    "medicine_unrecognised",
    "one_at_first_visit",
    "low_mood_thoughts",
    "pregnancy_t1",
    "pregnancy_t2_t3",
    "pregnancy_term",
    "pregnancy_possible",
    "touch_boundaries",
    "age_child",
    "frailty_older",
    "bp_in_pregnancy",
    "em_suicide",
    "em_pregnancy",
    "em_vitals",
    "em_bp_crisis",
)
"""Codes the engine names itself; a rule set without one of them is refused."""


class BadRules(ValueError):
    """The rules do not fit together; the sentence says where."""


@dataclass(frozen=True)
class RuleSetData:
    name: str
    rules: tuple[Rule, ...]
    bands: tuple[Band, ...]
    families: tuple[Family, ...]
    messages: tuple[Message, ...]
    sources: tuple[Source, ...]
    concerns: tuple[Concern, ...]

    @cached_property
    def by_code(self) -> dict[str, Rule]:
        return {rule.code: rule for rule in self.rules}

    @cached_property
    def conditions(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.kind == "condition")

    @cached_property
    def emergencies(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.kind == "emergency")

    @cached_property
    def answered(self) -> tuple[Rule, ...]:
        """The rules whose codes are keys of `answers`."""
        return tuple(rule for rule in self.rules if rule.is_answered)

    @cached_property
    def counted(self) -> int:
        return len(self.conditions) + len(self.emergencies)

    @cached_property
    def by_measure(self) -> dict[str, tuple[Band, ...]]:
        measures = {band.measure for band in self.bands}
        return {name: tuple(b for b in self.bands if b.measure == name) for name in measures}

    @cached_property
    def family_of(self) -> dict[str, Family]:
        recent = {family.recent: family for family in self.families}
        return recent | {family.past: family for family in self.families}

    @cached_property
    def message_rank(self) -> dict[str, int]:
        return {message.id: message.rank for message in self.messages}

    @cached_property
    def _concerns(self) -> dict[str, Concern]:
        return {concern.code: concern for concern in self.concerns}

    @cached_property
    def citations(self) -> dict[str, str]:
        return {source.id: source.citation for source in self.sources}

    def rule(self, code: str) -> Rule:
        """KeyError when there is none."""
        return self.by_code[code]

    def title(self, code: str) -> str:
        return self._concerns[code].title

    def concern(self, code: str) -> str:
        return self._concerns[code].concern


def to_json(rule_set: RuleSetData) -> dict:
    return json.loads(json.dumps(asdict(rule_set)))


def from_json(data: dict) -> RuleSetData:
    """The inverse of `to_json`. Raises BadRules when the rows do not fit together."""
    rule_set = RuleSetData(
        name=data["name"],
        rules=_rows(Rule, data["rules"]),
        bands=_rows(Band, data["bands"]),
        families=_rows(Family, data["families"]),
        messages=_rows(Message, data["messages"]),
        sources=_rows(Source, data["sources"]),
        concerns=_rows(Concern, data["concerns"]),
    )
    check(rule_set)
    return rule_set


def digest(rule_set: RuleSetData) -> str:
    """Sha-256 of the content, in hexadecimal; equal content has an equal digest."""
    text = json.dumps(to_json(rule_set), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check(rule_set: RuleSetData) -> None:
    """Raises BadRules with the first thing that does not fit."""
    codes = [rule.code for rule in rule_set.rules]
    _refuse({code for code in codes if codes.count(code) > 1}, "is there twice")
    known = set(codes)
    _refuse(set(ENGINE_CODES) - known, "is missing")
    _refuse(known - {concern.code for concern in rule_set.concerns}, "has no title")
    _refuse({band.code for band in rule_set.bands} - known, "is raised by a measurement only")
    _refuse(set(rule_set.family_of) - known, "is in a family only")
    for rule in rule_set.rules:
        _check_rule(rule, rule_set)
    for band in rule_set.bands:
        _check_levels(band.code, band.levels, (0, len(MODALITIES)))


def _check_rule(rule: Rule, rule_set: RuleSetData) -> None:
    _check_levels(rule.code, rule.levels, (len(MODALITIES),))
    _check_levels(rule.code, [level or "none" for level in rule.local], (len(MODALITIES),))
    _refuse(set(rule.sources) - set(rule_set.citations), f"is not a source ({rule.code})")
    _refuse({rule.message} - {""} - set(rule_set.message_rank), f"is no message ({rule.code})")
    _refuse({rule.urgency} - {"", "R0", "R1"}, f"is no urgency ({rule.code})")


def _check_levels(code: str, levels: tuple | list, lengths: tuple[int, ...]) -> None:
    if len(levels) not in lengths:
        raise BadRules(f"{code} needs one level for each of {', '.join(MODALITIES)}")
    _refuse(set(levels) - set(BY_CODE), f"is not a level ({code})")


def _refuse(found: set[str], what: str) -> None:
    if found:
        raise BadRules(f"{min(found)} {what}")


def _rows(kind: type, rows: list[dict]) -> tuple:
    return tuple(kind(**{name: _frozen(value) for name, value in row.items()}) for row in rows)


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
