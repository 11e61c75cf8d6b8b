"""Reads the rules from the files in `rules/`, the form in which clinicians read and diff them."""

import csv
from functools import cache
from pathlib import Path

from intake.screening.levels import MODALITIES
from intake.screening.rows import Band, Concern, Family, Message, Rule, Source
from intake.screening.rule_set import RuleSetData, check

FOLDER = Path(__file__).parent / "rules"


@cache
def load_files(folder: Path = FOLDER) -> RuleSetData:
    """Raises BadRules when the files do not fit together."""
    rule_set = RuleSetData(
        name=(folder / "name.txt").read_text(encoding="utf-8").strip(),
        rules=_conditions(folder, "conditions.csv", "condition")
        + tuple(map(_emergency, _table(folder, "emergencies.csv")))
        + _conditions(folder, "findings.csv", "finding"),
        bands=tuple(map(_band, _table(folder, "bands.csv"))),
        families=tuple(map(_family, _table(folder, "families.csv"))),
        messages=tuple(map(_message, _table(folder, "messages.csv"))),
        sources=tuple(Source(**row) for row in _table(folder, "sources.csv")),
        concerns=tuple(Concern(**row) for row in _table(folder, "concerns.csv")),
    )
    check(rule_set)
    return rule_set


def _table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def _conditions(folder: Path, name: str, kind: str) -> tuple[Rule, ...]:
    return tuple(_condition(row, kind) for row in _table(folder, name))


def _condition(row: dict[str, str], kind: str) -> Rule:
    return Rule(
        code=row["code"],
        kind=kind,
        group=row["group"],
        priority=int(row["priority"]),
        ask_by=_list(row["ask_by"]),
        manner=row["manner"],
        question=row["question"],
        levels=tuple(row[modality] for modality in MODALITIES),
        local=tuple(row[f"{modality}_local"] for modality in MODALITIES),
        urgency=row["urgency"],
        message=row["message"],
        advice=row["advice"],
        sources=_list(row["sources"]),
        default=row["default"] == "yes",
    )


def _emergency(row: dict[str, str]) -> Rule:
    sources = _list(row["sources"])
    return Rule(
        code=row["code"],
        kind="emergency",
        group=row["group"],
        priority=1,
        ask_by=("YN",),
        manner=row["manner"],
        question=row["question"],
        levels=("emergency",) * len(MODALITIES),
        local=("",) * len(MODALITIES),
        urgency=row["urgency"],
        message=row["message"],
        advice=row["advice"],
        sources=sources,
        default=sources == ("S65",),
    )


def _band(row: dict[str, str]) -> Band:
    levels = tuple(row[modality] for modality in MODALITIES)
    return Band(
        measure=row["measure"],
        at_least=_number(row["from"]),
        above=_number(row["above"]),
        below=_number(row["below"]),
        up_to=_number(row["up_to"]),
        code=row["code"],
        levels=levels if any(levels) else (),
        urgency=row["urgency"],
        message=row["message"],
    )


def _family(row: dict[str, str]) -> Family:
    return Family(row["family"], row["recent"], int(row["months"]), row["past"])


def _message(row: dict[str, str]) -> Message:
    return Message(row["id"], int(row["rank"]), row["name"], row["text"])


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _number(text: str) -> float | None:
    return float(text) if text else None
