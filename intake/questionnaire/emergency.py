"""The short check before sign-in, and the urgent messages. Needs no account and no database.

A further language is shown as soon as there are files for it, also before anyone at the clinic has
checked them: here, being understood comes first.
"""

from dataclasses import dataclass
from functools import cache

from intake.questionnaire import source, translation_files
from intake.questionnaire.addresses import Texts
from intake.questionnaire.shape import LANGUAGE


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
def messages(language: str = LANGUAGE) -> dict[str, Message]:
    """The messages M1 to M8 by code. A published set keeps its own in `SetOutline.messages`."""
    found, words = source.read("emergency")["messages"], _words(language)
    return {
        code: Message(
            code,
            words.get(f"message.{code}.name") or each["name"],
            words.get(f"message.{code}.text") or each["text"],
        )
        for code, each in found.items()
    }


@cache
def short_check(language: str = LANGUAGE) -> ShortCheck:
    data, words = source.read("emergency")["short_check"], _words(language)

    def said(address: str, original: str) -> str:
        return words.get(f"check.{address}") or original

    return ShortCheck(
        heading=said("heading", data["heading"]),
        intro=said("intro", data["intro"]),
        after_none=said("after_none", data["after_none"]),
        signs=tuple(
            Sign(
                sign["code"],
                said(f"sign.{sign['code']}", sign["label"]),
                messages(language)[sign["message"]],
            )
            for sign in data["signs"]
        ),
        options=tuple(
            (option["code"], said(f"option.{option['code']}", option["label"]))
            for option in data["options"]
        ),
    )


def check_texts() -> Texts:
    """Address -> text of the short check, which belongs to no version."""
    check = short_check()
    return {
        "check.heading": check.heading,
        "check.intro": check.intro,
        "check.after_none": check.after_none,
        **{f"check.sign.{sign.code}": sign.label for sign in check.signs},
        **{f"check.option.{code}": words for code, words in check.options},
    }


def _words(language: str) -> Texts:
    return dict(translation_files.read(language))
