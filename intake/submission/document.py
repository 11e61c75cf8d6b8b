"""A patient's answers as a screening document; see docs/decisions/0004-screening.md."""

from datetime import date

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
        code: value
        for code, value in said.items()
        if code in asked and asked[code].kind in SAFETY_KINDS
    }
    for code in ("pregnancy", "pain_regions", "treat_regions", "touch_boundaries"):
        if code in said:
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


def _medicines(said: dict) -> dict:
    """No key at all while the question is unanswered: unknown is never "none"."""
    if said.get("takes_medicines") == "no":
        return {"medicines": []}
    return {"medicines": medicine_entries(said)} if "medicines" in said else {}


def medicine_entries(answers: dict) -> list[str]:
    """Each medicine on the list as one line: name, dose, how often."""
    rows = answers.get("medicines") or []
    return [" ".join(filter(None, (row["name"], row["dose"], row["how_often"]))) for row in rows]
