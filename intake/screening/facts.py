"""What a document says, under the names of the parts combinations are made of."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.screening.findings import HISTORICAL, UNCERTAIN, Finding, Reason, reason
from intake.screening.parts import MARKED, Parts, marked_parts, touching
from intake.screening.person import age_of
from intake.screening.rule_set import RuleSetData

ONLY_WORDS = {"free_text"}
ONLY_NAMES = {"free_text", "medicine"}


@dataclass(frozen=True)
class Fact:
    because: tuple[Reason, ...]
    regions: tuple[str, ...] = ()
    is_sure: bool = True
    may_alarm: bool = True
    """Not read from free text, nor guessed from the name of a medicine."""


Facts = dict[str, Fact]


def facts_of(document: dict, rule_set: RuleSetData, findings: list[Finding]) -> Facts:
    facts: Facts = {}
    for finding in findings:
        facts.update(_found(finding, rule_set.parts))
    facts.update(_marked(document["answers"]))
    facts.update(_wished(document))
    facts.update(_answered(document["answers"], rule_set))
    facts.update(_measured(document, rule_set.parts))
    return facts


def _found(finding: Finding, parts: Parts) -> Iterator[tuple[str, Fact]]:
    sources = {one["source"] for one in finding.because}
    is_guess = sources <= ONLY_WORDS or (finding.state == UNCERTAIN and sources <= ONLY_NAMES)
    is_sure = finding.state != UNCERTAIN and not sources <= ONLY_WORDS
    fact = Fact(finding.because, finding.regions, is_sure, not is_guess)
    yield f"ever:{finding.code}", fact
    if finding.state == HISTORICAL:
        return
    yield finding.code, fact
    if finding.code in parts.located:
        for place in finding.regions:
            yield from ((f"{finding.code}@{code}", fact) for code in touching(place))
        if not finding.regions:
            yield f"{finding.code}@", fact


def _marked(answers: dict) -> Iterator[tuple[str, Fact]]:
    marks: dict[str, dict[str, Reason]] = {}
    for kind in MARKED:
        for place in sorted(answers.get(f"{kind}_regions", ())):
            because = _mark(kind, place)
            for part in marked_parts(kind, place):
                marks.setdefault(part, {})[f"{kind}:{place}"] = because
    for part, reasons in marks.items():
        where = sorted({one["matched"] for one in reasons.values()})
        yield part, Fact(tuple(reasons.values()), tuple(where))


def _mark(kind: str, place: str) -> Reason:
    words = place.replace("_", " ")
    if kind == "treat":
        return reason("region", words, place)
    return reason("answer", f"Pain: {words}", place)


def _wished(document: dict) -> Iterator[tuple[str, Fact]]:
    for kind, name, words in (("goal", "goals", "Goal"), ("wants", "wants", "Wants")):
        for wish in document.get(name, ()):
            yield f"{kind}:{wish}", Fact((reason("answer", f"{words}: {wish}", wish),))


def _answered(answers: dict, rule_set: RuleSetData) -> Iterator[tuple[str, Fact]]:
    for code in rule_set.parts.ticked:
        if answers.get(code) == "yes":
            yield f"yes:{code}", Fact((reason("answer", rule_set.rule(code).question, "yes"),))
    for code in rule_set.parts.silent:
        if answers.get(code) in (None, "not_sure"):
            because = reason("unanswered", rule_set.rule(code).question, code)
            yield f"unanswered:{code}", Fact((because,))


def _measured(document: dict, parts: Parts) -> Iterator[tuple[str, Fact]]:
    if parts.ages:
        age = age_of(document)
        fact = Fact((reason("age", f"{age} years", document["born"]),))
        yield from ((each.part, fact) for each in parts.ages if each.holds(age))
    vitals = document["answers"].get("vitals", {})
    for each in parts.limits:
        value = vitals.get(each.measure)
        if value is not None and each.holds(value):
            yield each.part, Fact((reason("measurement", each.measure, f"{value:g}"),))
