"""What a practitioner can say about a form, in the words of staff and of the patient."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DOES_NOT_FIT = "does_not_fit"
"""The reason that reaches whoever owns the rules."""
AFTER_CONTACT = "resolved_after_contact"
"""The only answer to an emergency flag, and to no other one."""
REASONS = {
    "patient_mistake": "Talked to the patient; the answer was a mistake",
    "patient_managed": "Talked to the patient; managed as described",
    "confirmed_with_doctor": "Confirmed with their doctor",
    "treatment_changed": "Treatment changed to avoid the risk",
    "tolerated_before": "Known and tolerated before",
    DOES_NOT_FIT: "The rule does not fit this person",
    "other": "Other",
    AFTER_CONTACT: "Resolved after contact",
}
NEEDS_TEXT = {"patient_managed", DOES_NOT_FIT, "other", AFTER_CONTACT}


@dataclass(frozen=True)
class NextStep:
    for_staff: str
    for_the_patient: Promise


NEXT_STEPS = {
    "see_doctor": NextStep(
        "They see their doctor first",
        _("Talk to your doctor about this first. Then tell us what they said."),
    ),
    "we_write": NextStep(
        "We write to their doctor",
        _("We would like to ask your doctor first. You hear from us when we have an answer."),
    ),
    "we_call": NextStep(
        "We talk to them first, without treatment",
        _("We would like to talk with you first. We will call you."),
    ),
    "later": NextStep(
        "They wait, then fill in a new form",
        _("Give it some time. When this has changed, fill in a new form."),
    ),
    "elsewhere": NextStep(
        "Someone else fits better",
        _("Another kind of help fits better. We say which one below."),
    ),
    "today": NextStep(
        "They see a doctor today",
        _("See a doctor today about what you told us. Do not wait for us."),
    ),
}
"""A "not now" always comes with one of these: never a bare no."""

TERMS_BY_CODE = {
    "pregnancy_t1": (4, 1),
    "pregnancy_t2_t3": (4, 1),
    "pregnancy_term": (4, 1),
    "pregnancy_possible": (4, 1),
    "age_child": (4, 4),
    "cancer_treatment_current": (6, 1),
}
"""Finding -> (weeks, sessions) that a decision form proposes at most."""

STEPS = {
    "put_back": "Put it back for someone else",
    "ask": "Wait for the patient: I have a question and will call them",
    "answered_by_phone": "They answered by phone: it can be read again",
}
"""Moves of a form that are a button of their own, in the words of the button."""
WITH_A_NOTE = {"answered_by_phone", "put_back"}
"""Those that stand in a place of their own instead, with a line on what was said."""
