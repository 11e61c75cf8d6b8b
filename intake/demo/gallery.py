"""Every component with easy and with hard data, for whoever changes one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from intake.demo.gallery_samples import SAMPLES

FOLDER = settings.BASE_DIR / "templates" / "components"
ON_EVERY_PAGE = {"masthead", "footer", "language", "look", "staff_links"}
"""Seen around the gallery itself."""
ALONE = {"sprig"}
"""Not drawn by itself: a part of another."""


@dataclass(frozen=True)
class Shown:
    component: str
    takes: str
    samples: tuple[tuple[str, SafeString], ...]
    """What is special about it, and how it looks."""


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.html"))


def shown() -> Iterator[Shown]:
    for name in names():
        if name in ON_EVERY_PAGE | ALONE:
            continue
        drawn = tuple(
            (words, _drawn(name, context)) for words, context in SAMPLES.get(name, {}).items()
        )
        yield Shown(name, _takes(name), drawn)


def _drawn(name: str, context: dict[str, object]) -> SafeString:
    html = mark_safe(render_to_string(f"components/{name}.html", context).strip())  # noqa: S308
    return format_html('<ul class="plain">{}</ul>', html) if html.startswith("<li") else html


def _takes(name: str) -> str:
    """The comment at the top of the template."""
    first = (FOLDER / f"{name}.html").read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix("{#").removesuffix("#}").strip()
