"""Examples in a cell of a table, in short words, and what screening makes of them.

icd; not_sure:icd; silent:icd           answered yes, not sure, not at all
acute_injury@left_knee                  yes, with its place marked
age:66; pregnant:20; pregnant:maybe
pain:jaw; treat:neck; goal:circulation; wants:heat
systolic:185; inr:5                     a measurement, a laboratory value of today
medicine:nsaid                          takes a medicine of that class, whatever its name
"""

import csv
from pathlib import Path

from screening_documents import MODALITIES, RULES, screened

from intake.screening import engine
from intake.screening.documents import LABS, VITALS
from intake.screening.findings import Reading, reason
from intake.screening.medicines.reading import class_finding

LETTERS = {
    "0": "none",
    "N": "note",
    "C": "caution",
    "F": "consult_first",
    "X": "contraindicated",
    "E": "emergency",
}
TODAY = "2026-11-24"


def table(name: str) -> list[dict[str, str]]:
    path = Path(__file__).parent / f"expected_{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def general(row: dict[str, str]) -> dict[str, str]:
    return {name: LETTERS[row[name].partition("+")[0]] for name in MODALITIES}


def local(row: dict[str, str]) -> dict[str, str]:
    letters = {name: row[name].partition("+")[2] for name in MODALITIES}
    return {name: LETTERS[letter] for name, letter in letters.items() if letter}


def result_of(cell: str, monkeypatch) -> dict:
    """The result for a person of 53 who said no to everything, but for what the cell says."""
    parts = [part.strip() for part in cell.split(";")]
    classes = [part.partition(":")[2] for part in parts if part.startswith("medicine:")]
    with monkeypatch.context() as patch:
        if classes:
            patch.setitem(engine.READERS, "medicines", lambda *_: taking(classes))
        return screened(**said(parts))


def taking(classes: list[str]) -> Reading:
    """As if a name of each class had been recognised."""
    findings = [
        finding
        for each in classes
        for finding in class_finding(RULES, each, reason("medicine", each, each))
    ]
    return Reading(findings=findings)


def said(parts: list[str]) -> dict:
    answers: dict = {"affected_regions": {}, "vitals": {}, "labs": {}}
    document: dict = {"answers": answers}
    for part in parts:
        kind, _, of = part.rpartition(":")
        if kind in SAYING:
            SAYING[kind](document, of)
        elif kind in VITALS:
            answers["vitals"][kind] = float(of)
        elif kind in LABS:
            answers["labs"][kind] = {"value": float(of), "on": TODAY}
        else:
            raise ValueError(part)
    return document


def _yes(document: dict, of: str) -> None:
    code, _, place = of.partition("@")
    document["answers"][code] = "yes"
    if place:
        document["answers"]["affected_regions"].setdefault(code, []).append(place)


def _pregnant(document: dict, of: str) -> None:
    given = {"answer": "yes", "weeks": int(of)} if of.isdigit() else {"answer": of}
    document["answers"]["pregnancy"] = given


def _listed(name: str, inside: str = "") -> object:
    def say(document: dict, of: str) -> None:
        there = document[inside] if inside else document
        there.setdefault(name, []).append(of)

    return say


SAYING = {
    "": _yes,
    "not_sure": lambda document, of: document["answers"].update({of: "not_sure"}),
    "silent": lambda document, of: document.setdefault("without", []).append(of),
    "age": lambda document, of: document.update(born=f"{2026 - int(of)}-06-04"),
    "pregnant": _pregnant,
    "pain": _listed("pain_regions", "answers"),
    "treat": _listed("treat_regions", "answers"),
    "boundary": _listed("touch_boundaries", "answers"),
    "goal": _listed("goals"),
    "wants": _listed("wants"),
    "name": _listed("medicines"),
    "medicine": lambda document, of: None,
}
