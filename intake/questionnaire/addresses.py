"""Every text of a question set by its address, and the same set in other words.

    part.<part>.title         page.<page>.why         question.<question>.label
    option.<question>.<option>    message.<message>.text    check.sign.<question>

What an address names is never a condition, a code or a kind: another language changes words only.
"""

from collections.abc import Iterator
from dataclasses import replace

from intake.questionnaire.question import QuestionOutline
from intake.questionnaire.shape import SIGNED, PageOutline, SectionOutline, SetOutline

Texts = dict[str, str]
NOT_WORDS = {"alarms", "autocomplete", "message", "scope", "when_not_asked"}
NOT_WORDS |= {"about", "follows", "options_from", "options_not_from"}
"""Extras of a question that nobody reads. Every other string in them is a text."""
VITAL_KINDS = (*SIGNED, "emergency")


def texts(whole: SetOutline) -> Texts:
    """Address -> text, in the order of the form; empty texts have no address."""
    found = dict(_walk("message", whole.messages))
    for section in whole.sections:
        found |= {f"part.{section.code}.{name}": getattr(section, name) for name in _PART}
        for page in section.pages:
            found |= _page_texts(page)
    return {address: text for address, text in found.items() if text}


def vital(whole: SetOutline) -> frozenset[str]:
    """Addresses of what is urgent or signed: nobody is to rest on these unread by a person."""
    found = dict(_walk("message", whole.messages))
    for page in whole.pages():
        if any(question.kind in VITAL_KINDS for question in page.questions):
            found |= _page_texts(page)
    return frozenset(address for address, text in found.items() if text)


def part_of(whole: SetOutline) -> dict[str, str]:
    """Address -> code of the part it is read in; messages are in none."""
    found: dict[str, str] = {}
    for section in whole.sections:
        found |= {f"part.{section.code}.{name}": section.code for name in _PART}
        for page in section.pages:
            found |= dict.fromkeys(_page_texts(page), section.code)
    return found


def translated(
    whole: SetOutline, words: Texts, *, language: str, translation_id: int
) -> SetOutline:
    """The same set with these words; a text without any stays as it is."""
    return replace(
        whole,
        language=language,
        translation_id=translation_id,
        messages=_said("message", whole.messages, words),
        sections=tuple(_section(section, words) for section in whole.sections),
    )


_PART = ("title", "intro")
_PAGE = ("heading", "why")
_QUESTION = ("label", "hint")


def _page_texts(page: PageOutline) -> Texts:
    found = {f"page.{page.code}.{name}": getattr(page, name) for name in _PAGE}
    for question in page.questions:
        address = f"question.{question.code}"
        found |= {f"{address}.{name}": getattr(question, name) for name in _QUESTION}
        found |= dict(_walk(address, _words_in(question)))
        for option in question.options:
            found[f"option.{question.code}.{option.code}"] = option.label
    return found


def _words_in(question: QuestionOutline) -> dict:
    return {key: value for key, value in question.extras.items() if key not in NOT_WORDS}


def _walk(address: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield address, value
    elif isinstance(value, dict | list):
        inner = list(value.items() if isinstance(value, dict) else enumerate(value))
        for key, each in sorted(inner, key=_headings_first):
            yield from _walk(f"{address}.{key}", each)


def _headings_first(item: tuple[object, object]) -> bool:
    return not isinstance(item[1], str)


def _said(address: str, value: object, words: Texts) -> object:
    """`_walk` the other way: the same value with the words of its addresses."""
    if isinstance(value, str):
        return words.get(address) or value
    if isinstance(value, dict):
        return {key: _said(f"{address}.{key}", each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [_said(f"{address}.{key}", each, words) for key, each in enumerate(value)]
    return value


def _named(address: str, thing: object, names: tuple[str, ...], words: Texts) -> Texts:
    return {name: words.get(f"{address}.{name}") or getattr(thing, name) for name in names}


def _section(section: SectionOutline, words: Texts) -> SectionOutline:
    said = _named(f"part.{section.code}", section, _PART, words)
    return replace(section, pages=tuple(_page(page, words) for page in section.pages), **said)


def _page(page: PageOutline, words: Texts) -> PageOutline:
    said = _named(f"page.{page.code}", page, _PAGE, words)
    return replace(page, questions=tuple(_question(q, words) for q in page.questions), **said)


def _question(question: QuestionOutline, words: Texts) -> QuestionOutline:
    address = f"question.{question.code}"
    options = (
        replace(each, label=words.get(f"option.{question.code}.{each.code}") or each.label)
        for each in question.options
    )
    return replace(
        question,
        extras=question.extras | _said(address, _words_in(question), words),
        options=tuple(options),
        **_named(address, question, _QUESTION, words),
    )
