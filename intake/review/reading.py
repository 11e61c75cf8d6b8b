"""One case in the words a practitioner reads, without a further query."""

from dataclasses import dataclass, field

from intake.questionnaire.conditions import IN_PERSON, chosen
from intake.questionnaire.outline import SetOutline
from intake.review.policy import STEPS, WITH_A_NOTE
from intake.screening.rule_set import RuleSetData
from intake.submission.models import Revision
from intake.submission.states import MOVES

OWN_WORDS = "own_words"
"""The question whose answer stands on its own, before all others."""
PLAIN_NO = {"no", "not_applicable"}
FOLDED = {"yes_no", "emergency"}


def steps_from(state: str) -> list[tuple[str, str]]:
    """(name, words of the button) of the steps that are possible from this state."""
    return [
        (name, words)
        for name, words in STEPS.items()
        if state in MOVES[name].sources and name not in WITH_A_NOTE
    ]


def codes_asked_about(revision: Revision, questions: SetOutline) -> list[str]:
    """Safety questions left blank or answered "not sure", and what is to be talked through."""
    known = {question.code: question for question in questions.questions()}
    talk = [
        code
        for code, answer in revision.answers.items()
        if code in known and known[code].kind == "consent" and answer == "talk_first"
    ]
    if revision.answers.get("signed_for") == "none":
        talk.append("signed_for")
    codes = [*revision.screening.get("unanswered", []), *talk]
    return codes + [code for code in _in_person(revision) if code not in codes]


def _in_person(revision: Revision) -> list[str]:
    return [code for code, answer in revision.answers.items() if IN_PERSON in chosen(answer)]


def asked_about(revision: Revision, questions: SetOutline) -> list[str]:
    """The same in words."""
    known = {question.code: question for question in questions.questions()}
    in_person = _in_person(revision)
    return [
        (known[code].short if code in known else code.replace("_", " "))
        + (" (wants to say it in person)" if code in in_person else "")
        for code in codes_asked_about(revision, questions)
    ]


SERIOUS = {"breathing", "swelling"}
ALLERGIES = {
    "metal_reaction": "",
    "contact_reaction": "contact_allergens",
    "allergy_reactions": "allergies",
}
"""What happened -> what it happened with, where that was asked."""


def serious_allergies(revision: Revision, questions: SetOutline) -> list[tuple[str, str]]:
    """(what happened, with what) for each allergy that took the breath or made the face swell."""
    found = []
    for code, what in ALLERGIES.items():
        happened = revision.answers.get(code)
        if SERIOUS & chosen(happened):
            said = str(revision.answers.get(what, "")) if what else "Metal"
            found.append((questions.question(code).words(happened), said))
    return found


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
class Besides:
    """What screening has to say besides flags, and what it could not look at."""

    checked: int
    unchecked: int
    unchecked_titles: list[str]
    conflicts: list[tuple[str, str]]
    """title of the rule, and the sentence"""
    family: list[tuple[str, str]]
    """words as typed, and what they are about"""
    guesses: list[tuple[str, str]]
    """a medicine as typed, and the names it may be"""
    unread: list[tuple[str, str, str]]
    """the question a text answers, why it needs a reader, and the text if no other part shows it"""


UNREAD = {
    "long": "a long text",
    "language": "perhaps not English",
    "no_match": "nothing in it was recognised",
}


def guesses(revision: Revision) -> list[tuple[str, str]]:
    found = revision.screening.get("did_you_mean", [])
    return [(each["text"], " or ".join(each["offer"])) for each in found]


def besides(revision: Revision, questions: SetOutline, rules: RuleSetData) -> Besides:
    screening = revision.screening
    known = {question.code: question.short for question in questions.questions()}

    def title(code: str) -> str:
        return rules.title(code) if rules.has_title(code) else known.get(code, code)

    return Besides(
        checked=screening.get("checked", 0),
        unchecked=screening.get("not_checked", 0),
        unchecked_titles=[title(code) for code in screening.get("not_checked_codes", [])],
        conflicts=[(title(each["code"]), each["text"]) for each in screening.get("conflicts", [])],
        family=[(each["text"], title(each["code"])) for each in screening.get("family", [])],
        guesses=guesses(revision),
        unread=[
            (
                known.get(each["field"], each["field"]),
                UNREAD.get(each.get("why", ""), "free words"),
                "" if each["field"] == OWN_WORDS else each.get("text", ""),
            )
            for each in screening.get("read_yourself", [])
        ],
    )


@dataclass(frozen=True)
class AnswerRow:
    code: str
    question: str
    words: str
    address: str = ""
    """Where the patient is asked about it; empty where that is not possible."""
    thread: list = field(default_factory=list)
    """What was asked about it, and what came back."""


@dataclass(frozen=True)
class AnswerGroup:
    title: str
    rows: list[AnswerRow]
    noes: list[AnswerRow]
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
            row = AnswerRow(question.code, question.for_staff, question.words(value))
            is_no = question.kind in FOLDED and value in PLAIN_NO
            (noes if is_no else rows).append(row)
        if rows or noes:
            groups.append(AnswerGroup(section.title, rows, noes))
    return groups
