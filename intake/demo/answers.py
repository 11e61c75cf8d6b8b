"""A complete set of answers of an invented person, whatever the question set asks."""

from datetime import date

from intake.demo.people import Person
from intake.questionnaire.conditions import OPENED
from intake.questionnaire.outline import SetOutline
from intake.questionnaire.shape import QuestionOutline
from intake.screening.medicines.reading import opened_questions
from intake.screening.services import published
from intake.submission.document import medicine_names
from intake.submission.medicine_list import CHOSEN

SAID = {
    "filled_in_by": "myself",
    "has_doctor": "yes",
    "doctor_name": "Dr Anand",
    "doctor_practice": "Mill Street Practice",
    "consent_share": "yes",
    "language": "English",
    "address": "4 Orchard Row",
    "emergency_contact_name": "Robin Vale",
    "emergency_contact_relation": "friend",
    "emergency_contact_phone": "020 7946 0123",
    "takes_medicines": "yes",
    "allergies": "Plasters. My skin itches under them.",
    "goals": ["pain", "sleep"],
}
MEDICINES = [
    [("paracetamol", "500 mg", "when needed")],
    [("Eliquis", "5 mg", "twice a day"), ("bisoprolol", "2.5 mg", "in the morning")],
    [("sertraline", "50 mg", "in the morning"), ("ibuprofen", "400 mg", "on bad days")],
    [("ramiprill", "5 mg", "once a day", "ramipril")],
    [("metformin", "500 mg", "with meals"), ("atorvastatin", "20 mg", "at night")],
    [("prednisolone", "5 mg", "stopped in May"), ("vitamin D", "", "daily")],
    [("my neighbour’s drops", "", "now and then")],
]
OWN_WORDS = [
    "My calves ache after work. My mother had a clot in her leg and I worry about that.",
    "No history of epilepsy or fainting. My hip was replaced in 2015 and it still aches.",
    "My shoulder has been stiff since the summer, and I sleep badly.",
    "I work at a desk. By Friday my neck is so tight that I cannot turn my head.",
    "My lower back hurts when I stand up, most of all in the morning.",
    "I have been tense for months. I would like to sleep through the night again.",
]
IN_SPANISH = {
    "language": "Español",
    "emergency_contact_relation": "amigo",
    "allergies": "Esparadrapo. Me pica la piel debajo.",
    4: "Me duele la parte baja de la espalda cuando estoy de pie, sobre todo por la mañana.",
    6: "Llevo meses con el cuello tenso. Tengo diabetes y duermo mal.",
}
FOR_YEARS = {
    "en": "For some years. My doctor knows.",
    "es": "Desde hace años. Mi médico lo sabe.",
}


def answers_of(person: Person, outline: SetOutline, today: date) -> dict[str, object]:
    """Answers page by page, because earlier answers decide what is asked later."""
    answers: dict[str, object] = {}
    for page in outline.pages():
        for question in page.asked_questions(answers, today):
            answer = _answer(person, question)
            if answer is not None:
                answers[question.code] = answer
            if question.kind == "medicines":
                names = medicine_names(answer)
                answers[OPENED] = sorted(opened_questions(names, published()[1]))
    return answers


def _answer(person: Person, question: QuestionOutline) -> object:
    if question.code in person.said:
        return person.said[question.code]
    if question.code in SAID:
        return _own(person).get(question.code, SAID[question.code])
    if question.code == "wants":
        return list(person.wants)
    match question.kind:
        case "medicines":
            rows = MEDICINES[person.number % len(MEDICINES)]
            return [_medicine(*row) for row in rows]
        case "yes_no" | "emergency":
            unsure = "not_sure" if question.code in person.not_sure else "no"
            return "yes" if question.code in person.yes else unsure
        case "date":
            return person.born
        case "scale":
            return 3 + person.number % 6
        case "regions" if question.code in ("pain_regions", "treat_regions"):
            return ["left_shoulder_front", "neck_back"][: 1 + person.number % 2]
        case "regions" | "choices":
            return []
        case "pregnancy":
            return {"answer": "no"}
        case "signature":
            return {"name": person.name, "statement": True}
        case "place":
            return question.options[0].code
        case "choice" | "consent":
            return question.options[0].code if question.options else "yes"
        case "phone":
            return "020 7946 0958"
    names = {
        "full_name": person.name,
        "call_me": person.name.partition(" ")[0],
        "own_words": _own(person).get(person.number, OWN_WORDS[person.number % len(OWN_WORDS)]),
    }
    if question.required or question.code.startswith("details_"):
        return names.get(question.code, FOR_YEARS[person.language])
    return names.get(question.code)


def _medicine(name: str, dose: str, how_often: str, chosen: str = "") -> dict[str, str]:
    how = CHOSEN if chosen else ""
    return {"name": name, "dose": dose, "how_often": how_often, "matched": chosen, "how": how}


def _own(person: Person) -> dict:
    """What this person says in Spanish, if that is their language."""
    return IN_SPANISH if person.language == "es" else {}
