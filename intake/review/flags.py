"""Flags in the words a practitioner reads: one block for each concern, its findings under it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from intake.review.models import Decision, FlagAnswer
from intake.review.policy import REASONS
from intake.screening.levels import ASK, BY_CODE, MODALITIES, Level, word_for
from intake.screening.rule_set import RuleSetData
from intake.screening.services import data_of
from intake.submission.models import Flag, Revision

LEVEL_WORDS = {
    Level.NONE: "no known effect",
    Level.NOTE: "good to know",
    Level.CAUTION: "with changes",
    Level.CONSULT_FIRST: "ask first",
    Level.CONTRAINDICATED: "not suitable",
    Level.EMERGENCY: "emergency",
}
SOURCES = {
    "answer": "Answered",
    "unanswered": "Not answered or not sure",
    "date": "From a date",
    "age": "From the age",
    "pregnancy": "About pregnancy",
    "measurement": "Measured",
    "medicine": "Medicine as typed",
    "free_text": "In their own words",
    "combination": "Together",
    "region": "Wants treatment here",
    "advice": "Advice",
}
ANSWERS = {
    "yes": "Yes",
    "no": "No",
    "not_sure": "Not sure",
    "thoughts": "Thoughts, no plan",
    "plan_or_acted": "A plan, or has acted",
    "rather_talk": "Would rather talk",
}
STATES = {
    "uncertain": "not confirmed yet",
    "historical": "in the past",
}
URGENCY = {"R0": "Help now", "R1": "Contact today"}
READ_AS = {"medicine", "free_text"}
"""Evidence of which the page says what it was taken for."""


GUESSES = {"medicine_unconfirmed"}


@dataclass(frozen=True)
class Evidence:
    """What fired a rule: its question or the words typed, and the answer."""

    source: str
    text: str
    answer: str
    """The answer, or what the words were taken for."""


@dataclass(frozen=True)
class Before:
    """What was said about the same finding of this patient before."""

    by: str
    at: datetime
    reason: str
    text: str
    is_the_same: bool
    """Whether the finding weighs what it weighed then, for the same reasons."""


@dataclass(frozen=True)
class FlagShown:
    """One finding: the word and shape, what it is, why, and what it asks for."""

    flag: Flag
    word: str
    title: str
    concern: str
    state: str
    """Words for what is not certain or not now; nothing otherwise."""
    therapies: list[tuple[str, str]]
    """Therapies that weigh the same, and the level in words"""
    local: list[tuple[str, str, str]]
    """therapies, level in words, and the places it is about"""
    evidence: list[Evidence]
    advice: str
    citations: list[str]
    own_default: bool
    urgency: str
    """What the rule asks for by itself: words, or nothing."""
    before: Before | None = None


@dataclass(frozen=True)
class ConcernShown:
    """One thing to think about, at the highest level of its findings."""

    title: str
    flags: list[FlagShown]

    @property
    def word(self) -> str:
        return self.flags[0].word

    @property
    def urgency(self) -> str:
        return min((shown.urgency for shown in self.flags if shown.urgency), default="", key=_now)

    @cached_property
    def therapies(self) -> list[tuple[str, str]]:
        """The ways of treating, those of one level together, by the strictest of all findings."""
        ranks = {
            modality: max(BY_CODE[shown.flag.details["levels"][modality]] for shown in self.flags)
            for modality in MODALITIES
        }
        return _together(
            {modality: (LEVEL_WORDS[rank],) for modality, rank in ranks.items() if rank}
        )

    @property
    def is_ask(self) -> bool:
        return self.word == ASK

    @property
    def is_single(self) -> bool:
        """One finding that is called what the concern is called."""
        return [shown.title for shown in self.flags] == [self.title]


def answers_shown(answers: list[FlagAnswer], rules: RuleSetData) -> list[tuple[str, str, str]]:
    """(flag, what was done about it, in a few words) of each answer to a Stop flag."""
    return [
        (
            rules.title(each.flag.code) if rules.has_title(each.flag.code) else each.flag.code,
            REASONS.get(each.reason, each.reason),
            each.text,
        )
        for each in answers
    ]


def give_answers(decisions: list[Decision], rules: RuleSetData) -> None:
    """Each decision gets `answered`: what was done about its Stop flags. One query, or none."""
    said: dict[int, list[FlagAnswer]] = {decision.pk: [] for decision in decisions}
    if not said:
        return
    answers = FlagAnswer.objects.filter(decision__in=said).select_related("flag")
    for answer in answers.defer("flag__details").order_by("-flag__rank", "pk"):
        said[answer.decision_id].append(answer)
    for decision in decisions:
        decision.answered = answers_shown(said[decision.pk], rules)


def flags_shown(flags: list[Flag], rules: RuleSetData) -> list[FlagShown]:
    return [_shown(flag, rules) for flag in flags]


def flags_of(revision: Revision) -> list[FlagShown]:
    return flags_shown(list(revision.flags.all()), data_of(revision.rule_set))


def by_concern(flags: list[FlagShown]) -> list[ConcernShown]:
    """The heaviest concern first; flags come heaviest first."""
    groups: dict[str, list[FlagShown]] = {}
    for shown in flags:
        groups.setdefault(shown.concern or shown.title, []).append(shown)
    return [ConcernShown(title, several) for title, several in groups.items()]


def _now(urgency: str) -> int:
    return list(URGENCY.values()).index(urgency)


def _shown(flag: Flag, rules: RuleSetData) -> FlagShown:
    details, rule = flag.details, rules.by_code.get(flag.code)
    word = word_for(flag.code, Level(flag.rank)) or "Note"
    return FlagShown(
        flag=flag,
        word=word,
        title=rules.title(flag.code) if rule else flag.code.replace("_", " "),
        concern=rules.concern(flag.code) if rule and word != ASK else "",
        state=STATES.get(details.get("state", ""), ""),
        therapies=_together(
            {
                modality: (LEVEL_WORDS[BY_CODE[level]],)
                for modality, level in details["levels"].items()
                if level != "none"
            }
        ),
        local=_together(
            {
                modality: (LEVEL_WORDS[BY_CODE[its["level"]]], _places(its["regions"]))
                for modality, its in details.get("local", {}).items()
            }
        ),
        evidence=[_evidence(each, flag.code) for each in details.get("because", [])],
        advice=rule.advice if rule else "",
        citations=[rules.citations.get(s, s) for s in details.get("sources", []) if s != "S65"],
        own_default=bool(rule and rule.default),
        urgency=_urgency(rule.urgency, details) if rule else "",
    )


def _together(said: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Therapies of which the same is said, named once: ("acupuncture, heat", what is said)."""
    names: dict[tuple[str, ...], list[str]] = {}
    for modality, words in said.items():
        names.setdefault(words, []).append(modality)
    return [(", ".join(several), *words) for words, several in names.items()]


def _urgency(urgency: str, details: dict) -> str:
    """A guess from words or names asks for a talk today, never for an ambulance."""
    if urgency and details.get("state") == "uncertain":
        return URGENCY["R1"]
    return URGENCY.get(urgency, "")


def _evidence(reason: dict[str, str], code: str) -> Evidence:
    source, matched = reason["source"], reason.get("matched", "")
    answer = ANSWERS.get(matched, "")
    if source in READ_AS and matched.casefold() not in ("", reason["text"].casefold()):
        answer = f"may be {matched}" if code in GUESSES else f"read as {matched}"
    return Evidence(SOURCES.get(source, source), reason["text"], answer)


def _places(regions: list[str]) -> str:
    return ", ".join(region.replace("_", " ") for region in regions) or "place not marked"
