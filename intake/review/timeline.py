"""Everything that happened with one form, for the practitioner: also who looked."""

from dataclasses import dataclass
from datetime import datetime

from clinic.audit.models import Event
from intake.submission.models import Intake

MOST = 200
"""Older events are kept, and not listed."""
UNFOLDED = 12

SAID = {
    "form_begun": "The form was begun",
    "form_send": "The form was sent",
    "form_open": "Opened for review",
    "form_put_back": "Put back for someone else",
    "form_ask": "The patient is asked something",
    "form_answer": "The patient answered",
    "form_answered_by_phone": "Answered by phone",
    "form_ask_colleague": "Waits for a colleague",
    "form_give_opinion": "Back in review",
    "form_decide": "Decided, and the patient told",
    "form_reopen": "Opened again",
    "form_amend": "A change was sent",
    "form_withdraw": "Taken back by the patient",
    "change_begun": "The patient began a change",
    "change_dropped": "The patient dropped the change",
    "decided": "A decision was stored",
    "decision_kept": "The earlier decision was kept",
    "decision_taken_back": "A decision was taken back",
    "clearance_issued": "A clearance was issued",
    "colleague_asked": "A colleague was asked",
    "colleague_called_off": "A colleague is asked no longer",
    "read_answers": "Read the answers",
    "read_urgent_answers": "Read the urgent answers",
    "read_others_opinion": "Looked at another's opinion before giving their own",
    "read_letter": "Read a letter",
    "urgent_shown": "The urgent page was shown",
    "urgent_not_now": "Pressed “not happening now”",
    "urgent_mistake": "Pressed “chosen by mistake”",
    "contact_resolved": "Spoke to the patient: over, or no emergency",
    "contact_sent_on": "Spoke to the patient: sent to urgent care",
    "contact_no_answer": "Called; nobody answered",
}
"""Action in the audit trail -> words. One without words is shown by its own name."""


@dataclass(frozen=True)
class Line:
    at: datetime
    words: str
    by: str
    is_reading: bool


@dataclass(frozen=True)
class Timeline:
    recent: list[Line]
    older: list[Line]


def timeline(intake: Intake) -> Timeline:
    """Newest first, readings of the same person in a row once. One query."""
    events = Event.objects.about(intake.patient).filter(reference=intake.reference)
    lines: list[Line] = []
    for event in events.select_related("by").newest_first()[:MOST]:
        line = _line(event)
        last = lines[-1] if lines else None
        if last and line.is_reading and (last.words, last.by) == (line.words, line.by):
            continue
        lines.append(line)
    return Timeline(lines[:UNFOLDED], lines[UNFOLDED:])


def _line(event: Event) -> Line:
    words = SAID.get(event.action, event.action.replace("_", " ").capitalize())
    who = str(event.by) if event.by else "the site"
    return Line(event.at, words, who, event.action.startswith("read_"))
