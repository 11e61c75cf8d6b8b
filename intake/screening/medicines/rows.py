"""The rows about medicines."""

from dataclasses import dataclass
from functools import cached_property

from intake.screening.levels import BY_CODE, Levels


@dataclass(frozen=True)
class MedicineClass:
    """A kind of medicine and what it weighs until it is known why it is taken."""

    code: str
    name: str
    concern: str
    reported_as: str
    """Code of the flag it is shown under; nothing for medicines without bearing on treatment."""
    two_as: str
    """Code of the flag when two different medicines of the class are taken."""
    after_stopping: str
    """"same": what it points to outlasts the medicine, so that its levels stay when stopped."""
    levels: tuple[str, ...]
    opens: tuple[str, ...]
    """Questions it causes to be asked. They raise no level by themselves."""
    advice: str
    sources: tuple[str, ...]
    default: bool

    @cached_property
    def weight(self) -> Levels:
        return tuple(BY_CODE[level] for level in self.levels)


@dataclass(frozen=True)
class Medicine:
    """Names may end in a mark in brackets, such as a country, which is not part of the name."""

    generic: str
    aliases: tuple[str, ...]
    brands: tuple[str, ...]
    classes: tuple[str, ...]
    ingredients: tuple[str, ...]
    """Of a combination: the medicines in this list that it counts as."""
    patch_brands: tuple[str, ...]
    """Brands that are skin patches."""
    on_skin: str
    """The class it has as a cream, gel, ointment, drops, spray or inhaler; nothing: the same."""
    skin_brands: tuple[str, ...]
    """Brands that are creams, drops, sprays or inhalers."""
    by_drip: str
    """A class it may also have when given by drip or at a hospital."""
    box_only: tuple[str, ...]
    """Names that are everyday words: looked for in the list of medicines, never in free text."""
    shared: tuple[str, ...]
    """Names that another medicine has too, so that nobody knows which is meant."""
    opens: tuple[str, ...]
    """Questions it causes to be asked, besides those of its classes."""
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.generic, *self.aliases, *self.brands)


@dataclass(frozen=True)
class MedicineWord:
    """Words beside the name of a medicine, or instead of one, and what they say."""

    words: tuple[str, ...]
    kind: str
    """One of `medicines.checking.MEDICINE_WORDS`."""
    classes: tuple[str, ...]
    """Classes that a medicine called only this may have."""
    said_of: tuple[str, ...]
    """Further classes of which people say it: beside such a name it adds nothing."""
    opens: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class LookAlike:
    """Names easily taken for each other: all of them are offered, or none."""

    names: tuple[str, ...]
    note: str
