"""Reads the list of medicines: what each entry is, and what its classes weigh."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.screening.findings import (
    ACTIVE,
    HISTORICAL,
    UNCERTAIN,
    Finding,
    Reading,
    Reason,
    found,
    reason,
)
from intake.screening.levels import Level, everywhere, highest
from intake.screening.medicines.choosing import ends_the_doubt, weights_on_offer
from intake.screening.medicines.entries import Entry, read_entry
from intake.screening.medicines.names import as_brand
from intake.screening.medicines.rows import Medicine
from intake.screening.rule_set import RuleSetData

MOST_AFTER_STOPPING = Level.CAUTION
"""Our own default: what was taken and stopped no longer stops a treatment by itself, but is never
passed over, because the reason for it may still be there."""
OUTLASTS = "same"


@dataclass(frozen=True)
class Recognised:
    """What a typed entry was found to be, for the practitioner to confirm."""

    name: str
    generic: str
    classes: tuple[str, ...]
    """Names of its classes, as in the rules."""
    advice: tuple[str, ...]
    note: str
    state: str


def read_medicines(
    document: dict, rule_set: RuleSetData, asked: frozenset[str] | None = None
) -> Reading:
    """An empty list is an explicit "none"; no list at all is an unanswered question."""
    reading = Reading()
    medicines = document.get("medicines")
    if medicines is None:
        if asked is None or "medicines" in asked:
            because = reason("unanswered", "Which medicines do you take?", "medicines")
            reading.unanswered["medicines"] = (everywhere(Level.CONSULT_FIRST), because)
        reading.not_checked.update(_only_by_medicine(rule_set))
        return reading
    written = sorted({entry for entry in medicines if entry.strip()})
    entries = [read_entry(entry, rule_set, document["on"]) for entry in written]
    chosen = {entry.text: _chosen(document, entry, rule_set) for entry in entries}
    for entry in entries:
        _add_entry(reading, entry, chosen[entry.text], rule_set)
    both = [*entries, *(name for names in chosen.values() for name in names)]
    _note_two_of_a_class(reading, both, rule_set)
    if not all(entry.is_recognised for entry in entries):
        reading.not_checked.update(_only_by_medicine(rule_set))
    reading.conflicts += _conflicts(reading.findings, document["answers"])
    return reading


def class_finding(
    rule_set: RuleSetData, code: str, because: Reason, state: str = ACTIVE
) -> list[Finding]:
    """What a class of medicines raises, with its own levels; nothing where it has no bearing."""
    each = rule_set.class_of[code]
    if not each.reported_as:
        return []
    weight = each.weight
    if state == HISTORICAL and each.after_stopping != OUTLASTS:
        weight = tuple(min(level, MOST_AFTER_STOPPING) for level in weight)
    rule = rule_set.rule(each.reported_as)
    return [Finding(rule=rule, weight=weight, because=(because,), state=state)]


def recognise(entry: str, rule_set: RuleSetData, on: str = "") -> list[Recognised]:
    """The medicines an entry names, one for each ingredient; [] when it names none we know."""
    recognised = []
    for taken in read_entry(entry, rule_set, on).taken:
        classes = [rule_set.class_of[code] for code in taken.classes]
        recognised.append(
            Recognised(
                name=taken.name,
                generic=taken.medicine.generic,
                classes=tuple(each.name for each in classes),
                advice=tuple(each.advice for each in classes if each.advice),
                note=taken.note,
                state=taken.state,
            )
        )
    return recognised


def opened_questions(medicines: list[str], rule_set: RuleSetData) -> frozenset[str]:
    """Codes to ask about because of what is taken or may be taken. They raise no level."""
    opened: set[str] = set()
    for text in medicines:
        entry = read_entry(text, rule_set)
        classes = {code for taken in entry.taken for code in taken.classes}
        for medicine in (taken.medicine for taken in entry.taken):
            opened.update(medicine.opens)
        for known in entry.offers:
            classes.update(as_brand(known.medicine, known.name).classes)
            opened.update(known.medicine.opens)
        for word in entry.words:
            classes.update(word.classes)
            opened.update(word.opens)
        opened.update(code for each in classes for code in rule_set.class_of[each].opens)
    return frozenset(opened)


def names_for_text(rule_set: RuleSetData) -> list[tuple[str, Medicine]]:
    """Every name that may be looked for in free text, with the classes it has by that name."""
    return rule_set.medicine_names.for_text


def _chosen(document: dict, entry: Entry, rule_set: RuleSetData) -> list[Entry]:
    """The names the patient chose for this entry, each read as if it had been typed."""
    names = document.get("chosen_medicines", {}).get(entry.text, [])
    return [read_entry(name, rule_set)._replace(text=entry.text) for name in names]


def _add_entry(reading: Reading, entry: Entry, chosen: list[Entry], rule_set: RuleSetData) -> None:
    _add_taken(reading, entry, rule_set)
    by_choice = Reading()
    for name in chosen:
        _add_taken(by_choice, name, rule_set)
    reading.findings += by_choice.findings
    settled = bool(chosen) and ends_the_doubt(entry, by_choice.findings, rule_set)
    if entry.offers and not settled:
        _add_doubt(reading, entry, rule_set)
    if entry.either:
        reading.did_you_mean.append({"text": entry.text, "offer": list(entry.either)})
    if not entry.is_recognised:
        because = reason("medicine", entry.text, "")
        reading.findings.append(found(rule_set.rule("medicine_unrecognised"), because))


def _add_taken(reading: Reading, entry: Entry, rule_set: RuleSetData) -> None:
    for taken in entry.taken:
        because = reason("medicine", entry.text, taken.medicine.generic)
        for code in taken.classes:
            reading.findings += class_finding(rule_set, code, because, taken.state)
    for word in entry.words:
        because = reason("medicine", entry.text, word.words[0])
        for code in word.classes:
            reading.findings += class_finding(rule_set, code, because, UNCERTAIN)


def _add_doubt(reading: Reading, entry: Entry, rule_set: RuleSetData) -> None:
    reading.findings.append(_unconfirmed(entry, rule_set))
    names = sorted({known.name for known in entry.offers})
    reading.did_you_mean.append({"text": entry.text, "offer": names})


def _unconfirmed(entry: Entry, rule_set: RuleSetData) -> Finding:
    """As heavy as the heaviest name on offer, and never lighter than an unknown name."""
    rule = rule_set.rule("medicine_unconfirmed")
    names = ", ".join(sorted({known.name for known in entry.offers}))
    return Finding(
        rule=rule,
        weight=highest([rule.weight, *weights_on_offer(entry, rule_set)]),
        because=(reason("medicine", entry.text, names),),
        state=UNCERTAIN,
    )


def _note_two_of_a_class(reading: Reading, entries: list[Entry], rule_set: RuleSetData) -> None:
    """Two different medicines of a class that weigh more together; one by two names is one."""
    for each in rule_set.classes_in_twos:
        taken = [
            (entry.text, one.medicine.generic, one.state)
            for entry in entries
            for one in entry.taken
            if each.code in one.classes and one.state != HISTORICAL
        ]
        if len({generic for _, generic, _ in taken}) < 2:
            continue
        certain = len({generic for _, generic, state in taken if state == ACTIVE}) > 1
        if certain:
            alone = (each.reported_as, ACTIVE)
            reading.findings = [f for f in reading.findings if (f.code, f.state) != alone]
        because = [reason("medicine", text, generic) for text, generic, _ in taken]
        state = ACTIVE if certain else UNCERTAIN
        reading.findings.append(found(rule_set.rule(each.two_as), *because, state=state))


def _conflicts(findings: Iterable[Finding], answers: dict) -> list[dict[str, str]]:
    return [
        {
            "code": finding.code,
            "text": f"Answered no, but the list of medicines says: {because['text']}",
        }
        for finding in findings
        if finding.state == ACTIVE and answers.get(finding.code) == "no"
        for because in finding.because
    ]


def _only_by_medicine(rule_set: RuleSetData) -> list[str]:
    return [rule.code for rule in rule_set.conditions if rule.ask_by == ("MED",)]
