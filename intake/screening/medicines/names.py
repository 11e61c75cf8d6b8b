"""The names of medicines and the words around them, as they are looked up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intake.screening.medicines.rows import LookAlike, Medicine, MedicineWord
from intake.screening.medicines.tokens import together, tokens, without_mark

PATCH = "patch_medicine"
"""The class of a medicine worn as a patch, whatever else it is."""

SHORTEST_OFFERED = 5
LONGEST_WITH_ONE_SLIP = 6
SHORTEST_IN_PIECES = 6
"""Letters from which a name is found even where it is written in pieces, as in "xarel to"."""


@dataclass(frozen=True)
class Known:
    """One name of a medicine, without its mark."""

    name: str
    medicine: Medicine

    @property
    def order(self) -> tuple[str, str]:
        return self.name.casefold(), self.medicine.generic


class MedicineNames:
    """Made once for a rule set. Nothing in it depends on the order of the rows."""

    def __init__(
        self,
        medicines: Iterable[Medicine],
        words: Iterable[MedicineWord],
        look_alikes: Iterable[LookAlike],
    ) -> None:
        self._medicines = tuple(medicines)
        self._words = tuple(words)
        self._look_alikes = tuple(look_alikes)

    @cached_property
    def by_generic(self) -> dict[str, Medicine]:
        return {medicine.generic: medicine for medicine in self._medicines}

    @cached_property
    def known(self) -> dict[str, tuple[Known, ...]]:
        """Each name, its words written together, with the medicines it stands for."""
        found: dict[str, dict[str, Known]] = {}
        for medicine in self._medicines:
            for name in medicine.names:
                bare = without_mark(name)
                one = Known(bare, medicine)
                earlier = found.setdefault(together(bare), {}).setdefault(medicine.generic, one)
                if one.order < earlier.order:
                    found[together(bare)][medicine.generic] = one
        return {key: tuple(several[g] for g in sorted(several)) for key, several in found.items()}

    def names_at(self, words: Sequence[str], at: int) -> tuple[tuple[Known, ...], int]:
        """The longest name that begins there and its number of words; () and 0 when there is none.

        Several names: what is written may be any of them.
        """
        best: tuple[tuple[Known, ...], int] = ((), 0)
        key = ""
        for end in range(at, len(words)):
            key += words[end]
            if key not in self._beginnings:
                break
            if key in self.known and self._is_written(key, words[at : end + 1]):
                best = (self.known[key], end + 1 - at)
        return best

    def word_at(self, words: Sequence[str], at: int) -> tuple[MedicineWord | None, int]:
        """The longest of the other words that begins there and its number of words."""
        for phrase, word in self._phrases.get(words[at], ()):
            length = len(phrase)
            if length == 1 or tuple(words[at : at + length]) == phrase:
                return word, length
        return None, 0

    def offers(self, word: str) -> list[Known]:
        """The names a word may be a misspelling of, and those easily taken for them.

        Of one medicine only the nearest name is offered, its generic name rather than a brand.
        """
        nearest: dict[str, tuple[int, bool, str]] = {}
        for key, distance in self._near(word).items():
            for known in self.known[key]:
                generic = known.medicine.generic
                one = (distance, known.name != generic, key)
                nearest[generic] = min(one, nearest.get(generic, one))
        keys = {
            each for *_, key in nearest.values() for each in self._easily_taken_for.get(key, {key})
        }
        return sorted((k for key in keys for k in self.known[key]), key=lambda k: k.order)

    def _near(self, word: str) -> dict[str, int]:
        near: dict[str, int] = {}
        for length in range(max(SHORTEST_OFFERED, len(word) - 2), len(word) + 3):
            most = slips(min(length, len(word)))
            if abs(length - len(word)) <= most:
                names = self._by_length.get(length, ())
                hits = process.extract(
                    word, names, scorer=OSA.distance, score_cutoff=most, limit=None
                )
                near |= {name: int(distance) for name, distance, _ in hits}
        return near

    def _is_written(self, key: str, words: Sequence[str]) -> bool:
        """A short name must be written with its own spaces: "as a" is not ASA."""
        alone = len(words) == 1 or len(key) >= SHORTEST_IN_PIECES
        return alone or tuple(words) in self._splits

    @cached_property
    def _splits(self) -> frozenset[tuple[str, ...]]:
        names = (name for medicine in self._medicines for name in medicine.names)
        return frozenset(tuple(tokens(without_mark(name))) for name in names)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(key[:end] for key in self.known for end in range(1, len(key) + 1))

    @cached_property
    def _by_length(self) -> dict[int, tuple[str, ...]]:
        """Names that may be offered: not those told apart by one letter, as vitamins are."""
        told_apart = {
            "".join(split) for split in self._splits if len(split) > 1 and min(map(len, split)) == 1
        }
        lengths: dict[int, list[str]] = {}
        for key in sorted(self.known.keys() - told_apart):
            lengths.setdefault(len(key), []).append(key)
        return {length: tuple(keys) for length, keys in lengths.items()}

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[tuple[str, ...], MedicineWord]]]:
        """By first word, the longest first."""
        phrases: dict[str, list[tuple[tuple[str, ...], MedicineWord]]] = {}
        for word in self._words:
            for text in word.words:
                phrase = tuple(tokens(text))
                phrases.setdefault(phrase[0], []).append((phrase, word))
        return {
            first: sorted(several, key=lambda pair: (-len(pair[0]), pair[0]))
            for first, several in phrases.items()
        }

    @cached_property
    def _easily_taken_for(self) -> dict[str, frozenset[str]]:
        groups: dict[str, frozenset[str]] = {}
        for each in self._look_alikes:
            keys = frozenset(together(name) for name in each.names)
            whole = keys.union(*(groups.get(key, frozenset()) for key in keys))
            groups |= dict.fromkeys(whole, whole)
        return groups

    @cached_property
    def for_text(self) -> list[tuple[str, Medicine]]:
        return [
            (without_mark(name), as_brand(medicine, name))
            for medicine in self._medicines
            for name in medicine.names
            if name not in medicine.box_only
        ]


def slips(letters: int) -> int:
    """How many slips are allowed in the shorter of two names; a swap of two letters is one."""
    if letters < SHORTEST_OFFERED:
        return 0
    return 1 if letters <= LONGEST_WITH_ONE_SLIP else 2


def as_brand(medicine: Medicine, name: str) -> Medicine:
    """The medicine with the classes it has under this name, when the brand tells the form."""
    if without_mark(name) in map(without_mark, medicine.patch_brands):
        return replace(medicine, classes=(*medicine.classes, PATCH))
    if medicine.on_skin and name in medicine.skin_brands:
        return replace(medicine, classes=(medicine.on_skin,))
    return medicine
