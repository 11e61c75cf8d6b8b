"""A form in a part that is drawn on its own gets the token without which no press is taken."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
DRAWN_ALONE = re.compile(r'{% include "([^"]+)"([^%]*) only %}')


def includes() -> list[tuple[str, str, str]]:
    """(template, the part it draws on its own, what it hands to the part)."""
    return [
        (path.relative_to(TEMPLATES).as_posix(), part, handed)
        for path in sorted(TEMPLATES.rglob("*.html"))
        for part, handed in DRAWN_ALONE.findall(path.read_text())
    ]


def has_a_form(part: str) -> bool:
    return "{% csrf_token %}" in (TEMPLATES / part).read_text()


def test_each_part_with_a_form_is_handed_the_token():
    parts = [each for each in includes() if has_a_form(each[1])]

    assert len(parts) >= 5
    assert [each for each in parts if "csrf_token=csrf_token" not in each[2]] == []
