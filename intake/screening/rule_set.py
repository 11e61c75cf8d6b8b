"""A rule set in memory: frozen, complete, independent of database and clock."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property

from intake.screening import tables
from intake.screening.combinations.parts import Parts
from intake.screening.combinations.rows import Combination
from intake.screening.hazard_places import Places, places_of
from intake.screening.made_rules import rule_of_hazard, rules_of_combinations
from intake.screening.medicines.names import MedicineNames
from intake.screening.medicines.rows import LookAlike, Medicine, MedicineClass, MedicineWord
from intake.screening.rows import Band, Concern, Family, Hazard, Message, Rule, Source, Validity
from intake.screening.text.indexing import lexicon_of
from intake.screening.text.lexicon import Lexicon
from intake.screening.text.rows import Cue, Passing, Term, TermCase

TABLES: dict[str, type] = {
    "rules": Rule,
    "bands": Band,
    "validities": Validity,
    "families": Family,
    "combinations": Combination,
    "hazards": Hazard,
    "medicine_classes": MedicineClass,
    "medicines": Medicine,
    "medicine_words": MedicineWord,
    "look_alikes": LookAlike,
    "terms": Term,
    "term_cases": TermCase,
    "cues": Cue,
    "passing": Passing,
    "messages": Message,
    "sources": Source,
    "concerns": Concern,
}
"""Everything a rule set consists of."""


@dataclass(frozen=True)
class RuleSetData:
    name: str
    rules: tuple[Rule, ...]
    bands: tuple[Band, ...]
    validities: tuple[Validity, ...]
    families: tuple[Family, ...]
    combinations: tuple[Combination, ...]
    hazards: tuple[Hazard, ...]
    medicine_classes: tuple[MedicineClass, ...]
    medicines: tuple[Medicine, ...]
    medicine_words: tuple[MedicineWord, ...]
    look_alikes: tuple[LookAlike, ...]
    terms: tuple[Term, ...]
    term_cases: tuple[TermCase, ...]
    cues: tuple[Cue, ...]
    passing: tuple[Passing, ...]
    messages: tuple[Message, ...]
    sources: tuple[Source, ...]
    concerns: tuple[Concern, ...]

    @cached_property
    def by_code(self) -> dict[str, Rule]:
        """Every rule a flag can name, those made from classes of medicines and hazards too."""
        return {rule.code: rule for rule in (*self.rules, *self._made)}

    @cached_property
    def _made(self) -> tuple[Rule, ...]:
        known = {rule.code for rule in self.rules}
        classes = [c for c in self.medicine_classes if c.reported_as not in {"", *known}]
        made = (*map(_rule_of_class, classes), *map(rule_of_hazard, self.hazards))
        known |= {rule.code for rule in made}
        return (*made, *rules_of_combinations(self.combinations, known))

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
    def answered_by_code(self) -> dict[str, Rule]:
        return {rule.code: rule for rule in self.answered}

    @cached_property
    def counted(self) -> int:
        return len(self.conditions) + len(self.emergencies)

    @cached_property
    def by_measure(self) -> dict[str, tuple[Band, ...]]:
        measures = {band.measure for band in self.bands}
        return {name: tuple(b for b in self.bands if b.measure == name) for name in measures}

    @cached_property
    def validity_of(self) -> dict[str, Validity]:
        return {each.measure: each for each in self.validities}

    @cached_property
    def parts(self) -> Parts:
        return Parts(self.combinations)

    @cached_property
    def hazards_at(self) -> Places:
        return places_of(self.hazards)

    @cached_property
    def family_of(self) -> dict[str, Family]:
        recent = {family.recent: family for family in self.families}
        return recent | {family.past: family for family in self.families}

    @cached_property
    def class_of(self) -> dict[str, MedicineClass]:
        return {each.code: each for each in self.medicine_classes}

    @cached_property
    def reported_by_name(self) -> dict[str, tuple[str, ...]]:
        """Name of a medicine -> codes of the flags its classes are shown under."""
        return {
            name: tuple(
                code for each in medicine.classes if (code := self.class_of[each].reported_as)
            )
            for medicine in self.medicines
            for name in medicine.names
        }

    @cached_property
    def classes_in_twos(self) -> tuple[MedicineClass, ...]:
        """The classes of which two different medicines weigh more than one."""
        return tuple(each for each in self.medicine_classes if each.two_as)

    @cached_property
    def medicine_names(self) -> MedicineNames:
        return MedicineNames(self.medicines, self.medicine_words, self.look_alikes)

    @cached_property
    def lexicon(self) -> Lexicon:
        """All words looked for in free text."""
        names = self.medicine_names.for_text
        return lexicon_of(self.terms, self.term_cases, self.cues, names, self.passing)

    @cached_property
    def message_rank(self) -> dict[str, int]:
        return {message.id: message.rank for message in self.messages}

    @cached_property
    def _concerns(self) -> dict[str, Concern]:
        made = [Concern(rule.code, rule.group, rule.question) for rule in self._made]
        return {concern.code: concern for concern in (*self.concerns, *made)}

    @cached_property
    def citations(self) -> dict[str, str]:
        return {source.id: source.citation for source in self.sources}

    @cached_property
    def written(self) -> str:
        """All rows as one JSON text."""
        return json.dumps(asdict(self))

    @cached_property
    def mark(self) -> str:
        """Their digest."""
        return digest(to_json(self))

    def rule(self, code: str) -> Rule:
        """KeyError when there is none."""
        return self.by_code[code]

    def title(self, code: str) -> str:
        return self._concerns[code].title

    def concern(self, code: str) -> str:
        return self._concerns[code].concern

    def has_title(self, code: str) -> bool:
        return code in self._concerns


def to_json(rule_set: RuleSetData) -> dict:
    return json.loads(rule_set.written)


def from_json(data: dict) -> RuleSetData:
    """The inverse of `to_json`; a table that did not exist yet when it was written is empty.

    Whether the rows fit together is for `checking.check` to say.
    """
    rows = {
        name: tuple(tables.from_json(kind, row) for row in data.get(name, []))
        for name, kind in TABLES.items()
    }
    return RuleSetData(name=data["name"], **rows)


def digest(data: dict) -> str:
    """Sha-256 of what `to_json` gives, in hexadecimal; equal content has an equal digest."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _rule_of_class(each: MedicineClass) -> Rule:
    return Rule(
        code=each.reported_as,
        kind="medicine",
        group=each.concern,
        priority=1,
        ask_by=("MED",),
        manner="",
        question=each.name,
        levels=each.levels,
        local=("",) * 4,
        urgency="",
        message="",
        advice=each.advice,
        sources=each.sources,
        default=each.default,
    )
