"""Lists of medicines for the screening tests, and what they raise."""

import csv
from pathlib import Path

from hypothesis import strategies as st
from screening_documents import RANK, RULES, by_themselves, screened

from intake.screening.medicines.entries import Entry, read_entry
from intake.screening.medicines.reading import names_for_text

HERE = Path(__file__).parent
TODAY = "2026-11-24"

names = st.sampled_from([name for name, _ in names_for_text(RULES)])
misspelt = st.builds(
    lambda name, at, letter: name[:at] + letter + name[at + 1 :],
    names,
    st.integers(0, 12),
    st.sampled_from("aeiouxq"),
)
beside = st.sampled_from(
    ["", "5 mg bd", "patch", "cream", "stopped in May", "until 2020", "allergic to", "drip", "now"]
)
parted = st.sampled_from([" ", ", ", " and ", " - ", ". ", "/"])
written = st.lists(st.one_of(names, names, misspelt, beside, st.text(max_size=8)), max_size=4)
entries = st.one_of(
    st.text(max_size=20), st.builds(lambda sign, parts: sign.join(parts), parted, written)
)


def table(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def entry(text: str) -> Entry:
    return read_entry(text, RULES, TODAY)


def found_in(text: str) -> set[tuple[str, str, str]]:
    """Generic, class and state of everything an entry names."""
    return {
        (taken.medicine.generic, code, taken.state)
        for taken in entry(text).taken
        for code in taken.classes
    }


def classes_in(text: str) -> set[str]:
    return {code for _, code, _ in found_in(text)}


def raised(*medicines: str, **said: object) -> dict[str, dict]:
    return by_themselves(screened(medicines=list(medicines), **said))


def states(*medicines: str) -> dict[str, str]:
    return {code: flag["state"] for code, flag in raised(*medicines).items()}


def weighs_at_least(heavy: dict[str, str], light: dict[str, str]) -> bool:
    return all(RANK.index(heavy[name]) >= RANK.index(light[name]) for name in light)
