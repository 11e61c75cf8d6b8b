"""The first draft of a letter, written from the record. A practitioner edits it before it goes."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from intake.questionnaire.outline import SetOutline
from intake.review.models import Verdict
from intake.screening.levels import Level
from intake.screening.rule_set import RuleSetData
from intake.submission.models import Flag, Revision

LEFT_OUT = {"Wellbeing", "Consent"}
"""Concerns that a draft never names by itself. A practitioner may write them where it is needed."""
LEFT_OUT_CODES = {"bloodborne_virus", "answer_unknown", "medicine_unrecognised"}
URGENT = "This person told us something that may be urgent. It is not resolved yet."
TO_DOCTOR = ("doctor_name", "doctor_practice")


@dataclass(frozen=True)
class Sender:
    name: str
    registrations: list[str]
    clinic: str
    address: str
    phone: str


def draft(
    *,
    revision: Revision,
    flags: list[Flag],
    verdicts: list[Verdict],
    questions: SetOutline,
    rules: RuleSetData,
    sender: Sender,
    urgent: bool,
    on: date,
) -> str:
    """Plain text, paragraphs parted by blank lines, in the order a doctor reads: the ask first."""
    answers = revision.answers
    paragraphs = [
        f"Dear {answers.get('doctor_name') or 'colleague'},",
        _about(answers),
        URGENT if urgent else "",
        _ask(verdicts, revision.wanted),
        _complaint(answers),
        _findings(flags, rules),
        _medicines(answers, questions),
        _unknown(revision, questions),
        _decided(verdicts),
        "What is written above is as the patient told us on the form of "
        f"{date_format(revision.sent_at, 'j F Y')}. We have not changed any medicine.",
        f"You can answer to {_address(sender)}. The patient may read this letter.",
        "\n".join([date_format(on, "j F Y"), sender.name, *sender.registrations]),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def doctor(answers: dict) -> tuple[str, str]:
    """Name and practice of the patient's own doctor, as the patient wrote them; "" if unknown."""
    name, practice = (str(answers.get(code) or "") for code in TO_DOCTOR)
    return name, practice


def _about(answers: dict) -> str:
    born = answers.get("born")
    known = [answers.get("full_name") or "The patient"]
    if born:
        known.append(f"born {date_format(date.fromisoformat(born), 'j F Y')}")
    known += [" ".join(str(answers[c]).split()) for c in ("address", "phone") if answers.get(c)]
    return f"About: {', '.join(known)}"


def _ask(verdicts: list[Verdict], wanted: list[str]) -> str:
    held = [v.get_therapy_display() for v in verdicts if not v.is_positive]
    if not verdicts:
        held = wanted
    if held:
        return (
            f"We would be glad of your view before we go on. Do you see a reason against "
            f"{' or '.join(held)} for this person, or limits that we should keep? "
            f"An answer within 10 working days would help. Until we have it, we do not treat "
            f"with {' or '.join(held)}."
        )
    return "This letter is to let you know what we plan. No answer is needed unless you see a risk."


def _unknown(revision: Revision, questions: SetOutline) -> str:
    """What the patient left open, but for private questions: unknown is never "no"."""
    known = {question.code: question for question in questions.questions()}
    codes = [code for code in revision.screening.get("unanswered", []) if code in known]
    asked = [known[code].short for code in codes if not known[code].private]
    if "takes_medicines" in known and not revision.answers.get("takes_medicines"):
        asked.append("Their medicines")
    return "\n".join(["Not known to us:", *(f"- {each}" for each in asked)]) if asked else ""


def _complaint(answers: dict) -> str:
    words = str(answers.get("own_words") or "").strip()
    return f"They came to us because, in their own words: “{words}”" if words else ""


def _findings(flags: list[Flag], rules: RuleSetData) -> str:
    told = [
        rules.title(flag.code)
        for flag in flags
        if flag.rank >= Level.CAUTION
        and flag.code in rules.by_code
        and flag.code not in LEFT_OUT_CODES
        and rules.by_code[flag.code].manner != "private"
        and rules.concern(flag.code) not in LEFT_OUT
    ]
    lines = [f"- {title}" for title in told]
    return "\n".join(["What matters for treatment, from their answers:", *lines]) if told else ""


def _medicines(answers: dict, questions: SetOutline) -> str:
    said = []
    if answers.get("takes_medicines") == "no":
        said.append("Medicines: none, as told.")
    elif answers.get("medicines"):
        words = questions.question("medicines").words(answers["medicines"])
        said.append(f"Medicines, as told: {words}.")
    if answers.get("other_allergy") == answers.get("contact_allergy") == "no":
        said.append("Allergies: none known, as told.")
    told = [answers[code] for code in ("contact_allergens", "allergies") if answers.get(code)]
    if told:
        words = "; ".join(str(each).strip().rstrip(".") for each in told)
        said.append(f"Allergies, as told: {words}.")
    return "\n".join(said)


def _decided(verdicts: list[Verdict]) -> str:
    lines = []
    for verdict in verdicts:
        line = f"- {verdict.get_therapy_display()}: {verdict.get_suitability_display()}"
        lines.append(line + (f" ({'; '.join(verdict.precautions)})" if verdict.precautions else ""))
    return "\n".join(["What we decided:", *lines]) if lines else ""


def _address(sender: Sender) -> str:
    return ", ".join(part for part in (sender.clinic, sender.address, sender.phone) if part)
