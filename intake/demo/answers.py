"""A complete set of answers of an invented person, whatever the question set asks."""

from datetime import date

from intake.demo.people import Person
from intake.questionnaire.outline import SetOutline
from intake.questionnaire.shape import QuestionOutline

SAID = {
    "filled_in_by": "myself",
    "has_doctor": "no",
    "takes_medicines": "yes",
    "goals": ["pain", "sleep"],
    "wants": ["acupuncture", "massage"],
    "own_words": "My shoulder has been stiff since the summer, and I sleep badly.",
    "medicines": [{"name": "paracetamol", "dose": "500 mg", "how_often": "when needed"}],
}


def answers_of(person: Person, outline: SetOutline, today: date) -> dict[str, object]:
    """Answers page by page, because earlier answers decide what is asked later."""
    answers: dict[str, object] = {}
    for question in outline.questions():
        if question in outline.asked_questions(answers, today):
            answers[question.code] = _answer(person, question)
    return answers


def _answer(person: Person, question: QuestionOutline) -> object:
    if question.code in SAID:
        return SAID[question.code]
    match question.kind:
        case "yes_no" | "emergency":
            unsure = "not_sure" if question.code in person.not_sure else "no"
            return "yes" if question.code in person.yes else unsure
        case "date":
            return person.born
        case "scale":
            return 3 + person.number % 6
        case "regions" if question.code in ("pain_regions", "treat_regions"):
            return ["left_shoulder_front"]
        case "regions" | "choices":
            return []
        case "pregnancy":
            return {"answer": "no"}
        case "signature":
            return {"name": person.name, "statement": True}
        case "choice" | "consent":
            return question.options[0].code if question.options else "yes"
        case "phone":
            return "020 7946 0958"
    names = {"full_name": person.name, "call_me": person.name.partition(" ")[0]}
    return names.get(question.code, "As told at the desk")
