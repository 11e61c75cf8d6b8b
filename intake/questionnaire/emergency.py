"""The short check before sign-in, and the urgent messages. Needs no account and no database."""

from dataclasses import dataclass
from functools import cache

from intake.questionnaire import source


@dataclass(frozen=True)
class Message:
    code: str
    name: str
    text: str


@dataclass(frozen=True)
class Sign:
    code: str
    label: str
    message: Message


@dataclass(frozen=True)
class ShortCheck:
    heading: str
    intro: str
    after_none: str
    signs: tuple[Sign, ...]
    options: tuple[tuple[str, str], ...]
    """(code, words): none, yes, not_sure."""


@cache
def messages() -> dict[str, Message]:
    """The messages M1 to M8 by code. A published set keeps its own in `SetOutline.messages`."""
    found = source.read("emergency")["messages"]
    return {code: Message(code, each["name"], each["text"]) for code, each in found.items()}


@cache
def short_check() -> ShortCheck:
    data = source.read("emergency")["short_check"]
    return ShortCheck(
        heading=data["heading"],
        intro=data["intro"],
        after_none=data["after_none"],
        signs=tuple(
            Sign(sign["code"], sign["label"], messages()[sign["message"]]) for sign in data["signs"]
        ),
        options=tuple((option["code"], option["label"]) for option in data["options"]),
    )
