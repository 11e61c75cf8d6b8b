"""Parts an entry of the list of medicines into what is said about each medicine."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.screening.medicines.names import Known, MedicineNames
from intake.screening.medicines.rows import MedicineWord
from intake.screening.medicines.tokens import AND

CARRIED = frozenset({"present", "patch", "drip", "by_mouth"})
"""Said after a comma or a dash, these are still about the medicine before it. A cream is not:
that would lower a level."""
SHORT = 3
"""Letters of a word that needs nobody's eye beside a known name."""

Strangers = list[list[str]]
"""Words nobody knows, those next to each other together."""


@dataclass
class Piece:
    """What stands between two commas."""

    names: list[tuple[Known, ...]] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    words: list[MedicineWord] = field(default_factory=list)
    """Words for a kind of medicine."""
    strangers: Strangers = field(default_factory=list)
    reasons: Strangers = field(default_factory=list)
    """Unknown words that say what it is for."""
    years: list[int] = field(default_factory=list)
    """Years named after "until"."""
    remarks: list["Piece"] = field(default_factory=list)
    """What is said about it after a comma or a dash."""

    def is_over(self, on: str) -> bool:
        """Whether it says of one medicine, and clearly, that it is no longer taken."""
        parts = [self, *self.remarks]
        if not any(part._says_past(on) for part in parts):
            return False
        several = {known.medicine.generic for names in self.names for known in names}
        return len(several) == 1 and not any("present" in part.kinds for part in parts)

    def _says_past(self, on: str) -> bool:
        """Not where something else may have stopped, such as a pain."""
        year = int(on[:4]) if on else 0
        said = "past" in self.kinds or any(until < year for until in self.years)
        return said and not self.strangers and "reason_word" not in self.kinds

    @property
    def _is_remark(self) -> bool:
        said = any(word.kind == "class" for word in self.words)
        return not (self.names or self.strangers or said)

    def take(self, remark: "Piece") -> None:
        self.remarks.append(remark)
        self.kinds |= remark.kinds & CARRIED
        self.words += remark.words


def pieces_of(words: Sequence[str], names: MedicineNames) -> list[Piece]:
    pieces = [Piece()]
    at = 0
    while at < len(words):
        known, length = names.names_at(words, at)
        if known:
            pieces[-1].names.append(known)
            at += length
            continue
        word, length = names.word_at(words, at)
        if words[at] == AND or (word is not None and word.kind == "separator"):
            _begin_another(pieces)
        elif word is not None and (word.kind != "salt" or pieces[-1].names):
            _note_word(pieces[-1], word)
        else:
            _note_unknown(pieces[-1], words, at)
        at += length or 1
    _begin_another(pieces)
    return pieces[:-1]


def _begin_another(pieces: list[Piece]) -> None:
    if len(pieces) > 1 and pieces[-1]._is_remark and pieces[-2].names:
        pieces[-2].take(pieces.pop())
    pieces.append(Piece())


def _note_word(piece: Piece, word: MedicineWord) -> None:
    if word.kind in ("class", "patch"):
        piece.words.append(word)
    if "reason" not in piece.kinds or word.kind not in ("allergy", "skin", "reason_word"):
        piece.kinds.add(word.kind)


def _note_unknown(piece: Piece, words: Sequence[str], at: int) -> None:
    word = words[at]
    if word.isdigit():
        _note_number(piece, word, words[at - 1] if at else "")
        return
    if len(word) == 1:
        return
    group = piece.reasons if "reason" in piece.kinds else piece.strangers
    if group and group[-1][-1] == words[at - 1] and at:
        group[-1].append(word)
    else:
        group.append([word])


def _note_number(piece: Piece, number: str, before: str) -> None:
    """A number right after an unknown word may be a dose, so that the word may be a medicine."""
    if "until" in piece.kinds and len(number) == 4:
        piece.years.append(int(number))
    elif piece.reasons and piece.reasons[-1][-1] == before:
        piece.strangers.append(piece.reasons.pop())
