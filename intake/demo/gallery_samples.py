"""What the gallery draws: component -> what is special about a sample -> its context."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Made

from django import forms

from intake.review.holds import HOLDS

NOON = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
LONG_NAME = "María-Ángeles Fernández de la Peña y Schwarzenberger-Abdulrahman"
LONG_WORDS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter " * 2
RIGHT_TO_LEFT = "ليلى عبد الرحمن"
REFERENCE = "T-4K7M-29QX"
CLINIC = Made(
    name="Willow Lane Clinic", address="1 Willow Lane", phone="020 7946 0000", reply_days=3,
    hours_text="Mon to Fri, 9 to 5",
)  # fmt: skip
ROSA = Made(pk=1, reference=REFERENCE, called="Rosa", name="Rosa Okafor", is_account_holder=True)
CHILD = Made(
    pk=2, reference=REFERENCE, called=RIGHT_TO_LEFT, name=RIGHT_TO_LEFT, is_account_holder=False
)
LONG = Made(pk=3, reference=REFERENCE, called=LONG_NAME, name=LONG_NAME, is_account_holder=False)


class Sample(forms.Form):
    """One input of each sort that the components draw."""

    name = forms.CharField(label="Your name", help_text="As on your letters.", required=False)
    agree = forms.ChoiceField(
        label="Do you agree?", choices=[("y", "Yes"), ("n", LONG_WORDS)], widget=forms.RadioSelect
    )

    def __init__(self, *args, prefix: str, **kwargs) -> None:
        super().__init__(*args, prefix=prefix, **kwargs)


def _with_an_error() -> Sample:
    form = Sample({}, prefix="wrong")
    form.is_valid()
    form.add_error("name", "Write your name. " + LONG_WORDS)
    return form


def _treatment(therapy: str, who: str, hour: int) -> Made:
    at = NOON.replace(hour=hour)
    return Made(
        starts_at=at, ends_at=at + timedelta(minutes=45), get_therapy_display=therapy, minutes=45,
        practitioner=Made(title=who), room="Willow room",
    )  # fmt: skip


def _visit(*treatments: Made, **more: object) -> Made:
    usual = {
        "reference": REFERENCE,
        "starts_at": treatments[0].starts_at,
        "ends_at": treatments[-1].ends_at,
        "treatments": Made(all=treatments),
        "words": "acupuncture, then massage",
        "cancelled_at": None,
        "patient": ROSA.name,
        "patient_initials": "R. O.",
        "still_cleared": True,
    }
    return Made(**usual | more)


ALONE_VISIT = _visit(_treatment("massage", "Jo Brandt, massage therapist", 9), words="massage")
TOGETHER = _visit(
    _treatment("acupuncture", "Mei Lindqvist, acupuncturist", 9),
    _treatment("massage", LONG_NAME, 10),
    cancelled_at=NOON, still_cleared=False, patient=LONG_NAME,
)  # fmt: skip
SLOTS = [
    Made(code=f"{n}", starts_at=NOON, ends_at=NOON + timedelta(hours=1), words=words)
    for n, words in enumerate(["with Jo", f"acupuncture with {LONG_NAME}, then massage"])
]
MANY_SLOTS = [
    Made(code=f"m{n}", starts_at=NOON, ends_at=NOON + timedelta(hours=1), words="with Jo")
    for n in range(12)
]
WISH = Made(kind="both", first=date(2026, 12, 2), none_free="Both in one visit: nothing is free.")
DAYS = [(date(2026, 12, 2), SLOTS), (date(2026, 12, 3), MANY_SLOTS)]
EVIDENCE = Made(source="Answered", text="Do you take a blood thinner?", answer="Yes")
LONG_EVIDENCE = Made(source="In their own words", text=LONG_WORDS * 3, answer="blood clot")
THERAPIES = [("acupuncture", "with changes"), ("massage", "not suitable")]
FLAG = Made(
    title="Blood thinner", state="", urgency="", word="Check", evidence=[EVIDENCE],
    local=[], advice="", therapies=THERAPIES, own_default=False, citations=[],
)  # fmt: skip
HARD_FLAG = Made(
    title=LONG_WORDS, state="not confirmed yet", urgency="Help now", word="Stop",
    evidence=[EVIDENCE, LONG_EVIDENCE], local=[("massage", "not suitable", "left arm, neck")],
    advice="Ask for a recent test. " * 8, therapies=THERAPIES, own_default=True,
    citations=["A guideline of 2024", LONG_WORDS],
)  # fmt: skip
VERDICTS = [
    Made(
        pk=1, get_therapy_display="acupuncture", get_suitability_display="not now",
        reason="Waits for the doctor.", precautions=[], next_step="doctor",
        get_next_step_display="their doctor is asked",
    ),
    Made(
        pk=2, get_therapy_display="massage", get_suitability_display="suitable with changes",
        reason="", precautions=["light pressure", LONG_WORDS], next_step="",
        get_next_step_display="",
    ),
]  # fmt: skip
LETTER = Made(
    to_name="Dr Shah", to_place="Mill Street", sent_at=NOON, get_urgency_display="routine",
    reference=REFERENCE, body="We see Rosa Okafor.\n\nIs light massage safe?",
)  # fmt: skip
CLEARED = Made(
    patient=Made(reference=REFERENCE, phone="020 7946 0001"),
    left=3, valid_until=date(2027, 1, 5), since=NOON,
)  # fmt: skip


def _step(code: str, **more: object) -> dict[str, object]:
    step = {"code": code, "sentence": "You can choose a time.", "button": "Choose a time"}
    made = Made(**step | {"address": "/me/book/", "is_waiting": False} | more)
    return {"step": made, "usual": None, "clinic": CLINIC}


SAMPLES: dict[str, dict[str, dict[str, object]]] = {
    "concern": {
        "one finding": {"concern": Made(
            word="Check", title="Bleeding risk", urgency="", therapies=THERAPIES, is_ask=False,
            flags=[FLAG], is_single=True)},
        "urgent, long, several": {"concern": Made(
            word="Stop", title=LONG_WORDS, urgency="Help now", therapies=THERAPIES, is_ask=False,
            flags=[HARD_FLAG, FLAG], is_single=False)},
        "questions to ask": {"concern": Made(
            word="Ask", title="Not answered", urgency="", therapies=[], is_ask=True, flags=[],
            is_single=True), "asks": [("Do you bruise easily?", "#"), (LONG_WORDS, "")]},
    },
    "day_times": {"two times": {"day": date(2026, 12, 5), "times": [
        Made(code=f"d{n}", starts_at=NOON, ends_at=NOON, words="with Jo") for n in range(2)]}},
    "decision": {"one part replaced": {"current": [2], "decision": Made(
        by="Mei Lindqvist", at=NOON, verdicts=Made(all=VERDICTS), note=LONG_WORDS,
        for_patient="Massage is fine.\nWe ask your doctor about acupuncture.")}},
    "diary_visit": {
        "massage": {"visit": ALONE_VISIT},
        "both, no longer cleared": {"visit": TOGETHER},
    },
    "drawing": {"hand and sprig": {"name": "hand"}, "sprig": {"name": "sprig"}},
    "error_summary": {
        "two": {"errors": [("id_easy-name", "Write your name."), ("id_wrong-name", LONG_WORDS)]},
        "one sentence": {"sentence": "Choose one answer.", "href": "#main"},
    },
    "field": {
        "empty": {"field": Sample(prefix="easy")["name"]},
        "with an error": {"field": _with_an_error()["name"]},
    },
    "flag": {
        "alone": {"shown": FLAG, "is_single": True},
        "with everything": {"shown": HARD_FLAG, "is_single": False},
    },
    "for_whom": {
        "oneself: nothing": {"person": ROSA},
        "a name from right to left": {"person": CHILD},
        "a long name": {"person": LONG},
    },
    "form_row": {
        "a draft": {"form": Made(
            state="draft", reference=REFERENCE, for_the_patient="It waits for you.", sent_at=None)},
        "sent": {"form": Made(
            state="decided", reference=REFERENCE, for_the_patient=LONG_WORDS, sent_at=NOON)},
    },
    "free_times": {
        "two days": {"days": DAYS, "wish": WISH, "later": DAYS[1][0], "csrf_token": "x"},
        "nothing free": {"days": [], "wish": WISH, "later": None, "phone": CLINIC.phone},
    },
    "letter_sheet": {"sent": {"letter": LETTER, "clinic": CLINIC}},
    "level": {word: {"word": word} for word in ("Stop", "Check", "Note", "Ask", "None")},
    "message_row": {
        "read": {"message": Made(
            is_new=False, address="/me/", sentence="We wrote to you.", at=NOON)},
        "new": {"message": Made(is_new=True, address="/me/", sentence=LONG_WORDS, at=NOON)},
    },
    "moment": {
        "plain": {"moment": Made(at=NOON, sentence="You sent your form.", address="", link="")},
        "with a link": {"moment": Made(
            at=NOON, sentence=f"{LONG_NAME} read your form.", address="/me/", link="View")},
    },
    "next_step": {
        "something to press": _step("book"),
        "waiting": _step("waiting", is_waiting=True, sentence="A practitioner reads your form."),
        "a question": _step("asked", sentence="We have a question for you."),
    },
    "hide_screen": {"on the queue": {"next": "/reviews/", "csrf_token": "x"}},
    "person_switch": {"three people": {
        "people": [(ROSA, 0), (CHILD, 1), (LONG, 12)], "person": ROSA, "route": "home:me"}},
    "precautions": {
        "none": {"precautions": []},
        "some": {"precautions": ["light pressure", LONG_WORDS]},
    },
    "radios": {
        "empty": {"field": Sample(prefix="r1")["agree"], "legend": "Do you agree?"},
        "with an error": {"field": _with_an_error()["agree"], "legend": LONG_WORDS},
    },
    "service_icon": {each: {"service": each} for each in ("acupuncture", "massage", "both")},
    "treatments": {"both": {"visit": TOGETHER}},
    "usual_wait": {
        "promised": {"usual": None, "days": 1},
        "measured": {"usual": Made(half=1, most=4), "days": 3},
    },
    "visit_held": {
        "with a number to call": {"clinic": CLINIC, "hold": HOLDS["new_form"]},
        "without": {"clinic": Made(phone=""), "hold": HOLDS["new_rules"]},
    },
    "visit_kinds": {
        "one": {"kinds": [("massage", "Massage")], "chosen": "massage"},
        "three": {"kinds": [("both", "Both in one visit"), ("acupuncture", "Acupuncture"),
                            ("massage", LONG_WORDS)], "chosen": "both"},
    },
    "visit_row": {"to come": {"visit": ALONE_VISIT}, "cancelled": {"visit": TOGETHER}},
    "visit_time": {"a morning": {"visit": ALONE_VISIT}},
    "waiting_row": {"three left": {"clearance": CLEARED, "words": "Massage"}},
    "way_home": {"of one person": {"person": ROSA}, "of the account": {}},
}  # fmt: skip
