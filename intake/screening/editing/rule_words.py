"""What the sheets and columns of a rule set are called on the pages where managers read them."""

from intake.screening.levels import BY_CODE, MODALITIES
from intake.screening.tables import LOCAL

SHEETS = {
    "conditions": ("Conditions", "What is asked about health, and how much a yes weighs."),
    "emergencies": ("Emergencies", "What stops everything and asks for help at once."),
    "findings": ("Findings", "What screening reports by itself."),
    "bands": ("Thresholds", "From which measurement on something is raised."),
    "validities": (
        "Age of measurements",
        "For how many days a laboratory value counts as current.",
    ),
    "families": ("Recent and past", "When something recent becomes something of the past."),
    "combinations": ("Combinations", "Findings that together mean more than each alone."),
    "hazards": ("Places of the body", "Places that need care in every person."),
    "medicine_classes": ("Classes of medicines", "Kinds of medicines, and what they weigh."),
    "medicines": ("Medicines", "Names of medicines, and the classes they belong to."),
    "medicine_words": (
        "Words about medicines",
        "Words beside the name of a medicine, or in its place, such as “blood thinner”.",
    ),
    "look_alikes": ("Names easily mixed up", "Medicines whose names look alike: all are offered."),
    "terms": ("Words people use", "Words in free text, and what they may mean."),
    "term_cases": (
        "Words with another meaning",
        "When words nearby change what a word in free text means, as in “DVT stockings”.",
    ),
    "cues": ("Words that turn a meaning", "No, never, my mother, years ago: how a word is meant."),
    "passing": ("What passes", "After how many months something written down is only a note."),
    "messages": ("Messages", "What a patient reads when something is urgent."),
    "sources": ("Sources", "What the rules rest on."),
    "concerns": ("Titles", "The short title of each finding, for staff."),
}

COLUMNS = {
    "ask_by": "Found by",
    "manner": "How it is asked",
    "generic": "Generic name",
    "aliases": "Other names",
    "brands": "Brand names",
    "by_drip": "Class when given by drip",
    "shared": "Names another medicine has too",
    "said_of": "Also said of these classes",
    "at_least": "At least",
    "up_to": "Up to",
    "default": "Only our own default",
    "massage_advice": "Advice on massage",
    "needling": "Advice on needling",
    "on_skin": "Class when used on the skin",
    "box_only": "Only in the list of medicines",
    "reported_as": "Shown as the flag",
    "opens": "Questions it opens",
    "id": "Number",
    **{modality: modality.capitalize() for modality in MODALITIES},
    **{f"{modality}_local": f"{modality.capitalize()}, affected area" for modality in MODALITIES},
}
HELP = {
    "code": "Small letters and underscores. A new code needs a title first: add it under Titles.",
    "default": "Yes when it rests only on this project's own cautious default (source S65).",
    "ask_by": (
        "YN: asked. TXT: own words. MED: list of medicines. REG: a place of the body. "
        "PREG: pregnancy. VIT: measured. LAB: blood test. PRAC: by the practitioner."
    ),
    "manner": "private, optional, day_of_visit or staff. Mostly empty.",
    "brands": "One on each line. A country may follow in brackets, as in Rivazo (UK).",
    "classes": "Codes from Classes of medicines, such as antiplatelet. One on each line.",
    "ingredients": "Of a combination: the generic names of what is in it.",
    "opens": "Codes of further questions. They raise nothing by themselves.",
    "box_only": "Everyday words among the names: never looked for in free text.",
    "sources": "Numbers such as S15, one on each line.",
    "urgency": "R0: at once. R1: the same day.",
    "message": "The number of the message a patient reads, such as M2. May stay empty.",
    "priority": "1 is asked from the beginning.",
    "patch": "“also”: a patch counts as a medicine patch too. “only”: it matters as a patch only.",
    "rank": "1 is shown before all others.",
}
LISTS = "One on each line, or separated by semicolons."
URGENCIES = {"R0": "R0, at once", "R1": "R1, the same day"}


def sheet_title(name: str) -> str:
    return SHEETS[name][0] if name in SHEETS else _plain(name)


def sheet_purpose(name: str) -> str:
    return SHEETS[name][1] if name in SHEETS else ""


def column_title(name: str) -> str:
    return COLUMNS.get(name) or _plain(name)


def cell_words(column: str, text: str) -> str:
    """A cell as a person reads it; an empty one says what that means."""
    if column in (*MODALITIES, *LOCAL):
        return level_words(text) if text else "not given"
    if column == "default":
        return "Yes" if text else "No"
    if column == "urgency":
        return URGENCIES.get(text, text) or "none"
    return "; ".join(text.split(";")) if text else "empty"


def level_words(code: str) -> str:
    return _plain(code) if code in BY_CODE else code


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
