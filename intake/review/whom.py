"""How somebody likes to be spoken to, what help they need, and who filled in their form."""

from dataclasses import dataclass

from intake.submission.models import Revision

FILLED_IN = {
    "myself": "Filled in alone",
    "with_help": "Filled in with help",
    "for_someone": "Filled in for them",
    "for_my_child": "Filled in for their child",
}
VOICEMAIL = {
    "yes": "A message may be left on the phone",
    "no": "No message may be left on the phone",
}
HELP = {
    "consent_barrier": "to read, hear or speak with us",
    "capacity_concern": "to understand or decide",
}
UNSURE = {"yes": "Needs help", "not_sure": "May need help"}


@dataclass(frozen=True)
class Whom:
    facts: list[str]
    """Whole phrases, each with a capital; what was not said is left out."""
    help: list[str]
    """What to arrange before they are spoken to."""


def whom(revision: Revision) -> Whom:
    answers = revision.answers
    speaks = answers.get("language", "")
    facts = [
        f"Speaks: {speaks}" if speaks else "",
        _filled_in(answers),
        VOICEMAIL.get(answers.get("voicemail", ""), ""),
    ]
    needs = [
        f"{UNSURE[answers[code]]} {words}"
        for code, words in HELP.items()
        if answers.get(code) in UNSURE
    ]
    details = answers.get("help_needed", "") if needs else ""
    return Whom([each for each in facts if each], [*needs, *([details] if details else [])])


def _filled_in(answers: dict) -> str:
    words = FILLED_IN.get(answers.get("filled_in_by", ""), "")
    name, relation = answers.get("helper_name", ""), answers.get("helper_relation", "")
    if not words or not name or answers["filled_in_by"] == "myself":
        return words
    return f"{words} by {name}" + (f" ({relation})" if relation else "")
