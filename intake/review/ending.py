"""Why what rests on a form is on hold, and what newer rules raise in it, for the case."""

from dataclasses import dataclass

from clinic.people.models import Patient
from intake.review.holds import HOLDS, Hold
from intake.review.models import Clearance, ClearanceState, HoldReason
from intake.review.newer_rules import NewerRules, raised_on
from intake.submission.models import Revision


@dataclass(frozen=True)
class Ending:
    hold: Hold | None
    rules: NewerRules | None


def of_form(revision: Revision) -> Ending:
    """Of one read by `last_sent`. Reads it under the rules in force if nobody has yet."""
    if revision.rule_set_id == revision.in_force:
        return Ending(hold=HOLDS.get(revision.hold), rules=None)
    rules = raised_on(revision)
    return Ending(hold=holding(revision.intake.patient), rules=rules)


def holding(patient: Patient | None) -> Hold | None:
    """Why this patient's live clearance cannot be booked in; None where nothing holds it."""
    live = Clearance.objects.filter(patient=patient, state=ClearanceState.LIVE)
    clearance = live.annotate(hold=HoldReason("patient_id", "created_at")).first()
    return clearance.why_on_hold if clearance else None
