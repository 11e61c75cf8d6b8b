"""What a patient wrote, word for word, with a mark on what screening read in it."""

from dataclasses import dataclass
from datetime import date

from intake.screening.medicines.reading import Recognised, recognise
from intake.screening.rule_set import RuleSetData
from intake.screening.text.mentions import mentions
from intake.submission.document import medicine_entries

READ_AS = {
    "affirmed": "",
    "uncertain": "in doubt",
    "historical": "in the past",
    "warning": "advised against",
    "negated": "read as: not",
    "hypothetical": "read as: feared, not there",
    "family": "read as: in the family",
    "other_person": "read as: someone else",
}
"""How a mention was read, in words; those that raise something are marked, all others greyed."""


@dataclass(frozen=True)
class Piece:
    text: str
    kind: str = ""
    """"counted", "passed_over", or nothing for words between."""
    read_as: str = ""


def pieces(text: str, rules: RuleSetData, on: date) -> list[Piece]:
    """The whole text, nothing added and nothing left out."""
    found, place = [], 0
    for mention in mentions(text, rules, on):
        if mention.start < place:
            continue
        found.append(Piece(text[place : mention.start]))
        kind = "counted" if mention.is_open else "passed_over"
        words = text[mention.start : mention.end]
        found.append(Piece(words, kind, READ_AS.get(mention.reading, "")))
        place = mention.end
    return [piece for piece in [*found, Piece(text[place:])] if piece.text]


def medicines(
    answers: dict, rules: RuleSetData, on: date, offers: dict[str, str]
) -> list[tuple[str, list[Recognised], str]]:
    """Each entry as typed, what it was taken for, and the names it may be instead."""
    entries = medicine_entries(answers)
    known = [(entry, recognise(entry, rules, on.isoformat())) for entry in entries]
    return [(entry, found, offers.get(entry, "")) for entry, found in known]
