"""Reads one entry of the list of medicines, such as "eliquis 5mg twice a day"."""

from collections.abc import Iterator
from typing import NamedTuple

from intake.screening.findings import ACTIVE, HISTORICAL, UNCERTAIN
from intake.screening.medicines.names import PATCH, Known, MedicineNames, as_brand
from intake.screening.medicines.pieces import SHORT, Piece, pieces_of
from intake.screening.medicines.rows import Medicine, MedicineWord
from intake.screening.medicines.tokens import tokens
from intake.screening.rule_set import RuleSetData

LONGEST_IN_PIECES = 3
"""Words that may together be the misspelling of one name, as in "st jons wort"."""


class Taken(NamedTuple):
    """A medicine that an entry names, one for each ingredient."""

    name: str
    """As the list of medicines spells the name that was found."""
    medicine: Medicine
    classes: tuple[str, ...]
    state: str
    note: str


class Entry(NamedTuple):
    text: str
    taken: tuple[Taken, ...]
    words: tuple[MedicineWord, ...]
    """Words for a kind of medicine that no name in the entry explains."""
    offers: tuple[Known, ...]
    """Names that something in the entry may be a misspelling of."""
    either: tuple[str, ...]
    """Medicines of which only one can be meant."""
    is_recognised: bool


def read_entry(text: str, rule_set: RuleSetData, on: str = "") -> Entry:
    """on: date of the document, to tell whether "until 2020" is over; without it, it is not."""
    names = rule_set.medicine_names
    pieces = pieces_of(tokens(text), names)
    taken = tuple(one for piece in pieces for one in _taken(piece, names, on))
    words = [
        (piece, word)
        for piece in pieces
        for word in piece.words
        if not _is_explained(word, piece, taken, rule_set)
    ]
    offers, unknown = _offers(pieces, names)
    nameless = any(not piece.names for piece, _ in words)
    doubtful = [names for piece in pieces for names in piece.names if len(names) > 1]
    return Entry(
        text=text,
        taken=taken,
        words=tuple(word for _, word in words),
        offers=tuple(offers),
        either=tuple(sorted({known.medicine.generic for names in doubtful for known in names})),
        is_recognised=bool(taken or offers) and not unknown and not nameless,
    )


def _taken(piece: Piece, names: MedicineNames, on: str) -> Iterator[Taken]:
    state = ACTIVE
    if "allergy" in piece.kinds:
        state = UNCERTAIN
    elif piece.is_over(on):
        state = HISTORICAL
    for several in piece.names:
        for known in several:
            yield from _each_ingredient(
                known, piece, names, UNCERTAIN if len(several) > 1 else state
            )


def _each_ingredient(
    known: Known, piece: Piece, names: MedicineNames, state: str
) -> Iterator[Taken]:
    whole = known.medicine
    parts = [names.by_generic[generic] for generic in whole.ingredients]
    beyond = set(as_brand(whole, known.name).classes)
    for part in parts:
        yield Taken(known.name, part, _classes(part, known.name, piece), state, whole.note)
        beyond -= set(part.classes)
    if not parts:
        yield Taken(known.name, whole, _classes(whole, known.name, piece), state, whole.note)
    elif beyond:
        yield Taken(known.name, whole, tuple(sorted(beyond)), state, whole.note)


def _classes(medicine: Medicine, name: str, piece: Piece) -> tuple[str, ...]:
    """The classes it has in the form that is written beside it."""
    classes = as_brand(medicine, name).classes
    if "skin" in piece.kinds and medicine.on_skin:
        also_by_mouth = classes if "by_mouth" in piece.kinds else ()
        classes = (*also_by_mouth, medicine.on_skin)
    if "patch" in piece.kinds:
        classes = (*classes, PATCH)
    if "drip" in piece.kinds and medicine.by_drip:
        classes = (*classes, medicine.by_drip)
    return tuple(dict.fromkeys(classes))


def _is_explained(
    word: MedicineWord, piece: Piece, taken: tuple[Taken, ...], rule_set: RuleSetData
) -> bool:
    """ "Blood thinner" beside "apixaban" says nothing new; beside "paracetamol" it does."""
    if piece.names and (word.kind == "patch" or not word.classes):
        return True

    def shown_as(code: str) -> str:
        return rule_set.class_of[code].reported_as

    meant = {shown_as(code) for code in (*word.classes, *word.said_of)}
    return not meant.isdisjoint(shown_as(code) for one in taken for code in one.classes)


def _offers(pieces: list[Piece], names: MedicineNames) -> tuple[list[Known], bool]:
    """What may be meant by unknown words, and whether some of them stay unknown."""
    offers: dict[tuple[str, str], Known] = {}
    unknown = False
    for piece in pieces:
        for group in piece.reasons:
            offers |= _offered(group, names)[0]
        for group in piece.strangers:
            offered, left = _offered(group, names)
            offers |= offered
            beside_a_name = bool(piece.names or offered)
            unknown |= any(len(word) > SHORT or not beside_a_name for word in left)
    return [offers[order] for order in sorted(offers)], unknown


def _offered(
    group: list[str], names: MedicineNames
) -> tuple[dict[tuple[str, str], Known], list[str]]:
    """What the words of a group may mean, each alone or else together, and what is left."""
    found: dict[tuple[str, str], Known] = {}
    left = []
    for word in group:
        offers = names.offers(word)
        found |= {known.order: known for known in offers}
        left += [] if offers else [word]
    if found or len(group) == 1:
        return found, left
    for size in range(2, LONGEST_IN_PIECES + 1):
        for start in range(len(group) - size + 1):
            together = "".join(group[start : start + size])
            found |= {known.order: known for known in names.offers(together)}
    return found, [] if found else left
