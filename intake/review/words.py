"""What a patient wrote, word for word, with a mark on what screening read in it."""

from dataclasses import dataclass
from datetime import date

from intake.screening.medicines.reading import Recognised, recognise
from intake.screening.rule_set import RuleSetData
from intake.screening.text.mentions import mentions
from intake.submission.document import chosen_medicines, kept_as_typed, medicine_entries

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


@dataclass(frozen=True)
class MedicineShown:
    """One entry as typed, what it was taken for, and what the patient said it is."""

    typed: str
    chosen: list[str]
    """Names the patient chose among those offered."""
    kept: bool
    """Whether the patient was offered names and kept what they had typed."""
    found: list[Recognised]
    offer: str
    """The names it may be instead."""


def medicines(
    answers: dict, rules: RuleSetData, on: date, offers: dict[str, str]
) -> list[MedicineShown]:
    chosen, kept = chosen_medicines(answers), kept_as_typed(answers)
    return [
        MedicineShown(
            typed=entry,
            chosen=chosen.get(entry, []),
            kept=entry in kept,
            found=[
                each
                for name in [entry, *chosen.get(entry, [])]
                for each in recognise(name, rules, on.isoformat())
            ],
            offer=offers.get(entry, ""),
        )
        for entry in medicine_entries(answers)
    ]
