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
    "put_back": "Put back with a note",
    "handed_over": "Handed over to a colleague",
    "rules_raised": "Newer rules raise something",
    "rules_kept": "It stands although newer rules raise something",
    "rules_read": "Newer rules were read: decide again",
    "ask_by_phone": "A call is owed",
    "form_close": "Closed without an answer",
    "note_saved": "A private note was saved",
    "alert_taken": "Somebody said that they are calling",
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

FILTERS = {
    "decisions": "Decisions",
    "messages": "Messages",
    "changes": "Changes",
    "access": "Access",
}
BEGINNINGS = {
    "decisions": "decided decision_ form_decide form_reopen form_ask_colleague form_give_opinion "
    "colleague_ clearance_ rules_",
    "messages": "form_ask form_answer form_close ask_ contact_ alert_ letter_",
    "changes": "form_begun form_send form_amend form_withdraw change_ urgent_",
    "access": "read_ form_open form_put_back put_back handed_over note_saved",
}
"""Filter -> how the actions it shows begin; the longest beginning counts. What fits none is shown
only where nothing is filtered."""


@dataclass(frozen=True)
class Line:
    at: datetime
    words: str
    by: str
    is_reading: bool
    about: str
    """One of FILTERS, or nothing."""


@dataclass(frozen=True)
class Timeline:
    recent: list[Line]
    older: list[Line]
    chosen: str
    """One of FILTERS; empty where everything is shown."""
    counts: list[tuple[str, str, int]]
    """Filter, its name, and how many lines it shows; everything first."""


def timeline(intake: Intake, chosen: str = "") -> Timeline:
    """Newest first, readings of the same person in a row once. One query."""
    lines = _lines(intake)
    chosen = chosen if chosen in FILTERS else ""
    counts = [("", "Everything", len(lines))]
    for code, name in FILTERS.items():
        counts.append((code, name, sum(line.about == code for line in lines)))
    shown = [line for line in lines if chosen in ("", line.about)]
    return Timeline(shown[:UNFOLDED], shown[UNFOLDED:], chosen, counts)


def _lines(intake: Intake) -> list[Line]:
    events = Event.objects.about(intake.patient).filter(reference=intake.reference)
    lines: list[Line] = []
    for event in events.select_related("by").newest_first()[:MOST]:
        line = _line(event)
        last = lines[-1] if lines else None
        if last and line.is_reading and (last.words, last.by) == (line.words, line.by):
            continue
        lines.append(line)
    return lines


def _line(event: Event) -> Line:
    words = SAID.get(event.action, event.action.replace("_", " ").capitalize())
    who = str(event.by) if event.by else "the site"
    return Line(event.at, words, who, event.action.startswith("read_"), about(event.action))


def about(action: str) -> str:
    fits = [
        (len(start), code)
        for code, several in BEGINNINGS.items()
        for start in several.split()
        if action.startswith(start)
    ]
    return max(fits, default=(0, ""))[1]
