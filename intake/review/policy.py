"""What a practitioner can do with a form, in the words of the buttons."""

REASONS = {
    "patient_mistake": "Talked to the patient; the answer was a mistake",
    "patient_managed": "Talked to the patient; managed as described",
    "confirmed_with_doctor": "Confirmed with their doctor",
    "treatment_changed": "Treatment changed to avoid the risk",
    "tolerated_before": "Known and tolerated before",
    "does_not_fit": "The rule does not fit this person",
    "other": "Other",
}
NEEDS_TEXT = {"patient_managed", "does_not_fit", "other"}
