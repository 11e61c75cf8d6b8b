"""Names offered for a typed medicine, and what the patient's choice among them settles.

Whatever the typed words name stays. A choice ends the doubt about a misspelling, and with it the
caution that any unknown name has, only where no other name on offer weighs more than the chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.screening.findings import Finding
from intake.screening.levels import Levels, highest
from intake.screening.medicines.entries import LONGEST_IN_PIECES, Entry, read_entry
from intake.screening.medicines.names import Known, MedicineNames, as_brand
from intake.screening.medicines.tokens import together, tokens
from intake.screening.rule_set import RuleSetData

MOST = 8
SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class Offer:
    name: str
    generic: str
    """The same as `name` where that is no brand."""


def offered_names(typed: str, rule_set: RuleSetData) -> list[Offer]:
    """Up to MOST names that may be meant; none where the typed name leaves nothing to ask."""
    entry = read_entry(typed, rule_set)
    if entry.is_recognised and not entry.offers and not entry.either:
        return []
    names = rule_set.medicine_names
    either = (
        Known(medicine.generic, medicine)
        for generic in entry.either
        if (medicine := names.by_generic.get(generic))
    )
    found = [*entry.offers, *either, *_beginning_with(together(typed), names)]
    offers = {offer.name.casefold(): offer for offer in (_offer(known, names) for known in found)}
    return list(offers.values())[:MOST]


def _offer(known: Known, names: MedicineNames) -> Offer:
    """A name that means several medicines is no choice: each is offered by what is in it."""
    generic = known.medicine.generic
    meant = {each.medicine.generic for each in names.known.get(together(known.name), ())}
    return Offer(known.name if len(meant) < 2 else generic, generic)


def _beginning_with(key: str, names: MedicineNames) -> Iterator[Known]:
    if len(key) < SHORTEST_BEGINNING:
        return
    longer = sorted((name for name in names.known if name.startswith(key)), key=_nearest_first)
    for name in longer:
        yield from names.known[name]


def _nearest_first(name: str) -> tuple[int, str]:
    return len(name), name


def weights_on_offer(entry: Entry, rule_set: RuleSetData) -> list[Levels]:
    """What the names on offer would weigh, class by class."""
    offered = [as_brand(known.medicine, known.name).classes for known in entry.offers]
    return [rule_set.class_of[code].weight for classes in offered for code in classes]


def ends_the_doubt(entry: Entry, chosen: list[Finding], rule_set: RuleSetData) -> bool:
    """Only one thing was in doubt, and what was chosen weighs no less than anything on offer."""
    heaviest = highest(weights_on_offer(entry, rule_set))
    weight = highest(finding.weight for finding in chosen)
    if any(lower < other for lower, other in zip(weight, heaviest, strict=True)):
        return False
    names, offered = rule_set.medicine_names, {known.order for known in entry.offers}
    return any(
        offered <= {known.order for known in names.offers(word)}
        for word in _words_together(tokens(entry.text))
    )


def _words_together(words: list[str]) -> Iterator[str]:
    for size in range(1, LONGEST_IN_PIECES + 1):
        for start in range(len(words) - size + 1):
            yield "".join(words[start : start + size])
