"""Documents for the screening tests: everything answered no, and then what the test says."""

from copy import deepcopy

from intake.screening.engine import screen
from intake.screening.rule_files import load_files

RULES = load_files()
ANSWERED = [rule.code for rule in RULES.answered]
MODALITIES = ("acupuncture", "electroacupuncture", "heat", "massage")
RANK = ["none", "note", "caution", "consult_first", "contraindicated", "emergency"]

NOTHING_TO_SAY = {
    "id": "p-1",
    "on": "2026-11-24",
    "born": "1973-06-04",
    "wants": ["acupuncture", "massage"],
    "answers": {code: "no" for code in ANSWERED}
    | {"touch_boundaries": [], "pregnancy": {"answer": "not_applicable"}},
    "medicines": [],
}


def document(
    *, without: tuple[str, ...] = (), answers: dict | None = None, **parts: object
) -> dict:
    """All answered no; `answers` and top-level `parts` replace, `without` leaves answers out."""
    made = deepcopy(NOTHING_TO_SAY) | parts
    made["answers"] |= answers or {}
    for code in without:
        del made["answers"][code]
    return made


def screened(**said: object) -> dict:
    return screen(document(**said), RULES)


def flags(result: dict) -> dict[str, dict]:
    return {flag["code"]: flag for flag in result["flags"]}


def by_themselves(result: dict) -> dict[str, dict]:
    """The flags without those that only a combination has."""
    return {
        code: flag for code, flag in flags(result).items() if RULES.rule(code).kind != "combination"
    }


def levels(acupuncture: str, electroacupuncture: str, heat: str, massage: str) -> dict[str, str]:
    given = (acupuncture, electroacupuncture, heat, massage)
    return dict(zip(MODALITIES, given, strict=True))


def all_at(level: str) -> dict[str, str]:
    return levels(level, level, level, level)


def ranks(result: dict) -> list[int]:
    return [RANK.index(result["levels"][modality]) for modality in MODALITIES]
