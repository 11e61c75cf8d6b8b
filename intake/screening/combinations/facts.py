"""What a document says, under the names of the parts combinations are made of."""

from dataclasses import dataclass
from functools import cache

from intake.screening.combinations.parts import MARKED, Parts
from intake.screening.findings import HISTORICAL, UNCERTAIN, Finding, Reason, reason
from intake.screening.levels import NOTHING
from intake.screening.person import age_of
from intake.screening.rule_set import RuleSetData

WORDS = {"free_text"}
NAMES = {"free_text", "medicine"}
UNCONFIRMED = "medicine_unconfirmed"
PLACES = {"pain", "treat", "place"}


@dataclass(frozen=True)
class Fact:
    because: tuple[Reason, ...]
    regions: tuple[str, ...] = ()
    is_sure: bool = True
    may_alarm: bool = True
    """Neither read from free text nor guessed from the name of a medicine."""


Facts = dict[str, Finding | list[Reason]]
"""Part -> the finding or the reasons it rests on; a `Fact` is made where it is needed."""


def facts_of(document: dict, rule_set: RuleSetData, findings: list[Finding]) -> Facts:
    facts: Facts = {}
    for finding in findings:
        _add_finding(facts, finding, rule_set.parts)
    for finding in findings:
        if finding.code == UNCONFIRMED:
            _add_guesses(facts, finding, rule_set)
    _add_marks(facts, document["answers"], rule_set.parts)
    _add_wishes(facts, document)
    _add_answers(facts, document["answers"], rule_set)
    _add_measures(facts, document, rule_set.parts)
    return facts


def fact(part: str, rests_on: Finding | list[Reason]) -> Fact:
    if isinstance(rests_on, Finding):
        return _fact_of(rests_on)
    is_place = part.partition(":")[0] in PLACES
    regions = {one["matched"] for one in rests_on} if is_place else ()
    return Fact(tuple(rests_on), tuple(sorted(regions)))


def _fact_of(finding: Finding) -> Fact:
    sources = {one["source"] for one in finding.because}
    is_uncertain = finding.state == UNCERTAIN
    return Fact(
        finding.because,
        finding.regions,
        is_sure=not is_uncertain and not sources <= WORDS,
        may_alarm=not sources <= (NAMES if is_uncertain else WORDS),
    )


def _add_finding(facts: Facts, finding: Finding, parts: Parts) -> None:
    code = finding.code
    facts[f"ever:{code}"] = finding
    if finding.state == HISTORICAL:
        return
    facts[code] = finding
    if places := parts.located.get(code):
        for place in finding.regions or ("",):
            facts.update(dict.fromkeys(places[place], finding))


def _add_guesses(facts: Facts, finding: Finding, rule_set: RuleSetData) -> None:
    """A misspelt name counts as what it may be, where nothing better is known."""
    for because in finding.because:
        for name in because["matched"].split(", "):
            for code in rule_set.reported_by_name.get(name, ()):
                guess = Finding(rule_set.rule(code), NOTHING, (because,), state=UNCERTAIN)
                facts.setdefault(code, guess)
                facts.setdefault(f"ever:{code}", guess)


def _add_marks(facts: Facts, answers: dict, parts: Parts) -> None:
    for kind in MARKED:
        for place in sorted(set(answers.get(f"{kind}_regions", ()))):
            for part in parts.marked[kind][place]:
                facts.setdefault(part, []).append(_mark(kind, place))


@cache
def _mark(kind: str, place: str) -> Reason:
    words = place.replace("_", " ")
    if kind == "treat":
        return reason("region", words, place)
    return reason("answer", f"Pain: {words}", place)


def _add_wishes(facts: Facts, document: dict) -> None:
    for goal in document.get("goals", ()):
        facts[f"goal:{goal}"] = [reason("answer", f"Goal: {goal}", goal)]
    for modality in document.get("wants", ()):
        facts[f"wants:{modality}"] = [reason("answer", f"Wants {modality}", modality)]


def _add_answers(facts: Facts, answers: dict, rule_set: RuleSetData) -> None:
    for code in rule_set.parts.ticked:
        if answers.get(code) == "yes":
            facts[f"yes:{code}"] = [reason("answer", rule_set.rule(code).question, "yes")]
    for code in rule_set.parts.silent:
        if answers.get(code) in (None, "not_sure"):
            because = reason("unanswered", rule_set.rule(code).question, code)
            facts[f"unanswered:{code}"] = [because]


def _add_measures(facts: Facts, document: dict, parts: Parts) -> None:
    age = age_of(document)
    for each in parts.ages:
        if each.holds(age):
            facts[each.part] = [reason("age", f"{age} years", document["born"])]
    vitals = document["answers"].get("vitals", {})
    for each in parts.limits:
        value = vitals.get(each.measure)
        if value is not None and each.holds(value):
            facts[each.part] = [reason("measurement", each.measure, f"{value:g}")]
