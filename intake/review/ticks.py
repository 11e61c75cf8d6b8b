"""Check flags to be ticked as seen: one tick for each concern, for all of its findings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms

from intake.review.flags import FlagShown, by_concern


@dataclass(frozen=True)
class Tick:
    words: str
    flags: list[FlagShown]

    @property
    def key(self) -> str:
        """The ids of its flags, as a page sends them."""
        return "-".join(str(shown.flag.pk) for shown in self.flags)


def ticks_for(flags: list[FlagShown]) -> list[Tick]:
    """flags: those that ask for one."""
    return [
        Tick(_words(concern.title, [shown.title for shown in concern.flags]), concern.flags)
        for concern in by_concern(flags)
    ]


def _words(concern: str, titles: list[str]) -> str:
    return concern if titles == [concern] else f"{concern}: {'; '.join(titles)}"


def flags_in(keys: Iterable[str]) -> set[int]:
    """The ids in ticks that were sent; 0, which no flag has, for what is no id."""
    return {
        int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0
        for key in keys
        for pk in key.split("-")
    }


class TicksField(forms.MultipleChoiceField):
    """Cleans to the ids of flags. What the page does not ask for any more counts for nothing."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, ticks: list[Tick], **kwargs) -> None:
        super().__init__(choices=[(tick.key, tick.words) for tick in ticks], **kwargs)
        self.known = {shown.flag.pk for tick in ticks for shown in tick.flags}

    def valid_value(self, value: str) -> bool:
        return True

    def clean(self, value: object) -> set[int]:
        return flags_in(super().clean(value)) & self.known


def field_for(ticks: list[Tick]) -> TicksField:
    return TicksField(
        ticks,
        label="",
        required=False,
        help_text="Tick each one that you have read. A therapy they weigh on "
        "is not cleared without.",
    )
