"""Every pair of colours that meets on a page, by day and by night, against WCAG 2.2."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
SHEETS = ("theme.css", "dark.css")
COLOUR = r"#[0-9a-fA-F]{3,8}\b"

BODY_TEXT = [("ink", on) for on in ("ground", "surface", "celadon", "pine-tint")]
TEXT = [
    *[("ink-soft", on) for on in ("ground", "surface", "celadon")],
    *[("pine", on) for on in ("ground", "surface", "celadon", "pine-tint")],
    *[("stop", on) for on in ("ground", "surface")],
    *[(level, f"{level}-tint") for level in ("stop", "check", "note", "ok")],
    *[("ink", f"{level}-tint") for level in ("check", "note")],
    ("on-pine", "pine"),
    ("on-pine", "pine-deep"),
    ("pine-deep", "ground"),
    ("on-alarm", "alarm"),
    ("print", "paper"),
]
SHAPES = [
    *[("control", on) for on in ("ground", "surface", "celadon")],
    *[("pine", on) for on in ("ground", "surface")],
    *[("persimmon", on) for on in ("ground", "surface", "celadon", "persimmon-tint")],
    *[("stop", on) for on in ("ground", "surface")],
    ("alarm-edge", "alarm"),
]


def names(sheet: str) -> dict[str, str]:
    block = (STATIC / sheet).read_text().split("}")[0]
    return dict(re.findall(rf"--([\w-]+): ({COLOUR})", block))


DAY = names("theme.css")
NIGHT = DAY | names("dark.css")


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_on_white():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(BODY_TEXT, 7), (TEXT, 4.5), (SHAPES, 3)], ids=["body", "text", "shapes"]
)
def test_each_pair_can_be_told_apart(tokens, pairs, least):
    weak = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in pairs}

    assert {pair: round(ratio, 2) for pair, ratio in weak.items() if ratio < least} == {}


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
def test_the_ring_around_what_has_the_focus_is_seen_on_everything(tokens):
    """Two rings: yellow at the control, ink around it. One of them differs from any ground."""
    for ground in ("ground", "surface", "celadon", "alarm"):
        rings = (contrast(tokens[ring], tokens[ground]) for ring in ("focus", "ink"))
        assert max(rings) >= 3, ground


def test_night_names_every_colour_that_changes():
    same = {"alarm", "on-alarm", "alarm-edge", "paper", "print"}

    assert set(names("dark.css")) == set(DAY) - same


@pytest.mark.parametrize("sheet", ["theme.css", "body-chart.css"])
def test_colours_stand_only_where_they_get_their_name(sheet):
    text = (STATIC / sheet).read_text()
    below = text.partition("}")[2] if sheet == "theme.css" else text

    assert re.findall(COLOUR, re.sub(r"url\([^)]*\)", "", below)) == []
