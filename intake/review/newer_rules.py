"""What newer rules raise on one form, and what must be read before anything is cleared on it."""

from dataclasses import dataclass

from django.db.models import Q

from clinic.errors import Refused
from intake.review.flags import FlagShown, flags_shown
from intake.review.models import (
    POSITIVE,
    Clearance,
    ClearanceState,
    Decision,
    HoldReason,
    Rescreening,
    Verdict,
)
from intake.review.rescreening import RAISED_FROM, newest_for
from intake.screening.levels import Level
from intake.screening.rule_set import RuleSetData
from intake.screening.services import NoRulesPublished, data_of, published
from intake.screening.weight import WAYS
from intake.submission.models import Flag, Intake, Revision
from intake.submission.screened import ranked_flags
from intake.submission.states import State


class ReadNewerRules(Refused):
    sentence = "Newer rules raise something on this form. Read that first, at the top of the page."


class RuledOut(Refused):
    sentence = (
        "Newer rules rule this therapy out on this form. Choose “not now”, "
        "or ask the patient to send the form again."
    )


@dataclass(frozen=True)
class RaisedRow:
    """One rule that raises something: before, now, and what fired it."""

    change: str
    before: FlagShown | None
    shown: FlagShown


@dataclass(frozen=True)
class NewerRules:
    """What the rules in force raise on one form, and for which therapies nobody has answered."""

    found: Rescreening
    rows: list[RaisedRow]
    open: list[str]
    ruled_out: list[str]
    cleared: list[str]
    """Therapies of the live clearance that rests on this form."""

    @property
    def is_read(self) -> bool:
        """Whether someone has read all of it and decides with it in mind."""
        return set(self.open) <= {answer.therapy for answer in self.found.answers.all()}

    @property
    def to_keep(self) -> list[str]:
        """What holds the clearance, as far as keeping can end that."""
        return [each for each in self.open if each in self.cleared and each not in self.ruled_out]

    @property
    def holds(self) -> bool:
        return any(each in self.cleared for each in self.open)


def raised_on(revision: Revision) -> NewerRules | None:
    """None where newer rules raise nothing on this form."""
    found = newest_for(revision)
    levels = {each: found.level_for(each) for each in WAYS} if found else {}
    raised = [each for each, level in levels.items() if level >= RAISED_FROM]
    if not raised:
        return None
    live = Clearance.objects.filter(revision__intake=revision.intake_id, state=ClearanceState.LIVE)
    clearance = live.prefetch_related("therapies").first()
    return NewerRules(
        found=found,
        rows=rows_of(found),
        open=[each for each in raised if not _answered(found, each, clearance)],
        ruled_out=[each for each in raised if levels[each] >= Level.CONTRAINDICATED],
        cleared=[each.therapy for each in clearance.therapies.all()] if clearance else [],
    )


def rows_of(found: Rescreening) -> list[RaisedRow]:
    rules = data_of(found.rule_set)
    return [_row(found.revision, pair, rules) for pair in found.raised]


def _answered(found: Rescreening, therapy: str, clearance: Clearance | None) -> bool:
    """As the database sees it: kept, or read before what is cleared now was decided."""
    return any(
        answer.keeps or clearance is None or answer.at < clearance.created_at
        for answer in found.answers.all()
        if answer.therapy == therapy
    )


def _row(revision: Revision, pair: dict, rules: RuleSetData) -> RaisedRow:
    before, now = pair["before"], pair["now"]
    return RaisedRow(
        change="Weighs more" if before else "New",
        before=_shown(revision, before, rules) if before else None,
        shown=_shown(revision, now, rules),
    )


def _shown(revision: Revision, found: dict, rules: RuleSetData) -> FlagShown:
    """As if it had been found when the form was sent."""
    ((rank, details),) = ranked_flags({"flags": [found]}, revision.wanted)
    flag = Flag(revision=revision, code=found["code"], rank=rank, details=details)
    return flags_shown([flag], rules)[0]


def must_be_read(decision: Decision) -> Rescreening | None:
    """Nothing is cleared past newer rules that nobody has read. Raises ReadNewerRules, RuledOut."""
    found = newest_for(decision.revision)
    if found is None:
        return None
    answered = {answer.therapy for answer in found.answers.all()}
    for verdict in decision.verdicts.all():
        level = found.level_for(verdict.therapy)
        if verdict.suitability not in POSITIVE or level < RAISED_FROM:
            continue
        if level >= Level.CONTRAINDICATED:
            raise RuledOut
        if verdict.therapy not in answered:
            raise ReadNewerRules
    return found


def unread(revision: Revision, positive: dict[str, Verdict]) -> bool:
    """Whether one of these would clear what newer rules raise, decided before anyone had read it.

    The database asks the same (trigger cleared_after_newer_rules_were_read).
    """
    found = newest_for(revision) if positive else None
    return found is not None and any(
        found.level_for(therapy) >= RAISED_FROM
        and not any(
            answer.keeps or answer.at < verdict.decision.at
            for answer in found.answers.all()
            if answer.therapy == therapy
        )
        for therapy, verdict in positive.items()
    )


def held() -> list[Intake]:
    """Decided forms of which newer rules raise something that is not answered; oldest first."""
    try:
        heavy = Q(acupuncture__gte=RAISED_FROM) | Q(massage__gte=RAISED_FROM)
        raised = Rescreening.objects.filter(heavy, rule_set=published()[0])
    except NoRulesPublished:
        return []
    live = Clearance.objects.filter(
        state=ClearanceState.LIVE, revision__intake__revisions__rescreenings__in=raised
    )
    waits = live.annotate(hold=HoldReason("patient_id", "created_at")).filter(hold="new_rules")
    forms = Intake.objects.filter(state=State.DECIDED, revisions__clearances__in=waits)
    return list(forms.distinct().select_related("patient").defer("answers").order_by("pk"))
