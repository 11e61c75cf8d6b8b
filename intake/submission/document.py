"""A patient's answers as a screening document; see docs/decisions/0004-screening.md."""

from datetime import date

from intake.questionnaire.conditions import IN_PERSON, chosen
from intake.questionnaire.outline import QuestionOutline, SetOutline

SAFETY_KINDS = ("yes_no", "emergency")
WHERE = "where_"


def screening_document(
    *, reference: str, outline: SetOutline, answers: dict, on: date, born: date
) -> dict:
    """Yes/no answers by code, regions, pregnancy, medicines and what was written freely."""
    said = outline.for_screening(answers, on)
    asked = {question.code: question for question in outline.questions()}
    safety = {
        code: "not_sure" if value == IN_PERSON else value
        for code, value in said.items()
        if code in asked and asked[code].kind in SAFETY_KINDS
    }
    for code in ("pregnancy", "pain_regions", "treat_regions", "touch_boundaries"):
        if code in said and IN_PERSON not in chosen(said[code]):  # else it stays unanswered
            safety[code] = said[code]
    safety["affected_regions"] = {
        code.removeprefix(WHERE): value
        for code, value in said.items()
        if code.startswith(WHERE) and value
    }
    return {
        "id": reference,
        "on": on.isoformat(),
        "born": born.isoformat(),
        "wants": said.get("wants") or ["acupuncture", "massage"],
        "goals": said.get("goals") or [],
        "answers": safety,
        **_medicines(said),
        "free_text": {
            code: value
            for code, value in said.items()
            if code in asked and is_about_health(asked[code]) and value
        },
    }


def is_about_health(question: QuestionOutline) -> bool:
    """An address is long text too, and none of screening's business."""
    return question.kind == "long_text" and question.extras.get("screened", True)


def asked_codes(outline: SetOutline, answers: dict, on: date) -> frozenset[str]:
    """What screening may miss an answer to: the list of medicines too, unless there are none.

    Someone who does not know the names was asked about them all the same.
    """
    asked = outline.asked_codes(answers, on)
    said = answers.get("takes_medicines")
    return asked | {"medicines"} if "takes_medicines" in asked and said != "no" else asked


def _medicines(said: dict) -> dict:
    """No key at all while the question is unanswered: unknown is never "none"."""
    if said.get("takes_medicines") == "no":
        return {"medicines": []}
    if "medicines" not in said:
        return {}
    names = chosen_medicines(said)
    return {"medicines": medicine_entries(said)} | ({"chosen_medicines": names} if names else {})


def medicine_entries(answers: dict) -> list[str]:
    """Each medicine on the list as one line: name, dose, how often."""
    return [_line(row) for row in answers.get("medicines") or []]


def chosen_medicines(answers: dict) -> dict[str, list[str]]:
    """Line as typed -> the names the patient chose for it among those offered."""
    found: dict[str, list[str]] = {}
    for row in answers.get("medicines") or []:
        if row.get("matched"):
            found.setdefault(_line(row), []).append(row["matched"])
    return found


def kept_as_typed(answers: dict) -> set[str]:
    """Lines for which names were offered and the patient kept what they had typed."""
    return {_line(row) for row in answers.get("medicines") or [] if row.get("how") == "as_typed"}


def medicine_names(rows: list[dict] | None) -> list[str]:
    """Every name on the list, typed and chosen."""
    named = [(row["name"], row.get("matched", "")) for row in rows or []]
    return [name for pair in named for name in pair if name]


def _line(row: dict) -> str:
    return " ".join(filter(None, (row["name"], row["dose"], row["how_often"])))
