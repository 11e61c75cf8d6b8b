"""One case in the words a practitioner reads, without a further query."""

from dataclasses import dataclass

from intake.questionnaire.outline import SetOutline
from intake.review.policy import STEPS
from intake.screening.levels import BY_CODE, Level, word_for
from intake.screening.rule_set import RuleSetData
from intake.submission.models import Flag, Revision
from intake.submission.states import MOVES

OWN_WORDS = "own_words"
"""The question whose answer stands on its own, before all others."""
PLAIN_NO = {"no", "not_applicable"}
FOLDED = {"yes_no", "emergency"}
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
URGENCY = {"R0": "Help now", "R1": "Contact today"}


@dataclass(frozen=True)
class Evidence:
    """What fired a rule: its question or the words typed, and the answer."""

    source: str
    text: str
    answer: str


@dataclass(frozen=True)
class FlagShown:
    """One finding: the word and shape, what it is, why, and what it asks for."""

    flag: Flag
    word: str
    title: str
    concern: str
    therapies: list[tuple[str, str]]
    local: list[tuple[str, str, str]]
    """therapy, level in words, and the places it is about"""
    evidence: list[Evidence]
    advice: str
    citations: list[str]
    own_default: bool
    urgency: str
    """What the rule asks for by itself: words, or nothing."""


def flags_shown(flags: list[Flag], rules: RuleSetData) -> list[FlagShown]:
    return [_shown(flag, rules) for flag in flags]


def steps_from(state: str) -> list[tuple[str, str]]:
    """(name, words of the button) of the steps that are possible from this state."""
    return [(name, words) for name, words in STEPS.items() if state in MOVES[name].sources]


def word(rank: int) -> str:
    """The one word on screen for the highest level of a form."""
    return Level(rank).word or "None"


def asked_about(revision: Revision, questions: SetOutline) -> list[str]:
    """Safety questions left blank or answered "not sure", and consents to be talked through."""
    known = {question.code: question for question in questions.questions()}
    talk = [
        code
        for code, answer in revision.answers.items()
        if code in known and known[code].kind == "consent" and answer == "talk_first"
    ]
    return [
        known[code].short if code in known else code.replace("_", " ")
        for code in [*revision.screening.get("unanswered", []), *talk]
    ]


def goals_in_words(revision: Revision, questions: SetOutline) -> list[tuple[str, int | None]]:
    """Each goal with its rating at the start, 0 to 10; None where the person could not say."""
    chosen = revision.answers.get("goals") or []
    labels = {option.code: option.label for option in questions.question("goals").options}
    ratings = {code: revision.answers.get(f"rating_{code}") for code in chosen}
    return [
        (labels.get(code, code), rating if isinstance(rating, int) else None)
        for code, rating in ratings.items()
    ]


@dataclass(frozen=True)
class AnswerGroup:
    title: str
    rows: list[tuple[str, str]]
    noes: list[str]
    """Yes/no questions answered with a plain no, folded on the page."""


def answer_groups(revision: Revision, questions: SetOutline) -> list[AnswerGroup]:
    """Every answer, in the words of the version it was given to; the patient's own words apart."""
    groups = []
    for section in questions.sections:
        rows, noes = [], []
        for question in (q for page in section.pages for q in page.questions):
            if question.code not in revision.answers or question.code == OWN_WORDS:
                continue
            value = revision.answers[question.code]
            if question.kind in FOLDED and value in PLAIN_NO:
                noes.append(question.short)
            else:
                rows.append((question.short, question.words(value)))
        if rows or noes:
            groups.append(AnswerGroup(section.title, rows, noes))
    return groups


def _shown(flag: Flag, rules: RuleSetData) -> FlagShown:
    details, rule = flag.details, rules.by_code.get(flag.code)
    return FlagShown(
        flag=flag,
        word=word_for(flag.code, Level(flag.rank)) or "Note",
        title=rules.title(flag.code) if rule else flag.code.replace("_", " "),
        concern=rules.concern(flag.code) if rule else "",
        therapies=[
            (modality, LEVEL_WORDS[BY_CODE[level]])
            for modality, level in details["levels"].items()
            if level != "none"
        ],
        local=[
            (modality, LEVEL_WORDS[BY_CODE[its["level"]]], _places(its["regions"]))
            for modality, its in details.get("local", {}).items()
        ],
        evidence=[
            Evidence(
                SOURCES.get(each["source"], each["source"]),
                each["text"],
                ANSWERS.get(each.get("matched", ""), ""),
            )
            for each in details.get("because", [])
        ],
        advice=rule.advice if rule else "",
        citations=[rules.citations.get(s, s) for s in details.get("sources", []) if s != "S65"],
        own_default=bool(rule and rule.default),
        urgency=URGENCY.get(rule.urgency, "") if rule else "",
    )


def _places(regions: list[str]) -> str:
    return ", ".join(region.replace("_", " ") for region in regions) or "place not marked"
