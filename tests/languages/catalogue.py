"""The texts of the patient's side as they stand in the source, and as a language has them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
ROOMS = ("clinic", "intake")
SPEAKING = {
    "_": 1,
    "gettext": 1,
    "gettext_lazy": 1,
    "gettext_noop": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
    "pgettext": 1,
    "pgettext_lazy": 1,
}
"""Function -> how many texts it is given; the p stands for a context before them."""
Text = tuple[str, str]
"""(context, text)"""


@dataclass(frozen=True)
class Said:
    """One entry of a .po file."""

    plural: str
    translations: tuple[str, ...]
    is_fuzzy: bool


def entries(path: Path) -> dict[Text, Said]:
    """All of a .po file but its head."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")[1:]
    found: dict[Text, Said] = {}
    for block in filter(str.strip, blocks):
        said = dict(re.findall(r'^(msg[^ ]+) ((?:".*"\n?)+)', block, re.MULTILINE))
        words = {key: _joined(value) for key, value in said.items()}
        key = (words.get("msgctxt", ""), words["msgid"])
        assert key not in found, key
        found[key] = Said(
            words.get("msgid_plural", ""),
            tuple(value for name, value in words.items() if name.startswith("msgstr")),
            bool(re.search("^#,.*fuzzy", block, re.MULTILINE)),
        )
    return found


def _joined(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.strip().split("\n"))


def texts_in_source() -> dict[Text, str]:
    """Every text to be translated, with its plural or nothing."""
    found: dict[Text, str] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            found |= dict(_texts(ast.parse(path.read_text(encoding="utf-8"))))
    for path in templates():
        for call in _calls(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
            found |= dict(_texts(call))
    return found


def templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())


def _texts(tree: ast.AST) -> Iterator[tuple[Text, str]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        name, given = node.func.id, [_literal(each) for each in node.args]
        if name not in SPEAKING or not given or given[0] is None:
            continue
        context = str(given.pop(0)) if name.startswith("pgettext") else ""
        yield (context, str(given[0])), str(given[1]) if SPEAKING[name] == 2 else ""


def _literal(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _calls(source: str) -> Iterator[ast.AST]:
    """The calls that Django puts in the place of a template's tags."""
    for match in re.finditer(r"\b(?:n?p?gettext|_)\(", source):
        end = match.end()
        while True:
            end = source.index(")", end) + 1
            try:
                yield ast.parse(source[match.start() : end].replace("\n", " "), mode="eval")
            except SyntaxError:
                continue
            break
