"""Reads what the patient wrote in their own words. It can only raise."""

from dataclasses import dataclass, field
from datetime import date

from intake.screening.findings import (
    HISTORICAL,
    STATES,
    UNCERTAIN,
    Finding,
    Reading,
    Reason,
    found,
    reason,
)
from intake.screening.levels import BY_CODE, Level, Levels, everywhere, highest
from intake.screening.medicines.reading import class_finding
from intake.screening.rows import Rule
from intake.screening.rule_set import RuleSetData
from intake.screening.text import meaning
from intake.screening.text.language import LONGEST_NOTE, is_empty_answer, is_other_language
from intake.screening.text.mention import Mention
from intake.screening.text.mentions import SELF_HARM, mentions, mentions_in
from intake.screening.text.persons import FAMILY
from intake.screening.text.scanning import scan
from intake.screening.text.words import Words

FAMILY_HISTORY = "family_history"
URGENCY, MESSAGE = "R1", "M2"
"""What emergency words say to the patient; the row itself speaks only when it is ticked."""


@dataclass
class _Gathered:
    """All that speaks for one code, so that many mentions make one finding."""

    finding: Finding
    reasons: dict[tuple[str, str], Reason] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        for each in finding.because:
            self.reasons[each["text"], each["matched"]] = each
        now = self.finding
        if now is finding:
            return
        self.finding = now._replace(
            weight=highest([now.weight, finding.weight]),
            local=highest([now.local, finding.local]),
            state=min(now.state, finding.state, key=STATES.index),
            urgency=now.urgency or finding.urgency,
            message=now.message or finding.message,
        )

    def whole(self) -> Finding:
        return self.finding._replace(
            because=tuple(self.reasons[key] for key in sorted(self.reasons))
        )


def read_text(
    document: dict, rule_set: RuleSetData, asked: frozenset[str] | None = None
) -> Reading:
    reading = Reading()
    gathered: dict[str, _Gathered] = {}
    disputed: set[str] = set()
    on = date.fromisoformat(document["on"])
    for name, text in document.get("free_text", {}).items():
        if not text.strip():
            continue
        read = scan(text, rule_set.lexicon, on)
        said = mentions_in(read, rule_set, on)
        for mention in said:
            for finding in _findings(mention, rule_set):
                gathered.setdefault(finding.code, _Gathered(finding)).add(finding)
                if not (mention.classes and finding.state == HISTORICAL):
                    disputed.add(finding.code)
            if mention.reading == FAMILY:
                for code in mention.codes:
                    reading.family.append({"text": mention.quote, "code": code})
        for why in _unreadable(read.words, said, rule_set):
            reading.read_yourself.append({"field": name, "text": text, "why": why})
    reading.findings = [each.whole() for each in gathered.values()]
    reading.conflicts = _conflicts(
        document, [each for each in reading.findings if each.code in disputed]
    )
    return reading


def speaks_of_self_harm(text: str, rule_set: RuleSetData, on: date) -> bool:
    """Whether these words are to be met at once, before anything else is asked."""
    return any(
        SELF_HARM in mention.codes and (mention.is_open or _may_be_self_harm(mention))
        for mention in mentions(text, rule_set, on)
    )


def _findings(mention: Mention, rule_set: RuleSetData) -> list[Finding]:
    because = reason("free_text", mention.quote, mention.term)
    if mention.reading == FAMILY and mention.family:
        weight = everywhere(BY_CODE[mention.family])
        return [Finding(rule_set.rule(FAMILY_HISTORY), weight, (because,), state=UNCERTAIN)]
    if not mention.is_open and not _may_be_self_harm(mention):
        return []
    state = HISTORICAL if mention.reading == meaning.HISTORICAL else UNCERTAIN
    findings = [_finding(rule_set.rule(code), mention, because, state) for code in mention.codes]
    for code in mention.classes:
        findings += class_finding(rule_set, code, because, state)
    return findings


def _may_be_self_harm(mention: Mention) -> bool:
    return SELF_HARM in mention.codes and mention.reading == meaning.HYPOTHETICAL


def _finding(rule: Rule, mention: Mention, because: Reason, state: str) -> Finding:
    if rule.code in mention.notes:
        return Finding(rule, _capped(rule.weight, Level.NOTE), (because,), state=state)
    if rule.code == SELF_HARM:
        return found(rule, because, state=state)._replace(urgency=URGENCY)
    if rule.kind == "emergency":
        weight = everywhere(Level.CONSULT_FIRST)
        return Finding(rule, weight, (because,), state=state, urgency=URGENCY, message=MESSAGE)
    return found(rule, because, state=state)


def _capped(weight: Levels, most: Level) -> Levels:
    return tuple(min(level, most) for level in weight)


def _unreadable(words: Words, said: list[Mention], rule_set: RuleSetData) -> list[str]:
    """Why the practitioner should read it without relying on what was found."""
    reasons = ["long"] if len(words.text) > LONGEST_NOTE else []
    if is_other_language(words, rule_set.lexicon, bool(said)):
        return [*reasons, "language"]
    if not said and not is_empty_answer(words, rule_set.lexicon):
        reasons.append("no_match")
    return reasons


def _conflicts(document: dict, findings: list[Finding]) -> list[dict[str, str]]:
    """A "no" beside words that say otherwise; the practitioner settles it."""
    answers = document["answers"]
    pregnancy = answers.get("pregnancy", {}).get("answer")
    conflicts = []
    for finding in findings:
        said_no = answers.get(finding.code) == "no" or (
            finding.code.startswith("pregnancy_") and pregnancy in ("no", "not_applicable")
        )
        if said_no:
            text = f"Answered no, but wrote: “{finding.because[0]['text']}”"
            conflicts.append({"code": finding.code, "text": text})
    return conflicts
